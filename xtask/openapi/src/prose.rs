//! Bounds the length of descriptions. Each is parsed as Markdown and becomes tokens, some 50 bytes
//! of memory for each of its own.

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind};
use crate::path::Path;

/// Twice the longest that was found in 2,647 published documents.
const MOST_OF_ONE: usize = 1 << 20;

/// Of a document's descriptions together.
const MOST_OF_ALL: usize = 16 << 20;

/// Truncates descriptions that are too long, and reports them.
pub(crate) fn truncate(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let mut pass = Pass {
        left: MOST_OF_ALL,
        is_exhausted: false,
        diagnostics,
    };
    pass.value(tree, &Path::Root);
}

struct Pass<'a> {
    left: usize,
    /// Whether the limit on all descriptions has been reported.
    is_exhausted: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Pass<'_> {
    fn value(&mut self, value: &mut Value, path: &Path<'_>) {
        match value {
            Value::Object(members) => {
                for (key, value) in members.iter_mut() {
                    self.value(value, &Path::Key(path, key));
                }
            }
            Value::Array(elements) => {
                for (at, element) in elements.iter_mut().enumerate() {
                    self.value(element, &Path::Index(path, at));
                }
            }
            Value::String(text) if is_prose(path) => self.text(text, path),
            _ => {}
        }
    }

    fn text(&mut self, text: &mut String, path: &Path<'_>) {
        let length = text.len();
        if length > MOST_OF_ONE {
            truncate_text(text, MOST_OF_ONE);
            let message = format!("a description of {length} bytes is too long");
            let repair = format!("using its first {MOST_OF_ONE} bytes");
            self.report(path, message, repair, "the rest of a description");
        }
        if text.len() > self.left {
            truncate_text(text, self.left);
            if !self.is_exhausted {
                self.is_exhausted = true;
                let most = MOST_OF_ALL >> 20;
                let message = format!("the descriptions up to here exceed {most} MiB");
                let repair = "ignoring those from here on".to_owned();
                self.report(path, message, repair, "all later descriptions");
            }
        }
        self.left -= text.len();
    }

    fn report(&mut self, path: &Path<'_>, message: String, repair: String, omitted: &'static str) {
        let problem = Diagnostic::error(path.origin(), message)
            .help("shorten it in an overlay")
            .repair(repair)
            .omits(omitted);
        self.diagnostics
            .recoverable(ErrorKind::DocumentSize, problem);
    }
}

/// Whether the text is documentation: extensions hold descriptions, and lists and maps of them.
fn is_prose(path: &Path<'_>) -> bool {
    let extends = |path: &Path<'_>| matches!(path, Path::Key(_, key) if key.starts_with("x-"));
    match path {
        Path::Key(_, "description" | "summary" | "title") => true,
        Path::Key(holder, _) | Path::Index(holder, _) => extends(path) || extends(holder),
        _ => false,
    }
}

/// Truncates a text between two characters.
fn truncate_text(text: &mut String, most: usize) {
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn truncated(mut tree: Value) -> (Value, usize) {
        let mut diagnostics = Diagnostics::new(true);
        truncate(&mut tree, &mut diagnostics);
        (tree, diagnostics.iter().count())
    }

    #[test]
    fn long_texts_are_truncated_between_characters() {
        let long = "é".repeat(MOST_OF_ONE);
        let tree = json!({
            "info": { "description": format!("a{long}"), "title": "short" },
            "x-enum-descriptions": [long],
            "enum": [long],
        });
        let (tree, reported) = truncated(tree);
        let length = |pointer: &str| tree.pointer(pointer).and_then(Value::as_str).map(str::len);
        assert_eq!(length("/info/description"), Some(MOST_OF_ONE - 1));
        assert_eq!(length("/info/title"), Some(5));
        assert_eq!(length("/x-enum-descriptions/0"), Some(MOST_OF_ONE));
        assert_eq!(length("/enum/0"), Some(2 * MOST_OF_ONE));
        assert_eq!(reported, 2);
    }

    #[test]
    fn many_long_texts_are_truncated_together() {
        let one = json!({ "description": "w".repeat(MOST_OF_ONE) });
        let (tree, reported) = truncated(vec![one; 20].into());
        let length = |at: usize| tree[at]["description"].as_str().map(str::len);
        assert_eq!(length(15), Some(MOST_OF_ONE));
        assert_eq!(length(16), Some(0));
        assert_eq!(reported, 1);
    }
}
