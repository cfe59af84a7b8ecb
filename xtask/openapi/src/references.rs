//! Following `$ref`s within the tree.

use std::cell::RefCell;

use foldhash::{HashMap, HashSet};
use serde_json::Value;

use super::Node;
use super::path::escape;
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, nearest, sanitize};

/// Where the references of one tree lead. Each reference of a long chain is followed once.
#[derive(Debug, Default)]
pub struct Ends(RefCell<HashMap<SpecPointer, Result<SpecPointer, Lost>>>);

/// Why a reference leads to nothing.
#[derive(Debug, Clone)]
enum Lost {
    InACircle,
    /// The last reference of the chain, and its target.
    Nowhere(SpecPointer, SpecPointer),
}

impl Ends {
    /// Follows `$ref`s from a node to what is not one.
    pub(crate) fn resolve<'d>(
        &self,
        root: &'d Value,
        node: &Node<'d>,
    ) -> Result<Node<'d>, Diagnostic> {
        let Some(target) = node.reference() else {
            return Ok(node.clone());
        };
        match self.end(root, &node.origin, &target) {
            Ok(origin) => Ok(Node {
                value: root.pointer(origin.pointer()).unwrap_or(&Value::Null),
                origin,
            }),
            Err(Lost::Nowhere(at, target)) => Err(dangling(root, &at, target.as_str())),
            Err(Lost::InACircle) => {
                let message = format!("`$ref` goes in a circle: `{}`", sanitize(target.as_str()));
                Err(Diagnostic::error(node.origin.child("$ref"), message)
                    .help("a reference must lead to something in the end"))
            }
        }
    }

    /// Where the chain ends that begins with a reference to `target`.
    fn end(
        &self,
        root: &Value,
        from: &SpecPointer,
        target: &SpecPointer,
    ) -> Result<SpecPointer, Lost> {
        let (mut from, mut target) = (from.clone(), target.clone());
        let mut passed = HashSet::default();
        let end = loop {
            if let Some(known) = self.0.borrow().get(&target) {
                break known.clone();
            }
            if !passed.insert(target.clone()) {
                break Err(Lost::InACircle);
            }
            let value = root.pointer(target.pointer());
            let Some(value) = value.filter(|_| target.file().is_empty()) else {
                break Err(Lost::Nowhere(from, target));
            };
            match value.get("$ref").and_then(Value::as_str) {
                Some(next) => from = std::mem::replace(&mut target, SpecPointer::new(next)),
                None => break Ok(target),
            }
        };
        // A reference straight to its target is as fast to follow again.
        if passed.len() > 1 {
            let passed = passed.into_iter().map(|from| (from, end.clone()));
            self.0.borrow_mut().extend(passed);
        }
        end
    }
}

/// A `$ref` at `origin` that leads nowhere.
pub fn dangling(root: &Value, origin: &SpecPointer, target: &str) -> Diagnostic {
    let message = format!("`$ref` leads nowhere: there is no `{}`", sanitize(target));
    let diagnostic = Diagnostic::error(origin.child("$ref"), message);
    match hint(root, target) {
        Some(hint) => diagnostic.help(hint),
        None => diagnostic,
    }
}

/// The nearest name beside the first token that does not exist.
fn hint(root: &Value, target: &str) -> Option<String> {
    let pointer = target.strip_prefix('#')?;
    let mut at = root;
    let mut there = String::from("#");
    for token in super::path::tokens(pointer) {
        let next = match at {
            Value::Object(members) => members.get(&token),
            Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
            _ => None,
        };
        if let Some(next) = next {
            at = next;
            there.push('/');
            escape(&token, &mut there);
            continue;
        }
        let members = at.as_object()?;
        let there = sanitize(&there);
        return Some(match nearest(&token, members.keys().map(String::as_str)) {
            Some(name) => format!("did you mean `{}`? (in `{there}`)", sanitize(name)),
            None => format!("`{there}` is there, but has no `{}`", sanitize(&token)),
        });
    }
    None
}

/// A `$ref`'s fragment as a sanitize JSON pointer: percent-decoded. None where it is not one.
pub fn fragment(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut ahead = rest.clone();
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        match (hex(ahead.next()), hex(ahead.next())) {
            (Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = ahead;
            }
            // A template such as `{a}%` written without escaping.
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn follow(root: &Value, from: &str) -> Result<String, Diagnostic> {
        let origin = SpecPointer::new(from);
        let value = root.pointer(origin.pointer()).unwrap_or(&Value::Null);
        let node = Node { value, origin };
        let end = Ends::default().resolve(root, &node)?;
        Ok(end.origin.to_string())
    }

    #[test]
    fn chains_are_followed_and_circles_told() {
        let root = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {},
            "x": {"$ref": "#/y"}, "y": {"$ref": "#/x"}
        });
        assert_eq!(follow(&root, "#/a").ok().as_deref(), Some("#/c~1d"));
        let circle = follow(&root, "#/x").err().map(|error| error.message);
        assert_eq!(circle.as_deref(), Some("`$ref` goes in a circle: `#/y`"));
    }

    #[test]
    fn dangling_references_get_a_hint() {
        let root = json!({"a": {"$ref": "#/schemas/Sesion"}, "schemas": {"Session": {}}});
        let error = follow(&root, "#/a").err().and_then(|error| error.help);
        assert_eq!(
            error.as_deref(),
            Some("did you mean `Session`? (in `#/schemas`)")
        );
    }

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(
            fragment("/paths/~1a~1%7Bid%7D").as_deref(),
            Some("/paths/~1a~1{id}")
        );
        assert_eq!(fragment("/a%zz%4").as_deref(), Some("/a%zz%4"));
        assert_eq!(fragment("/%ff"), None);
    }
}
