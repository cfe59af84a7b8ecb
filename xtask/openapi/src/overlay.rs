//! OpenAPI Overlay 1.0: actions that update or remove what a JSONPath (RFC 9535) selects.

mod cost;
mod patterns;
mod remove;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use remove::remove;

use crate::diagnostics::{
    Diagnostic, Diagnostics, Location, Sources, SpecPointer, nearest, sanitize,
};

/// Applies an overlay, file number `file`, to a document's tree.
pub(super) fn apply(
    tree: &mut Value,
    overlay: &Value,
    file: usize,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut overlay_pass = Pass {
        file,
        sources,
        diagnostics,
        depth: depth(tree),
    };
    overlay_pass.head(overlay);
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        overlay_pass.error("/actions", "an overlay needs a list of `actions`", None);
        return;
    };
    if actions.is_empty() {
        overlay_pass.error("/actions", "an overlay needs at least one action", None);
    }
    for (index, action) in actions.iter().enumerate() {
        overlay_pass.action(tree, action, &format!("/actions/{index}"));
    }
}

struct Pass<'a> {
    file: usize,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
    /// At most so deep is the tree: an update adds no more than its own depth.
    depth: usize,
}

impl Pass<'_> {
    /// Tells a problem of the overlay itself, at a pointer into it.
    fn error(&mut self, pointer: &str, message: impl Into<String>, help: Option<String>) {
        let place = match self.sources.locate_in(self.file, pointer) {
            Some(position) => Location::At(Box::new(position)),
            None => Location::File(self.sources.name(self.file).unwrap_or_default().to_owned()),
        };
        let mut diagnostic = Diagnostic::error(place, message);
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
                self.error("/overlay", message, Some("1.0.0 is".to_owned()));
            }
            None => self.error("", "`overlay: 1.0.0` is missing", None),
        }
        self.unknown_keys(members, "", &["overlay", "info", "extends", "actions"]);
        for key in ["title", "version"] {
            let given = members.get("info").and_then(|info| info.get(key));
            if !given.is_some_and(Value::is_string) {
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
                None => format!("the keys are {}", known.join(", ")),
            };
            let message = format!("an overlay has no key `{}` here", sanitize(key));
            self.error(
                SpecPointer::new(at).child(key).as_str(),
                message,
                Some(help),
            );
        }
    }

    fn action(&mut self, tree: &mut Value, action: &Value, at: &str) {
        let Some(members) = action.as_object() else {
            self.error(at, "an action must be an object", None);
            return;
        };
        self.unknown_keys(members, at, &["target", "description", "update", "remove"]);
        let target_place = format!("{at}/target");
        let Some(target) = members.get("target").and_then(Value::as_str) else {
            self.error(
                at,
                "an action needs a `target`",
                Some("it is a JSONPath".to_owned()),
            );
            return;
        };
        if cost::is_too_deep(target) {
            let message = "this JSONPath is nested too deep";
            let help = "take several actions, with fewer filters in filters";
            self.error(&target_place, message, Some(help.to_owned()));
            return;
        }
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("this is not a JSONPath: {}", sanitize(error.message()));
                let help = format!("at character {} (RFC 9535)", error.position() + 1);
                self.error(&target_place, message, Some(help));
                return;
            }
        };
        if cost::of(target, tree) > cost::MOST {
            let message = "this JSONPath looks at too much of the document too often";
            let help = "take fewer of `..`, of lists of names, and of filters in filters";
            self.error(&target_place, message, Some(help.to_owned()));
            return;
        }
        let found = patterns::watched(|| {
            let nodes = path.query_located(tree);
            nodes
                .iter()
                .map(|node| node.location().to_json_pointer())
                .collect::<Vec<_>>()
        });
        let mut pointers = match found {
            Ok(pointers) => pointers,
            Err(problem) => {
                let help = Some(problem.help.to_owned());
                self.error(&target_place, problem.message, help);
                return;
            }
        };
        let mut seen = std::collections::HashSet::new();
        pointers.retain(|pointer| seen.insert(pointer.clone()));
        if pointers.is_empty() {
            let help = self.hint(tree, target);
            self.error(&target_place, "this action matches nothing", help);
            return;
        }
        match members.get("remove") {
            Some(Value::Bool(true)) => {
                remove(tree, &pointers);
                return;
            }
            Some(Value::Bool(false)) | None => {}
            Some(_) => {
                self.error(
                    &format!("{at}/remove"),
                    "`remove` must be `true` or `false`",
                    None,
                );
                return;
            }
        }
        let Some(update) = members.get("update") else {
            if !members.contains_key("remove") {
                self.error(at, "an action needs `update` or `remove: true`", None);
            }
            return;
        };
        let update_place = format!("{at}/update");
        for pointer in pointers {
            let Some(value) = tree.pointer_mut(&pointer) else {
                continue;
            };
            match (value, update) {
                (Value::Array(list), update) => {
                    let place = format!("{pointer}/{}", list.len());
                    self.sources.moved(place, self.file, update_place.clone());
                    list.push(update.clone());
                }
                (value @ Value::Object(_), Value::Object(_)) => {
                    self.merge(value, update, &pointer, &update_place);
                }
                (Value::Object(_), _) => {
                    let message = "the target is an object, so `update` must be one";
                    self.error(&update_place, message, None);
                    return;
                }
                _ => {
                    let message = "the target must be an object or a list";
                    let help = "target the object that holds it";
                    self.error(&target_place, message, Some(help.to_owned()));
                    return;
                }
            }
        }
        self.depth += depth(update);
        if self.depth > DEEPEST {
            self.depth = depth(tree);
        }
        if self.depth > DEEPEST {
            self.error(
                &update_place,
                "this makes the document nest too deeply",
                None,
            );
            *tree = Value::Object(Map::new());
        }
    }

    /// Merges recursively: objects member by member, lists by appending, all else by replacing.
    fn merge(&mut self, value: &mut Value, update: &Value, at: &str, from: &str) {
        match (value, update) {
            (Value::Object(members), Value::Object(updates)) => {
                for (key, update) in updates {
                    let token = key.replace('~', "~0").replace('/', "~1");
                    let (at, from) = (format!("{at}/{token}"), format!("{from}/{token}"));
                    match members.get_mut(key) {
                        Some(member) => self.merge(member, update, &at, &from),
                        None => {
                            self.sources.moved(at, self.file, from);
                            members.insert(key.clone(), update.clone());
                        }
                    }
                }
            }
            (Value::Array(list), Value::Array(more)) => {
                for (index, element) in more.iter().enumerate() {
                    let place = format!("{at}/{}", list.len());
                    self.sources
                        .moved(place, self.file, format!("{from}/{index}"));
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

    /// The longest part of a sanitize path that matches something, and what it could go on with.
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

/// So many steps of a path are looked at for a hint: each is a path to be run.
const LONGEST_HINT: usize = 32;

/// What is read is no deeper; updates can stack up.
const DEEPEST: usize = 128;

/// How deep a tree is. Without recursion.
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
