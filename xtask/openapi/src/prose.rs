//! Descriptions within bounds. Each is parsed as Markdown and becomes tokens, a few times over:
//! some 50 bytes of memory for each of its own.

use serde_json::Value;

use super::path::Path;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Twice the longest that was found in 2,647 published documents.
const MOST_OF_ONE: usize = 1 << 20;

/// Of a document's descriptions together.
const MOST_OF_ALL: usize = 16 << 20;

/// Cuts what is too long, and tells so.
pub(super) fn cut(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let mut pass = Pass {
        left: MOST_OF_ALL,
        told: false,
        diagnostics,
    };
    pass.value(tree, &Path::Root);
}

struct Pass<'a> {
    left: usize,
    /// Whether the end of what is left has been told.
    told: bool,
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
            truncate(text, MOST_OF_ONE);
            let message = format!("this text of {length} bytes is too long for documentation");
            let repair = format!("its first {MOST_OF_ONE} bytes are taken");
            self.tell(path, message, repair, "the rest of a text");
        }
        if text.len() > self.left {
            truncate(text, self.left);
            if !self.told {
                self.told = true;
                let most = MOST_OF_ALL >> 20;
                let message = format!("the descriptions up to here are of more than {most} MiB");
                let repair = "those from here on are left out".to_owned();
                self.tell(path, message, repair, "the descriptions behind it");
            }
        }
        self.left -= text.len();
    }

    fn tell(&mut self, path: &Path<'_>, message: String, repair: String, omitted: &'static str) {
        let problem = Diagnostic::error(path.origin(), message)
            .help("shorten it in an overlay")
            .repair(repair)
            .omits(omitted);
        self.diagnostics.recoverable(problem);
    }
}

/// Whether text that stands here is documentation: extensions hold notes, and lists and maps of
/// descriptions.
fn is_prose(path: &Path<'_>) -> bool {
    let extends = |path: &Path<'_>| matches!(path, Path::Key(_, key) if key.starts_with("x-"));
    match path {
        Path::Key(_, "description" | "summary" | "title") => true,
        Path::Key(holder, _) | Path::Index(holder, _) => extends(path) || extends(holder),
        _ => false,
    }
}

/// Cuts a text, between two characters.
fn truncate(text: &mut String, most: usize) {
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cut_in(mut tree: Value) -> (Value, usize) {
        let mut diagnostics = Diagnostics::new(true);
        cut(&mut tree, &mut diagnostics);
        (tree, diagnostics.iter().count())
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(MOST_OF_ONE);
        let tree = json!({
            "info": { "description": format!("a{long}"), "title": "short" },
            "x-enum-descriptions": [long],
            "enum": [long],
        });
        let (tree, told) = cut_in(tree);
        let length = |pointer: &str| tree.pointer(pointer).and_then(Value::as_str).map(str::len);
        assert_eq!(length("/info/description"), Some(MOST_OF_ONE - 1));
        assert_eq!(length("/info/title"), Some(5));
        assert_eq!(length("/x-enum-descriptions/0"), Some(MOST_OF_ONE));
        assert_eq!(length("/enum/0"), Some(2 * MOST_OF_ONE));
        assert_eq!(told, 2);
    }

    #[test]
    fn many_long_texts_are_cut_together() {
        let one = json!({ "description": "w".repeat(MOST_OF_ONE) });
        let (tree, told) = cut_in(vec![one; 20].into());
        let length = |at: usize| tree[at]["description"].as_str().map(str::len);
        assert_eq!(length(15), Some(MOST_OF_ONE));
        assert_eq!(length(16), Some(0));
        assert_eq!(told, 1);
    }
}
