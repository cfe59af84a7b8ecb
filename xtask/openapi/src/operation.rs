//! Operations, with everything that their path items add to them.

use indexmap::IndexMap;
use openapiv3::{SecurityRequirement, Server};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::content::{RequestBodyView, ResponseView};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::METHODS;
use crate::method::Method;
use crate::node::Node;
use crate::parameter::{ParameterLocation, ParameterView};
use crate::pointer::{self, SpecPointer};
use crate::refs::RefResolver;

/// An operation with everything that its path item adds to it.
#[derive(Debug, Clone)]
pub struct OperationView<'d> {
    /// The operation itself.
    pub node: Node<'d>,
    /// The path's template, or a webhook's name.
    pub path: &'d str,
    /// The method.
    pub method: Method,
    /// `operationId`
    pub id: Option<&'d str>,
    /// `summary`, the operation's or the path item's.
    pub summary: Option<&'d str>,
    /// `description`, the operation's or the path item's.
    pub description: Option<&'d str>,
    /// `tags`
    pub tags: Vec<&'d str>,
    /// `deprecated`
    pub deprecated: bool,
    /// The path item's and the operation's parameters by name and location, the path item's
    /// first; the operation's own wins.
    pub parameters: Vec<ParameterView<'d>>,
    /// `requestBody`
    pub request_body: Option<RequestBodyView<'d>>,
    /// `responses`
    pub responses: Vec<ResponseView<'d>>,
    /// `security`: none means the document's.
    pub security: Option<Vec<SecurityRequirement>>,
    /// The operation's or the path item's `servers`; empty means the document's.
    pub servers: Vec<Server>,
    /// `callbacks`
    pub callbacks: Vec<CallbackView<'d>>,
}

impl<'d> OperationView<'d> {
    /// The operation's location.
    pub fn origin(&self) -> &SpecPointer {
        &self.node.origin
    }

    /// A member whose name begins with `x-`.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.node.extension(key)
    }
}

/// A callback: operations that the API calls.
#[derive(Debug, Clone)]
pub struct CallbackView<'d> {
    /// The callback, `$ref` followed.
    pub node: Node<'d>,
    /// Its key.
    pub name: &'d str,
    /// The operations of each expression, which is an operation's `path`.
    pub operations: Vec<OperationView<'d>>,
}

/// Reads operations and what they consist of, `$ref`s followed. What cannot be read is reported
/// and left out.
pub(crate) struct OperationReader<'d, 'p> {
    pub(crate) tree: &'d Value,
    pub(crate) refs: &'d RefResolver,
    pub(crate) diagnostics: &'p mut Diagnostics,
}

impl<'d> OperationReader<'d, '_> {
    /// The operations of a map of path items.
    pub(crate) fn operations(&mut self, paths: &Node<'d>) -> Vec<OperationView<'d>> {
        let mut operations = Vec::new();
        for (path, item) in paths.members().filter(|(path, _)| !path.starts_with("x-")) {
            let Some(item) = self.resolve(&item) else {
                continue;
            };
            for (method, node) in operations_of(&item) {
                operations.push(self.operation(path, &item, node, Method::of(&method)));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &'d str,
        item: &Node<'d>,
        node: Node<'d>,
        method: Method,
    ) -> OperationView<'d> {
        let text = |key: &str| node.text(key).or_else(|| item.text(key));
        let tags = node.get("tags");
        let tags = tags.iter().flat_map(Node::elements);
        OperationView {
            path,
            method,
            id: node.text("operationId"),
            summary: text("summary"),
            description: text("description"),
            tags: tags.filter_map(|tag| tag.value.as_str()).collect(),
            deprecated: node.flag("deprecated"),
            parameters: self.parameters(path, item, &node),
            request_body: node
                .get("requestBody")
                .and_then(|body| self.request_body(&body)),
            responses: self.responses(&node),
            security: node
                .get("security")
                .and_then(|security| self.typed(&security)),
            servers: [&node, item]
                .iter()
                .find_map(|holder| holder.get("servers"))
                .and_then(|servers| self.typed(&servers))
                .unwrap_or_default(),
            callbacks: self.callbacks(&node),
            node,
        }
    }

    /// The path item's parameters and the operation's, each by name and location once.
    fn parameters(
        &mut self,
        path: &str,
        item: &Node<'d>,
        operation: &Node<'d>,
    ) -> Vec<ParameterView<'d>> {
        let mut all: IndexMap<_, ParameterView<'d>> = IndexMap::new();
        for holder in [item, operation] {
            let list = holder.get("parameters");
            for listed in list.iter().flat_map(Node::elements) {
                if let Some(parameter) = self.parameter(&listed) {
                    // A later one takes the position of an earlier one.
                    all.insert((parameter.name, parameter.location), parameter);
                }
            }
        }
        // Those that the template lacks have been reported.
        all.retain(|(name, location), _| {
            *location != ParameterLocation::Path || path.contains(&format!("{{{name}}}"))
        });
        all.into_values().collect()
    }

    fn callbacks(&mut self, operation: &Node<'d>) -> Vec<CallbackView<'d>> {
        let map = operation.get("callbacks");
        let mut callbacks = Vec::new();
        for (name, listed) in map.iter().flat_map(Node::members) {
            if name.starts_with("x-") {
                continue;
            }
            let Some(node) = self.resolve(&listed) else {
                continue;
            };
            let operations = self.operations(&node);
            callbacks.push(CallbackView {
                name,
                operations,
                node,
            });
        }
        callbacks
    }

    /// Follows a `$ref`. One without a target has been reported.
    pub(crate) fn resolve(&self, node: &Node<'d>) -> Option<Node<'d>> {
        self.refs.resolve(self.tree, node).ok()
    }

    /// Reads an object that openapiv3 has a type for.
    fn typed<T: DeserializeOwned>(&mut self, node: &Node<'d>) -> Option<T> {
        typed(node, "using the document's own", self.diagnostics)
    }
}

/// Reads an object that openapiv3 has a type for, reporting errors.
pub(crate) fn typed<T: DeserializeOwned>(
    node: &Node<'_>,
    repair: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let read = T::deserialize(node.value).map_err(|error| {
        let name = sanitize(&pointer::last(node.origin.pointer()));
        let message = format!("malformed `{name}`: {}", sanitize(&error.to_string()));
        let problem = Diagnostic::error(&node.origin, message).repair(repair);
        diagnostics.recoverable(ErrorKind::KeywordType, problem.omits(format!("`{name}`")));
    });
    read.ok()
}

/// The operations of a path item with their methods, those of `additionalOperations` included.
pub(crate) fn operations_of<'d>(item: &Node<'d>) -> Vec<(String, Node<'d>)> {
    let mut operations = Vec::new();
    for (key, node) in item.members() {
        if key == "additionalOperations" {
            let more = node.members().filter(|(_, node)| node.value.is_object());
            operations.extend(more.map(|(method, node)| (method.to_owned(), node)));
        } else if METHODS.contains(&key) && node.value.is_object() {
            operations.push((key.to_ascii_uppercase(), node));
        }
    }
    operations
}
