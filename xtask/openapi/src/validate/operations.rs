//! Operations: unique ids, parameters that match the path's template, known security schemes.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, nearest, sanitize};
use crate::grammar::X_WEBHOOKS;
use crate::node::Node;
use crate::operation::operations_of;
use crate::path_template::{TemplatePart, parts, variables};
use crate::pointer::SpecPointer;
use crate::refs::RefResolver;

/// A change after which an operation has one meaning.
pub(super) enum Repair {
    /// Adds parameters for template variables.
    Parameters {
        operation: SpecPointer,
        names: Vec<String>,
    },
    /// Removes a path.
    Path { path: String },
    /// Removes the id of an operation.
    OperationId { operation: SpecPointer },
}

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut check = Check {
        tree,
        refs: RefResolver::default(),
        diagnostics,
        ids: HashMap::new(),
        shapes: HashMap::new(),
        repairs: Vec::new(),
    };
    let root = Node {
        value: tree,
        origin: SpecPointer::root(),
    };
    for paths in ["paths", "webhooks", X_WEBHOOKS]
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
    let mut removed = HashSet::new();
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
                removed.insert(path);
            }
            Repair::OperationId { operation } => {
                if let Some(Value::Object(members)) = tree.pointer_mut(operation.pointer()) {
                    members.shift_remove("operationId");
                }
            }
        }
    }
    if let Some(paths) = tree.get_mut("paths").and_then(Value::as_object_mut) {
        paths.retain(|path, _| !removed.contains(path));
    }
}

/// Servers accept some 8,000 bytes of a URL.
const LONGEST_PATH: usize = 8_000;

struct Check<'d, 'p> {
    tree: &'d Value,
    refs: RefResolver,
    diagnostics: &'p mut Diagnostics,
    /// Operations by id.
    ids: HashMap<&'d str, SpecPointer>,
    /// Paths and their methods, by the template without its variables' names.
    shapes: HashMap<String, Vec<(&'d str, Vec<String>)>>,
    repairs: Vec<Repair>,
}

impl<'d> Check<'d, '_> {
    fn path_item(&mut self, path: &'d str, listed: &Node<'d>, templated: bool) {
        let Ok(item) = self.refs.resolve(self.tree, listed) else {
            return;
        };
        if !item.value.is_object() {
            let problem = Diagnostic::error(&item.origin, "a path item must be an object")
                .repair("ignoring it")
                .omits(format!("the operations of `{}`", sanitize(path)));
            self.diagnostics
                .recoverable(ErrorKind::KeywordType, problem);
            return;
        }
        let operations = operations_of(&item);
        let variables = match templated {
            true => self.template(path, &listed.origin),
            false => Vec::new(),
        };
        if templated {
            let methods = operations
                .iter()
                .map(|(method, _)| method.clone())
                .collect();
            self.equivalent(path, &listed.origin, methods);
        }
        let shared = self.parameters(&item);
        for (_, operation) in &operations {
            self.id(operation);
            if let Some(security) = operation.get("security") {
                self.security(&security);
            }
            let own = self.parameters(operation);
            if templated {
                self.path_parameters(path, operation, &own, &shared, &variables);
            }
        }
        if templated && !operations.is_empty() {
            self.stray(&shared, path, &variables);
        }
    }

    /// Every variable of the template has a parameter, and the reverse.
    fn path_parameters(
        &mut self,
        path: &str,
        operation: &Node<'d>,
        own: &[ListedParameter<'d>],
        shared: &[ListedParameter<'d>],
        variables: &[&'d str],
    ) {
        self.stray(own, path, variables);
        let in_path = own
            .iter()
            .chain(shared)
            .filter(|one| one.location == "path");
        let declared: HashSet<&str> = in_path.map(|one| one.name).collect();
        let missing = variables.iter().filter(|name| !declared.contains(**name));
        let names: Vec<String> = missing.map(|&name| name.to_owned()).collect();
        for name in &names {
            let name = sanitize(name);
            let message = format!("the path's `{{{name}}}` has no parameter");
            let problem = Diagnostic::error(&operation.origin, message)
                .help(format!(
                    "add a parameter with `name: {name}` and `in: path`"
                ))
                .repair("treating it as a string");
            self.diagnostics
                .recoverable(ErrorKind::UndeclaredPathParameter, problem);
        }
        if !names.is_empty() {
            let operation = operation.origin.clone();
            self.repairs.push(Repair::Parameters { operation, names });
        }
    }

    /// Path parameters that are not variables of the template.
    fn stray(&mut self, listed: &[ListedParameter<'d>], path: &str, variables: &[&str]) {
        let path = sanitize(path);
        for parameter in listed.iter().filter(|one| one.location == "path") {
            if variables.contains(&parameter.name) {
                continue;
            }
            let name = sanitize(parameter.name);
            let message = format!("the path parameter `{name}` is not a variable of `{path}`");
            let mut problem = Diagnostic::error(&parameter.origin, message)
                .repair("ignoring it")
                .omits(format!("the parameter `{name}` of `{path}`"));
            problem.help = nearest(&name, variables.iter().copied())
                .map(|variable| format!("did you mean `{}`?", sanitize(variable)).into());
            self.diagnostics
                .recoverable(ErrorKind::StrayPathParameter, problem);
        }
    }

    /// The variables of a path's template.
    fn template(&mut self, path: &'d str, origin: &SpecPointer) -> Vec<&'d str> {
        let problem = match variables(path) {
            _ if path.len() > LONGEST_PATH => "this path is longer than servers accept",
            Some(names) => {
                self.repeated(&names, origin);
                return names;
            }
            None => "unbalanced braces in this path",
        };
        let problem = Diagnostic::error(origin, problem)
            .repair("ignoring the path")
            .omits(format!("the operations of `{}`", sanitize(path)));
        self.diagnostics.recoverable(ErrorKind::PathSyntax, problem);
        self.repairs.push(Repair::Path {
            path: path.to_owned(),
        });
        Vec::new()
    }

    fn repeated(&mut self, names: &[&str], origin: &SpecPointer) {
        let mut seen = HashSet::new();
        for name in names.iter().filter(|name| !seen.insert(**name)) {
            let message = format!("duplicate variable `{{{}}}` in this path", sanitize(name));
            let problem = Diagnostic::error(origin, message).repair("using one value for both");
            self.diagnostics.recoverable(ErrorKind::PathSyntax, problem);
        }
    }

    /// Two paths that match the same URLs. That is allowed where their methods differ.
    fn equivalent(&mut self, path: &'d str, origin: &SpecPointer, methods: Vec<String>) {
        let others = self.shapes.entry(without_names(path)).or_default();
        if let Some((other, _)) = others.first() {
            let message = format!("this path is equivalent to `{}`", sanitize(other));
            let help = "use the same names for the variables of templates that match the same URLs";
            let problem = Diagnostic::error(origin, message).help(help);
            let shared = |method: &String| others.iter().any(|(_, all)| all.contains(method));
            match methods.iter().any(shared) {
                true => {
                    let problem = problem.repair("generating the operations of both");
                    self.diagnostics
                        .recoverable(ErrorKind::EquivalentPaths, problem);
                }
                false => self
                    .diagnostics
                    .tolerated(ErrorKind::EquivalentPaths, problem),
            }
        }
        others.push((path, methods));
    }

    /// The parameters of one list. Duplicates are reported.
    fn parameters(&mut self, holder: &Node<'d>) -> Vec<ListedParameter<'d>> {
        let mut parameters = Vec::new();
        let mut seen = HashMap::new();
        let list = holder.get("parameters");
        for listed in list.iter().flat_map(Node::elements) {
            let Ok(node) = self.refs.resolve(self.tree, &listed) else {
                continue;
            };
            let (Some(name), Some(location)) = (node.text("name"), node.text("in")) else {
                continue;
            };
            if let Some(first) = seen.insert((name, location), node.value) {
                let shown = sanitize(name);
                let message = format!("duplicate {} parameter `{shown}`", sanitize(location));
                let problem =
                    Diagnostic::error(&listed.origin, message).repair("using the last one");
                let kind = ErrorKind::DuplicateParameter;
                match first == node.value {
                    true => self.diagnostics.tolerated(kind, problem),
                    false => self
                        .diagnostics
                        .recoverable(kind, problem.omits(format!("the first `{shown}`"))),
                }
            }
            parameters.push(ListedParameter {
                origin: listed.origin,
                name,
                location,
            });
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
            let message = format!("duplicate operation id `{}`", sanitize(id));
            let help = format!("use another id than `{}` has", sanitize(first.as_str()));
            let problem = Diagnostic::error(operation.origin.child("operationId"), message)
                .help(help)
                .repair("naming this operation after its method and path");
            self.diagnostics
                .recoverable(ErrorKind::DuplicateOperationId, problem);
            self.repairs.push(Repair::OperationId {
                operation: operation.origin.clone(),
            });
        } else {
            self.ids.insert(id, operation.origin.clone());
        }
    }

    /// Every requirement names a declared scheme.
    fn security(&mut self, security: &Node<'d>) {
        let empty = Map::new();
        let schemes = self.tree.pointer("/components/securitySchemes");
        let schemes = schemes.and_then(Value::as_object).unwrap_or(&empty);
        for requirement in security.elements() {
            for (name, node) in requirement.members() {
                if schemes.contains_key(name) {
                    continue;
                }
                let message = format!("undeclared security scheme `{}`", sanitize(name));
                let mut problem = Diagnostic::error(node.origin, message)
                    .repair("ignoring this requirement")
                    .omits(format!("authentication by `{}`", sanitize(name)));
                let names = schemes.keys().map(String::as_str);
                problem.help = nearest(name, names)
                    .map(|near| format!("did you mean `{}`?", sanitize(near)).into());
                self.diagnostics
                    .recoverable(ErrorKind::SecurityScheme, problem);
            }
        }
    }
}

/// A parameter where a list names it.
struct ListedParameter<'d> {
    origin: SpecPointer,
    name: &'d str,
    location: &'d str,
}

/// A template without its variables' names.
fn without_names(path: &str) -> String {
    let shape = |part| match part {
        TemplatePart::Literal(text) => text,
        TemplatePart::Variable(_) => "{}",
    };
    let parts = parts(path).unwrap_or_else(|| vec![TemplatePart::Literal(path)]);
    parts.into_iter().map(shape).collect()
}
