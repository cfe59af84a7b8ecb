//! The grammar of places: which part of a JSON pointer is a name.

use crate::lower::media_type::{MediaKind, method_word};
use sdk_model::SpecPointer;
use sdk_openapi::Document;

/// What a place begins with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Root<'p> {
    /// A component schema.
    Schema(&'p str),
    /// An operation.
    Operation(SpecPointer),
    /// Something else that stands for itself: the kind, which names a module, and its name.
    Beside(&'static str, String),
}

/// How a type is called after its parent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// The property's name, or what stands for it.
    pub(super) wire: String,
    /// `Item` for a list's, `Value` for a map's.
    pub(super) suffix: String,
    /// Whether it is an alternative of its parent, not a property.
    pub(super) is_variant: bool,
}

/// A step from a type to one named after it.
#[derive(Debug, Clone, Default)]
pub(super) struct Step {
    pub(super) own: Own,
    /// The member of a union that names the step.
    pub(super) variant: Option<SpecPointer>,
}

/// The root of a place, and how many bytes of the place's text it takes.
pub(super) fn root<'p>(
    place: &'p SpecPointer,
    is_operation: impl Fn(&SpecPointer) -> bool,
    document: &Document,
) -> (Root<'p>, usize) {
    let text = place.as_str();
    let mut cuts: Vec<usize> = text.match_indices('/').map(|(at, _)| at).collect();
    cuts.push(text.len());
    for &cut in cuts.iter().rev() {
        let origin = SpecPointer::new(&text[..cut]);
        if is_operation(&origin) {
            return (Root::Operation(origin), cut);
        }
    }
    let tokens: Vec<&str> = place.pointer().split('/').skip(1).collect();
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
                _ => "places",
            };
            let taken = 3 + holder(rest);
            (Root::Beside(kind, plain(name)), upto(taken))
        }
        ["webhooks" | "x-webhooks", name, _, rest @ ..] => {
            let taken = 3 + usize::from(rest.first() == Some(&"requestBody"));
            let taken = taken + holder(&rest[(taken - 3).min(rest.len())..]);
            (Root::Beside("webhooks", plain(name)), upto(taken))
        }
        ["paths", path, "parameters", index, rest @ ..] => {
            let name = named(document, place, upto(4)).unwrap_or_else(|| (*index).to_owned());
            let wire = format!("{} {name}", plain(path));
            (Root::Beside("parameters", wire), upto(4 + holder(rest)))
        }
        _ => {
            let wire: Vec<String> = tokens.iter().map(|token| plain(token)).collect();
            (Root::Beside("places", wire.join(" ")), text.len())
        }
    }
}

/// How many tokens lead from a parameter, a header, a body or a response to its schema.
fn holder(tokens: &[&str]) -> usize {
    match tokens {
        ["schema", ..] => 1,
        ["content", _, "schema" | "itemSchema", ..] => 3,
        _ => 0,
    }
}

/// The `name` of the parameter that the first `upto` bytes of a place lead to.
fn named(document: &Document, place: &SpecPointer, upto: usize) -> Option<String> {
    let node = document.node(&SpecPointer::new(&place.as_str()[..upto]))?;
    node.text("name").map(str::to_owned)
}

/// The place `count` tokens above.
pub(super) fn up(place: &SpecPointer, count: usize) -> SpecPointer {
    let mut text = place.as_str();
    for _ in 0..count {
        text = text.rsplit_once('/').map_or(text, |(above, _)| above);
    }
    SpecPointer::new(text)
}

/// The steps from a root to a place.
pub(super) fn steps(
    place: &SpecPointer,
    root: usize,
    operation: bool,
    success: &[String],
    document: &Document,
) -> Vec<Step> {
    let text = place.as_str();
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
    steps: Vec<Step>,
}

impl<'p> Walk<'p> {
    fn next(&mut self) -> Option<&'p str> {
        let rest = self.text.get(self.at..)?.strip_prefix('/')?;
        let token = rest.split('/').next()?;
        self.at += 1 + token.len();
        Some(token)
    }

    fn named(&mut self, wire: impl Into<String>) {
        self.steps.push(Step {
            own: Own {
                wire: wire.into(),
                ..Own::default()
            },
            variant: None,
        });
    }

    /// `Item` and `Value` go behind the name that is there; a list's items have none before.
    fn suffixed(&mut self, suffix: &str) {
        match self.steps.last_mut() {
            Some(step) if step.own.suffix.is_empty() => suffix.clone_into(&mut step.own.suffix),
            Some(step) => {
                step.own.suffix.push(' ');
                step.own.suffix.push_str(suffix);
            }
            None => self.named(suffix),
        }
    }

    fn operation(&mut self, success: &[String], document: &Document) {
        match self.next() {
            Some("requestBody") => {
                let other = self.other_media_type(document);
                self.named(format!("{other} body").trim());
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
                self.named(response(what.trim(), status, success));
            }
            Some("parameters") => {
                let index = self.next().unwrap_or_default();
                let name = named(document, &SpecPointer::new(self.text), self.at);
                self.named(name.unwrap_or_else(|| index.to_owned()));
                if self.next() == Some("content") {
                    self.next();
                    self.next();
                }
            }
            Some("callbacks") => {
                let name = plain(self.next().unwrap_or_default());
                self.next();
                let method = self.next().unwrap_or_default();
                let method = if method == "post" { "" } else { method };
                self.named(format!("{name} {method} payload"));
                if self.next() == Some("requestBody") {
                    self.content();
                }
            }
            Some(other) => self.named(plain(other)),
            None => {}
        }
    }

    /// The word for the media type that comes next, where another one is preferred.
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
        let media_type = ahead.next().map(plain).unwrap_or_default();
        let known = content.iter().flat_map(|content| content.members());
        let preferred = known
            .map(|(known, _)| known)
            .min_by_key(|known| MediaKind::of(known));
        match preferred {
            Some(preferred) if preferred != media_type => method_word(&media_type),
            _ => String::new(),
        }
    }

    /// Goes past `content`, its media type and `schema`.
    fn content(&mut self) -> Option<String> {
        if self.next() != Some("content") {
            return None;
        }
        let media = self.next().map(plain);
        self.next();
        media
    }

    fn schema(&mut self) {
        // An alternative of an alternative is one of the outer ones.
        let mut in_list = false;
        while let Some(token) = self.next() {
            let was_in_list = std::mem::replace(&mut in_list, false);
            match token {
                "properties" | "$defs" | "definitions" | "type" => {
                    let name = plain(self.next().unwrap_or_default());
                    self.named(name);
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
                    self.steps.push(Step {
                        own: Own::default(),
                        variant: Some(SpecPointer::new(&self.text[..self.at])),
                    });
                }
                other => {
                    let name = plain(other);
                    self.named(name);
                }
            }
        }
    }
}

/// The name of an answer's type, given what it is and the statuses that mean success and have a
/// body.
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
fn plain(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
