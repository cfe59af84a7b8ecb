//! Following `$ref`s within a document.

use std::cell::RefCell;

use foldhash::{HashMap, HashSet};
use serde_json::Value;

use crate::diagnostics::{Diagnostic, nearest, sanitize};
use crate::node::Node;
use crate::pointer::{SpecPointer, push, tokens};

/// Resolves the references of one tree. Each reference of a long chain is followed once.
#[derive(Debug, Default)]
pub(crate) struct RefResolver(RefCell<HashMap<SpecPointer, Result<SpecPointer, Unresolved>>>);

/// Why a reference has no target.
#[derive(Debug, Clone)]
enum Unresolved {
    Cycle,
    /// The last reference of the chain, and the target that does not exist.
    Missing(SpecPointer, SpecPointer),
}

impl RefResolver {
    /// Follows `$ref`s from a node to a value that is not one.
    pub(crate) fn resolve<'d>(
        &self,
        root: &'d Value,
        node: &Node<'d>,
    ) -> Result<Node<'d>, Diagnostic> {
        let Some(target) = node.reference() else {
            return Ok(node.clone());
        };
        match self.target(root, &node.origin, &target) {
            Ok(origin) => Ok(Node {
                value: root.pointer(origin.pointer()).unwrap_or(&Value::Null),
                origin,
            }),
            Err(Unresolved::Missing(at, target)) => Err(missing(root, &at, target.as_str())),
            Err(Unresolved::Cycle) => {
                let message = format!("cycle of `$ref`s: `{}`", sanitize(target.as_str()));
                Err(Diagnostic::error(node.origin.child("$ref"), message))
            }
        }
    }

    /// The end of the chain that begins with a reference to `target`.
    fn target(
        &self,
        root: &Value,
        from: &SpecPointer,
        target: &SpecPointer,
    ) -> Result<SpecPointer, Unresolved> {
        let (mut from, mut target) = (from.clone(), target.clone());
        let mut passed = HashSet::default();
        let end = loop {
            if let Some(known) = self.0.borrow().get(&target) {
                break known.clone();
            }
            if !passed.insert(target.clone()) {
                break Err(Unresolved::Cycle);
            }
            let value = root.pointer(target.pointer());
            let Some(value) = value.filter(|_| target.file().is_empty()) else {
                break Err(Unresolved::Missing(from, target));
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

/// The target of the `$ref` of an object at `origin` does not exist.
pub(crate) fn missing(root: &Value, origin: &SpecPointer, target: &str) -> Diagnostic {
    let message = format!("`$ref` target `{}` does not exist", sanitize(target));
    let diagnostic = Diagnostic::error(origin.child("$ref"), message);
    match hint(root, target) {
        Some(hint) => diagnostic.help(hint),
        None => diagnostic,
    }
}

/// The nearest name to the first token that does not exist.
fn hint(root: &Value, target: &str) -> Option<String> {
    let pointer = target.strip_prefix('#')?;
    let mut at = root;
    let mut parent = String::from("#");
    for token in tokens(pointer) {
        let next = match at {
            Value::Object(members) => members.get(&token),
            Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
            _ => None,
        };
        if let Some(next) = next {
            at = next;
            push(&mut parent, &token);
            continue;
        }
        let members = at.as_object()?;
        let parent = sanitize(&parent);
        return Some(match nearest(&token, members.keys().map(String::as_str)) {
            Some(name) => format!("did you mean `{}`? (in `{parent}`)", sanitize(name)),
            None => format!("`{parent}` exists, but has no `{}`", sanitize(&token)),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn follow(root: &Value, from: &str) -> Result<String, Diagnostic> {
        let origin = SpecPointer::new(from);
        let value = root.pointer(origin.pointer()).unwrap_or(&Value::Null);
        let node = Node { value, origin };
        let end = RefResolver::default().resolve(root, &node)?;
        Ok(end.origin.to_string())
    }

    #[test]
    fn chains_are_followed_and_cycles_reported() {
        let root = json!({
            "a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {},
            "x": {"$ref": "#/y"}, "y": {"$ref": "#/x"}
        });
        assert_eq!(follow(&root, "#/a").ok().as_deref(), Some("#/c~1d"));
        let cycle = follow(&root, "#/x").err().map(|error| error.message);
        assert_eq!(cycle.as_deref(), Some("cycle of `$ref`s: `#/y`"));
    }

    #[test]
    fn missing_targets_get_a_hint() {
        let root = json!({"a": {"$ref": "#/schemas/Sesion"}, "schemas": {"Session": {}}});
        let error = follow(&root, "#/a").err().and_then(|error| error.help);
        let expected = "did you mean `Session`? (in `#/schemas`)";
        assert_eq!(error.as_deref(), Some(expected));
    }
}
