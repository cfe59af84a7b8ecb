//! Operations: unique ids, and parameters that go with the path's template.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::Node;
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, Diagnostics, nearest, sanitize};
use crate::grammar::METHODS;
use crate::references::Ends;

/// What is changed in an operation so that it has one meaning.
pub(super) enum Repair {
    /// Template variables without parameters get them.
    Parameters {
        operation: SpecPointer,
        names: Vec<String>,
    },
    /// A path that cannot be filled in goes.
    Path { path: String },
    /// An id that another operation has already goes.
    OperationId { operation: SpecPointer },
}

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut check = Check {
        tree,
        ends: Ends::default(),
        diagnostics,
        ids: HashMap::new(),
        shapes: HashMap::new(),
        repairs: Vec::new(),
    };
    let root = Node {
        value: tree,
        origin: SpecPointer::root(),
    };
    for paths in ["paths", "webhooks", "x-webhooks"]
        .iter()
        .filter_map(|key| root.get(key))
    {
        let templated = paths.origin.pointer() == "/paths";
        for (path, item) in paths.members().filter(|(path, _)| !path.starts_with("x-")) {
            check.path_item(path, &item, templated);
        }
    }
    if let Some(security) = root.get("security") {
        check.security(&security);
    }
    check.repairs
}

/// Applies the repairs.
pub(super) fn repair(tree: &mut Value, repairs: Vec<Repair>) {
    let mut gone = HashSet::new();
    for repair in repairs {
        match repair {
            Repair::Parameters { operation, names } => {
                let Some(Value::Object(members)) = tree.pointer_mut(operation.pointer()) else {
                    continue;
                };
                let list = members.entry("parameters").or_insert_with(|| json!([]));
                if let Value::Array(list) = list {
                    list.extend(names.iter().map(|name| {
                        let schema = json!({"type": "string"});
                        json!({"name": name, "in": "path", "required": true, "schema": schema})
                    }));
                }
            }
            Repair::Path { path } => {
                gone.insert(path);
            }
            Repair::OperationId { operation } => {
                if let Some(Value::Object(members)) = tree.pointer_mut(operation.pointer()) {
                    members.shift_remove("operationId");
                }
            }
        }
    }
    if let Some(paths) = tree.get_mut("paths").and_then(Value::as_object_mut) {
        paths.retain(|path, _| !gone.contains(path));
    }
}

/// Servers take some 8,000 bytes of an address.
const LONGEST_PATH: usize = 8_000;

struct Check<'d, 'p> {
    tree: &'d Value,
    ends: Ends,
    diagnostics: &'p mut Diagnostics,
    /// Operations by id.
    ids: HashMap<&'d str, SpecPointer>,
    /// Path templates without their variables' names.
    shapes: HashMap<String, &'d str>,
    repairs: Vec<Repair>,
}

impl<'d> Check<'d, '_> {
    fn path_item(&mut self, path: &'d str, listed: &Node<'d>, templated: bool) {
        let variables = match templated {
            true => self.template(path, &listed.origin),
            false => Vec::new(),
        };
        let Ok(item) = self.ends.resolve(self.tree, listed) else {
            return;
        };
        if !item.value.is_object() {
            let message = "a path item must be an object";
            self.diagnostics.recoverable(
                Diagnostic::error(&item.origin, message)
                    .repair("it is left out")
                    .omits(format!("the operations of `{}`", sanitize(path))),
            );
            return;
        }
        let shared = self.parameters(&item);
        let shared_in_path = shared.iter().filter(|(_, _, location)| *location == "path");
        let known: HashSet<&str> = variables.iter().copied().collect();
        let mut any = false;
        for (_, operation) in item.members().filter(|(key, _)| METHODS.contains(key)) {
            any = true;
            self.id(&operation);
            if let Some(security) = operation.get("security") {
                self.security(&security);
            }
            let own = self.parameters(&operation);
            if !templated {
                continue;
            }
            let own_in_path = own.iter().filter(|(_, _, location)| *location == "path");
            for (place, name, _) in own_in_path.clone() {
                if !known.contains(name) {
                    self.stray(place, name, path, &variables);
                }
            }
            let mut has: HashSet<&str> = own_in_path.map(|(_, name, _)| *name).collect();
            has.extend(shared_in_path.clone().map(|(_, name, _)| *name));
            let missing = variables.iter().filter(|variable| !has.contains(*variable));
            let names: Vec<String> = missing.map(|&variable| variable.to_owned()).collect();
            for name in &names {
                let name = sanitize(name);
                let message = format!("the path's `{{{name}}}` has no parameter");
                self.diagnostics.recoverable(
                    Diagnostic::error(&operation.origin, message)
                        .help(format!("add a parameter `name: {name}`, `in: path`"))
                        .repair("it is taken as text"),
                );
            }
            if !names.is_empty() {
                let operation = operation.origin.clone();
                self.repairs.push(Repair::Parameters { operation, names });
            }
        }
        if templated && any {
            for (place, name, _) in shared_in_path.filter(|(_, name, _)| !known.contains(name)) {
                self.stray(place, name, path, &variables);
            }
        }
    }

    fn stray(&mut self, place: &SpecPointer, name: &str, path: &str, variables: &[&str]) {
        let (name, path) = (sanitize(name), sanitize(path));
        let message = format!("the path parameter `{name}` does not stand in `{path}`");
        let mut problem = Diagnostic::error(place, message)
            .repair("it is left out")
            .omits(format!("the parameter `{name}` of `{path}`"));
        problem.help = nearest(&name, variables.iter().copied())
            .map(|variable| format!("did you mean `{}`?", sanitize(variable)).into());
        self.diagnostics.recoverable(problem);
    }

    /// The variables of a path's template.
    fn template(&mut self, path: &'d str, place: &SpecPointer) -> Vec<&'d str> {
        let problem = match variables(path) {
            _ if path.len() > LONGEST_PATH => "this path is longer than any server takes",
            Some(parts) => return self.variables(path, place, parts),
            None => "the braces of this path's template do not match",
        };
        self.diagnostics.recoverable(
            Diagnostic::error(place, problem)
                .repair("the path is left out")
                .omits(format!("the operations of `{}`", sanitize(path))),
        );
        self.repairs.push(Repair::Path {
            path: path.to_owned(),
        });
        Vec::new()
    }

    /// The same, those told that stand twice, and a path that another one is, too.
    fn variables(
        &mut self,
        path: &'d str,
        place: &SpecPointer,
        parts: Vec<&'d str>,
    ) -> Vec<&'d str> {
        let mut seen = HashSet::new();
        for name in parts.iter().filter(|name| !seen.insert(**name)) {
            let message = format!("`{{{}}}` stands twice in this path", sanitize(name));
            let repair = "the same value stands in both places";
            self.diagnostics
                .recoverable(Diagnostic::error(place, message).repair(repair));
        }
        let shape = without_names(path);
        if let Some(twin) = self.shapes.insert(shape, path) {
            let message = format!("this path is the same as `{}`", sanitize(twin));
            let help = "templates that differ only in their variables' names match the same URLs";
            self.diagnostics.recoverable(
                Diagnostic::error(place, message)
                    .help(help)
                    .repair("both are taken"),
            );
        }
        parts
    }

    /// The parameters of one list with their places, each told that is there twice.
    fn parameters(&mut self, holder: &Node<'d>) -> Vec<(SpecPointer, &'d str, &'d str)> {
        let mut parameters: Vec<(SpecPointer, &'d str, &'d str)> = Vec::new();
        let mut seen = HashSet::new();
        let list = holder.get("parameters");
        for listed in list.iter().flat_map(Node::elements) {
            let Ok(node) = self.ends.resolve(self.tree, &listed) else {
                continue;
            };
            let (Some(name), Some(location)) = (node.text("name"), node.text("in")) else {
                continue;
            };
            if !seen.insert((name, location)) {
                let message = format!(
                    "the {} parameter `{}` stands twice",
                    sanitize(location),
                    sanitize(name)
                );
                self.diagnostics.recoverable(
                    Diagnostic::error(&listed.origin, message)
                        .repair("the last one counts")
                        .omits(format!("the first `{}`", sanitize(name))),
                );
            }
            parameters.push((listed.origin, name, location));
        }
        parameters
    }

    fn id(&mut self, operation: &Node<'d>) {
        let Some(id) = operation.text("operationId") else {
            return;
        };
        if let Some(first) = self.ids.get(id) {
            if *first == operation.origin {
                return;
            }
            let message = format!("the operation id `{}` is taken", sanitize(id));
            let help = format!("`{}` has it", sanitize(first.as_str()));
            let place = operation.origin.child("operationId");
            self.diagnostics.recoverable(
                Diagnostic::error(place, message)
                    .help(help)
                    .repair("this one has none"),
            );
            self.repairs.push(Repair::OperationId {
                operation: operation.origin.clone(),
            });
        } else {
            self.ids.insert(id, operation.origin.clone());
        }
    }

    /// Every requirement names a scheme that is there.
    fn security(&mut self, security: &Node<'d>) {
        let empty = Map::new();
        let schemes = self.tree.pointer("/components/securitySchemes");
        let schemes = schemes.and_then(Value::as_object).unwrap_or(&empty);
        for (name, place) in security.elements().flat_map(|one| {
            one.members()
                .map(|(name, node)| (name, node.origin))
                .collect::<Vec<_>>()
        }) {
            if !schemes.contains_key(name) {
                let message = format!("there is no security scheme `{}`", sanitize(name));
                let mut problem = Diagnostic::error(place, message);
                let names = schemes.keys().map(String::as_str);
                problem.help =
                    nearest(name, names).map(|near| format!("did you mean `{near}`?").into());
                self.diagnostics.recoverable(
                    problem
                        .repair("this way to authenticate is left out")
                        .omits(format!("authentication by `{}`", sanitize(name))),
                );
            }
        }
    }
}

/// A template with nothing between its braces.
fn without_names(path: &str) -> String {
    let mut is_name = false;
    let shape = path.chars().filter(|character| {
        is_name = *character != '}' && (is_name || *character == '{');
        !is_name || *character == '{'
    });
    shape.collect()
}

/// The variables of a template; none where its braces do not match.
pub(crate) fn variables(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..].strip_prefix('{')?;
        let end = inner.find(['{', '}', '/'])?;
        let after = inner[end..].strip_prefix('}')?;
        let name = &inner[..end];
        if name.is_empty() {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}
