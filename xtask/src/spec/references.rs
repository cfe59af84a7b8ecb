//! Following `$ref`s within the tree.

use std::collections::HashSet;

use serde_json::Value;

use super::Node;
use super::path::escape;
use crate::diagnostics::{Diagnostic, nearest, plain};
use crate::model::Origin;

/// Follows `$ref`s from a node to what is not one.
pub(crate) fn resolve<'d>(root: &'d Value, node: &Node<'d>) -> Result<Node<'d>, Diagnostic> {
    resolve_until(root, node, &|_| false).map(|(end, _)| end)
}

/// The same, no further than a target that is `known` to lead somewhere; and the targets on the
/// way. Who remembers them follows each reference of a long chain once.
pub(crate) fn resolve_until<'d>(
    root: &'d Value,
    node: &Node<'d>,
    known: &dyn Fn(&Origin) -> bool,
) -> Result<(Node<'d>, HashSet<Origin>), Diagnostic> {
    let mut at = node.clone();
    let mut seen = HashSet::new();
    while let Some(target) = at.reference() {
        if known(&target) {
            break;
        }
        if !seen.insert(target.clone()) {
            let message = format!("`$ref` goes in a circle: `{}`", plain(target.as_str()));
            return Err(Diagnostic::error(node.origin.child("$ref"), message)
                .help("a reference must lead to something in the end"));
        }
        match root.pointer(target.pointer()) {
            Some(value) if target.file().is_empty() => {
                at = Node {
                    value,
                    origin: target,
                }
            }
            _ => return Err(dangling(root, &at.origin, target.as_str())),
        }
    }
    Ok((at, seen))
}

/// A `$ref` at `origin` that leads nowhere.
pub(crate) fn dangling(root: &Value, origin: &Origin, target: &str) -> Diagnostic {
    let message = format!("`$ref` leads nowhere: there is no `{}`", plain(target));
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
        let there = plain(&there);
        return Some(match nearest(&token, members.keys().map(String::as_str)) {
            Some(name) => format!("did you mean `{}`? (in `{there}`)", plain(name)),
            None => format!("`{there}` is there, but has no `{}`", plain(&token)),
        });
    }
    None
}

/// A `$ref`'s fragment as a plain JSON pointer: percent-decoded. None where it is not one.
pub(crate) fn fragment(text: &str) -> Option<String> {
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
        let origin = Origin::new(from);
        let value = root.pointer(origin.pointer()).unwrap_or(&Value::Null);
        resolve(root, &Node { value, origin }).map(|node| node.origin.to_string())
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
