//! Names from JSON pointers: which tokens of a pointer name a type.

use crate::lower::media_type::{MediaKind, method_word};
use sdk_model::SpecPointer;
use sdk_openapi::Document;
use sdk_openapi::grammar::X_WEBHOOKS;

/// The root that a pointer begins with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Root<'p> {
    /// A component schema.
    Schema(&'p str),
    /// An operation.
    Operation(SpecPointer),
    /// Any other root: the kind, which names a module, and its name.
    Other(&'static str, String),
}

/// The part of a nested type's name that it adds to its parent's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NameSegment {
    /// The property's name, or another word in its stead.
    pub(super) wire: String,
    /// `Item` in a list, `Value` in a map.
    pub(super) suffix: String,
    /// Whether it is an alternative of a union rather than a property.
    pub(super) is_variant: bool,
}

/// A step from a type to one nested in it.
#[derive(Debug, Clone, Default)]
pub(super) struct PathStep {
    pub(super) segment: NameSegment,
    /// The alternative that names the step.
    pub(super) variant: Option<SpecPointer>,
}

/// The root of a pointer, and its length in bytes.
pub(super) fn root<'p>(
    pointer: &'p SpecPointer,
    is_operation: impl Fn(&SpecPointer) -> bool,
    document: &Document,
) -> (Root<'p>, usize) {
    let text = pointer.as_str();
    let mut cuts: Vec<usize> = text.match_indices('/').map(|(at, _)| at).collect();
    cuts.push(text.len());
    for &cut in cuts.iter().rev() {
        let origin = SpecPointer::new(&text[..cut]);
        if is_operation(&origin) {
            return (Root::Operation(origin), cut);
        }
    }
    let tokens: Vec<&str> = pointer.pointer().split('/').skip(1).collect();
    let upto = |count: usize| cuts.get(count).copied().unwrap_or(text.len());
    match tokens.as_slice() {
        // Component names have no characters that a pointer escapes.
        ["components", "schemas", name, ..] if !name.contains('~') => (Root::Schema(name), upto(3)),
        ["components", kind, name, rest @ ..] => {
            let kind = match *kind {
                "parameters" => "parameters",
                "headers" => "headers",
                "responses" => "responses",
                "requestBodies" => "request_bodies",
                _ => "inline",
            };
            let taken = 3 + schema_depth(rest);
            (Root::Other(kind, unescape(name)), upto(taken))
        }
        ["webhooks" | X_WEBHOOKS, name, _, rest @ ..] => {
            let taken = 3 + usize::from(rest.first() == Some(&"requestBody"));
            let taken = taken + schema_depth(&rest[(taken - 3).min(rest.len())..]);
            (Root::Other("webhooks", unescape(name)), upto(taken))
        }
        ["paths", path, "parameters", index, rest @ ..] => {
            let name =
                parameter_name(document, pointer, upto(4)).unwrap_or_else(|| (*index).to_owned());
            let wire = format!("{} {name}", unescape(path));
            (
                Root::Other("parameters", wire),
                upto(4 + schema_depth(rest)),
            )
        }
        _ => {
            let wire: Vec<String> = tokens.iter().map(|token| unescape(token)).collect();
            (Root::Other("inline", wire.join(" ")), text.len())
        }
    }
}

/// The number of tokens between a parameter, header, body or response and its schema.
fn schema_depth(tokens: &[&str]) -> usize {
    match tokens {
        ["schema", ..] => 1,
        ["content", _, "schema" | "itemSchema", ..] => 3,
        _ => 0,
    }
}

/// The `name` of the parameter at the first `upto` bytes of a pointer.
fn parameter_name(document: &Document, pointer: &SpecPointer, upto: usize) -> Option<String> {
    let node = document.node(&SpecPointer::new(&pointer.as_str()[..upto]))?;
    node.text("name").map(str::to_owned)
}

/// The pointer without its last `count` tokens.
pub(super) fn up(pointer: &SpecPointer, count: usize) -> SpecPointer {
    let mut text = pointer.as_str();
    for _ in 0..count {
        text = text.rsplit_once('/').map_or(text, |(above, _)| above);
    }
    SpecPointer::new(text)
}

/// The steps from a root to a pointer.
pub(super) fn steps(
    pointer: &SpecPointer,
    root: usize,
    operation: bool,
    success: &[String],
    document: &Document,
) -> Vec<PathStep> {
    let text = pointer.as_str();
    let mut walk = Walk {
        text,
        at: root,
        steps: Vec::new(),
    };
    if operation {
        walk.operation(success, document);
    }
    walk.schema();
    walk.steps
}

struct Walk<'p> {
    text: &'p str,
    at: usize,
    steps: Vec<PathStep>,
}

impl<'p> Walk<'p> {
    fn next(&mut self) -> Option<&'p str> {
        let rest = self.text.get(self.at..)?.strip_prefix('/')?;
        let token = rest.split('/').next()?;
        self.at += 1 + token.len();
        Some(token)
    }

    fn push_step(&mut self, wire: impl Into<String>) {
        self.steps.push(PathStep {
            segment: NameSegment {
                wire: wire.into(),
                ..NameSegment::default()
            },
            variant: None,
        });
    }

    /// Appends `Item` or `Value` to the last step; without one it is a step of its own.
    fn suffixed(&mut self, suffix: &str) {
        match self.steps.last_mut() {
            Some(step) if step.segment.suffix.is_empty() => {
                suffix.clone_into(&mut step.segment.suffix)
            }
            Some(step) => {
                step.segment.suffix.push(' ');
                step.segment.suffix.push_str(suffix);
            }
            None => self.push_step(suffix),
        }
    }

    fn operation(&mut self, success: &[String], document: &Document) {
        match self.next() {
            Some("requestBody") => {
                let other = self.other_media_type(document);
                self.push_step(format!("{other} body").trim());
                self.content();
            }
            Some("responses") => {
                let status = self.next().unwrap_or_default();
                let other = self.other_media_type(document);
                let media = self.content().unwrap_or_default();
                let streams = matches!(
                    MediaKind::of(&media),
                    MediaKind::Events | MediaKind::JsonLines | MediaKind::JsonSequence
                );
                let what = if streams { "event" } else { "response" };
                let what = if streams {
                    what.to_owned()
                } else {
                    format!("{other} {what}")
                };
                self.push_step(response(what.trim(), status, success));
            }
            Some("parameters") => {
                let index = self.next().unwrap_or_default();
                let name = parameter_name(document, &SpecPointer::new(self.text), self.at);
                self.push_step(name.unwrap_or_else(|| index.to_owned()));
                if self.next() == Some("content") {
                    self.next();
                    self.next();
                }
            }
            Some("callbacks") => {
                let name = unescape(self.next().unwrap_or_default());
                self.next();
                let method = self.next().unwrap_or_default();
                let method = if method == "post" { "" } else { method };
                self.push_step(format!("{name} {method} payload"));
                if self.next() == Some("requestBody") {
                    self.content();
                }
            }
            Some(other) => self.push_step(unescape(other)),
            None => {}
        }
    }

    /// The word for the media type that follows, unless it is the preferred one.
    fn other_media_type(&self, document: &Document) -> String {
        let mut ahead = Walk {
            text: self.text,
            at: self.at,
            steps: Vec::new(),
        };
        if ahead.next() != Some("content") {
            return String::new();
        }
        let content = document.node(&SpecPointer::new(&self.text[..ahead.at]));
        let media_type = ahead.next().map(unescape).unwrap_or_default();
        let known = content.iter().flat_map(|content| content.members());
        let preferred = known
            .map(|(known, _)| known)
            .min_by_key(|known| MediaKind::of(known));
        match preferred {
            Some(preferred) if preferred != media_type => method_word(&media_type),
            _ => String::new(),
        }
    }

    /// Skips `content`, the media type and `schema`.
    fn content(&mut self) -> Option<String> {
        if self.next() != Some("content") {
            return None;
        }
        let media = self.next().map(unescape);
        self.next();
        media
    }

    fn schema(&mut self) {
        // A nested list of alternatives is flattened into the outer one.
        let mut in_list = false;
        while let Some(token) = self.next() {
            let was_in_list = std::mem::replace(&mut in_list, false);
            match token {
                "properties" | "$defs" | "definitions" | "type" => {
                    let name = unescape(self.next().unwrap_or_default());
                    self.push_step(name);
                }
                "items" => self.suffixed("Item"),
                "prefixItems" => {
                    let index = self.next().unwrap_or_default();
                    self.suffixed(ordinal(index));
                }
                "additionalProperties" | "unevaluatedProperties" => self.suffixed("Value"),
                "patternProperties" => {
                    self.next();
                    self.suffixed("Value");
                }
                "contentSchema" => {}
                "allOf" => {
                    self.next();
                }
                "oneOf" | "anyOf" => {
                    self.next();
                    in_list = true;
                    if was_in_list {
                        self.steps.pop();
                    }
                    self.steps.push(PathStep {
                        segment: NameSegment::default(),
                        variant: Some(SpecPointer::new(&self.text[..self.at])),
                    });
                }
                other => {
                    let name = unescape(other);
                    self.push_step(name);
                }
            }
        }
    }
}

/// The name of a response's type. `success` are the successful statuses with a body.
fn response(what: &str, status: &str, success: &[String]) -> String {
    let succeeds = success.iter().any(|known| known == status);
    match status {
        "any" => what.to_owned(),
        _ if succeeds && success.len() == 1 => what.to_owned(),
        "200" => format!("{what} ok"),
        "201" => format!("{what} created"),
        "202" => format!("{what} accepted"),
        "default" if !succeeds => "error".to_owned(),
        _ if succeeds => format!("{what} {status}"),
        _ => format!("error {status}"),
    }
}

/// The word for an element of a tuple.
fn ordinal(index: &str) -> &'static str {
    const WORDS: [&str; 12] = [
        "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
        "Tenth", "Eleventh", "Twelfth",
    ];
    let index = index.parse().unwrap_or(usize::MAX);
    WORDS.get(index).copied().unwrap_or("Item")
}

/// A token without its escapes.
fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
