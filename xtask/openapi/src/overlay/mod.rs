//! OpenAPI Overlay 1.0: actions that update or remove what a JSONPath (RFC 9535) selects.

mod annotations;
mod cost;
mod patterns;
mod remove;

use std::collections::HashSet;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use remove::remove;

use crate::diagnostics::{Diagnostic, Diagnostics, Location, Sources, nearest, sanitize};
use crate::pointer::child;

/// Applies an overlay, file number `file`, to a document's tree.
pub(crate) fn apply(
    tree: &mut Value,
    overlay: &Value,
    file: usize,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut pass = Pass {
        file,
        sources,
        diagnostics,
        depth: depth(tree),
    };
    pass.head(overlay);
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        pass.error("/actions", "an overlay needs an array of `actions`", None);
        return;
    };
    if actions.is_empty() {
        pass.error("/actions", "an overlay needs at least one action", None);
    }
    for (index, action) in actions.iter().enumerate() {
        pass.action(tree, action, &format!("/actions/{index}"));
    }
}

struct Pass<'a> {
    file: usize,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    /// An upper bound on the tree's depth: an update adds no more than its own.
    depth: usize,
}

impl Pass<'_> {
    /// Reports a problem of the overlay itself, at a pointer into it.
    fn error(&mut self, pointer: &str, message: impl Into<String>, help: Option<String>) {
        let location = match self.sources.locate_in(self.file, pointer) {
            Some(position) => Location::At(Box::new(position)),
            None => Location::File(self.sources.name(self.file).unwrap_or_default().to_owned()),
        };
        let mut diagnostic = Diagnostic::error(location, message);
        diagnostic.help = help.map(Into::into);
        self.diagnostics.push(diagnostic);
    }

    fn head(&mut self, overlay: &Value) {
        let Some(members) = overlay.as_object() else {
            self.error("", "an overlay must be an object", None);
            return;
        };
        match members.get("overlay").and_then(Value::as_str) {
            Some(version) if version == "1.0" || version.starts_with("1.0.") => {}
            Some(version) => {
                let message = format!("overlay version `{}` is not supported", sanitize(version));
                self.error("/overlay", message, Some("use 1.0.0".to_owned()));
            }
            None => self.error("", "`overlay: 1.0.0` is missing", None),
        }
        self.unknown_keys(members, "", &["overlay", "info", "extends", "actions"]);
        for key in ["title", "version"] {
            let value = members.get("info").and_then(|info| info.get(key));
            if !value.is_some_and(Value::is_string) {
                self.error("/info", format!("`info` needs a `{key}`"), None);
            }
        }
        if let Some(info) = members.get("info").and_then(Value::as_object) {
            self.unknown_keys(info, "/info", &["title", "version"]);
        }
    }

    fn unknown_keys(&mut self, members: &Map<String, Value>, at: &str, known: &[&str]) {
        let unknown = |key: &&String| !known.contains(&key.as_str()) && !key.starts_with("x-");
        for key in members.keys().filter(unknown) {
            let help = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use {}", known.join(", ")),
            };
            let message = format!("unknown key `{}`", sanitize(key));
            self.error(&child(at, key), message, Some(help));
        }
    }

    /// Applies one action.
    fn action(&mut self, tree: &mut Value, action: &Value, at: &str) {
        let Some(members) = action.as_object() else {
            self.error(at, "an action must be an object", None);
            return;
        };
        self.unknown_keys(members, at, &["target", "description", "update", "remove"]);
        let target = format!("{at}/target");
        let Some(text) = members.get("target").and_then(Value::as_str) else {
            let help = "write a JSONPath (RFC 9535)".to_owned();
            self.error(at, "an action needs a `target`", Some(help));
            return;
        };
        let pointers = match self.select(tree, text) {
            Ok(pointers) => pointers,
            Err((message, help)) => {
                self.error(&target, message, help);
                return;
            }
        };
        match (members.get("remove"), members.get("update")) {
            (Some(Value::Bool(true)), _) => remove(tree, &pointers),
            (None | Some(Value::Bool(false)), Some(update)) => {
                self.update(tree, &pointers, update, at);
            }
            (Some(Value::Bool(false)), None) => {}
            (Some(_), _) => {
                let remove = format!("{at}/remove");
                self.error(&remove, "`remove` must be `true` or `false`", None);
            }
            (None, None) => {
                self.error(at, "an action needs `update` or `remove: true`", None);
            }
        }
    }

    /// The pointers that a JSONPath selects, each once. An error is a message and its help.
    fn select(&self, tree: &Value, target: &str) -> Result<Vec<String>, (String, Option<String>)> {
        let problem = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
        if cost::is_too_deep(target) {
            let help = "use several actions, with fewer nested filters";
            return Err(problem("this JSONPath is nested too deeply", help));
        }
        let path = JsonPath::parse(target).map_err(|error| {
            let message = format!("invalid JSONPath: {}", sanitize(error.message()));
            let help = format!("see character {} (RFC 9535)", error.position() + 1);
            (message, Some(help))
        })?;
        if cost::of(target, tree) > cost::MOST {
            let help = "use fewer of `..`, of lists of names, and of nested filters";
            return Err(problem("this JSONPath visits too many values", help));
        }
        let found = patterns::watched(|| {
            let nodes = path.query_located(tree);
            let pointers = nodes.iter().map(|node| node.location().to_json_pointer());
            pointers.collect::<Vec<_>>()
        });
        let mut pointers = found.map_err(|error| (error.message, Some(error.help.to_owned())))?;
        let mut seen = HashSet::new();
        pointers.retain(|pointer| seen.insert(pointer.clone()));
        match pointers.is_empty() {
            true => Err((
                "this action matches nothing".to_owned(),
                self.hint(tree, target),
            )),
            false => Ok(pointers),
        }
    }

    /// Merges an update into the selected values.
    fn update(&mut self, tree: &mut Value, pointers: &[String], update: &Value, at: &str) {
        let from = format!("{at}/update");
        for pointer in pointers {
            let Some(value) = tree.pointer_mut(pointer) else {
                continue;
            };
            match (value, update) {
                (Value::Array(list), update) => {
                    let element = format!("{pointer}/{}", list.len());
                    self.sources.moved(element, self.file, from.clone());
                    list.push(update.clone());
                }
                (value @ Value::Object(_), Value::Object(_)) => {
                    self.merge(value, update, pointer, &from);
                }
                (Value::Object(_), _) => {
                    let message = "`update` must be an object, as the target is one";
                    self.error(&from, message, None);
                    return;
                }
                _ => {
                    let help = "target the object that holds it".to_owned();
                    let message = "the target must be an object or an array";
                    self.error(&format!("{at}/target"), message, Some(help));
                    return;
                }
            }
        }
        self.depth += depth(update);
        if self.depth > DEEPEST {
            self.depth = depth(tree);
        }
        if self.depth > DEEPEST {
            let message = "this makes the document nest too deeply";
            self.error(&from, message, None);
            *tree = Value::Object(Map::new());
        }
    }

    /// Merges recursively: objects member by member, arrays by appending, all else by replacing.
    fn merge(&mut self, value: &mut Value, update: &Value, at: &str, from: &str) {
        match (value, update) {
            (Value::Object(members), Value::Object(updates)) => {
                for (key, update) in updates {
                    let is_orphan = annotations::only_describes(at, key, update);
                    let (at, from) = (child(at, key), child(from, key));
                    match members.get_mut(key) {
                        Some(member) => self.merge(member, update, &at, &from),
                        None if is_orphan => {
                            let message = format!(
                                "this describes `{}`, which the document does not have",
                                sanitize(key)
                            );
                            let help = "remove it, or declare what it is";
                            self.error(&from, message, Some(help.to_owned()));
                        }
                        None => {
                            self.sources.moved(at, self.file, from);
                            members.insert(key.clone(), update.clone());
                        }
                    }
                }
            }
            (Value::Array(list), Value::Array(more)) => {
                for (index, element) in more.iter().enumerate() {
                    let at = format!("{at}/{}", list.len());
                    let from = format!("{from}/{index}");
                    self.sources.moved(at, self.file, from);
                    list.push(element.clone());
                }
            }
            (value, update) => {
                self.sources
                    .moved(at.to_owned(), self.file, from.to_owned());
                value.clone_from(update);
            }
        }
    }

    /// The longest part of a path that matches something, and a similar key there.
    fn hint(&self, tree: &Value, target: &str) -> Option<String> {
        let ends = target
            .char_indices()
            .filter(|(_, c)| matches!(c, '.' | '['))
            .map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.take(LONGEST_HINT).collect();
        ends.reverse();
        ends.into_iter().filter(|end| *end > 0).find_map(|end| {
            let shorter = JsonPath::parse(&target[..end]).ok()?;
            let found = shorter.query(tree).first()?;
            let rest = target[end..].trim_matches(['.', '[', ']', '\'', '"']);
            let near = nearest(rest, found.as_object()?.keys().map(String::as_str));
            let matched = sanitize(&target[..end]);
            Some(match near {
                Some(near) => format!("`{matched}` matches; did you mean `{}`?", sanitize(near)),
                None => format!("`{matched}` matches, the rest does not"),
            })
        })
    }
}

/// The most steps of a path tried for a hint: each is a path to run.
const LONGEST_HINT: usize = 32;

/// The bound that reading has: updates could exceed it together.
const DEEPEST: usize = 128;

/// The depth of a tree, without recursion.
fn depth(tree: &Value) -> usize {
    let mut deepest = 0;
    let mut open: Vec<(&Value, usize)> = vec![(tree, 0)];
    while let Some((value, depth)) = open.pop() {
        deepest = deepest.max(depth);
        match value {
            Value::Object(members) => open.extend(members.values().map(|one| (one, depth + 1))),
            Value::Array(list) => open.extend(list.iter().map(|one| (one, depth + 1))),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests;
