//! Makes the views of operations and of what they consist of.

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::grammar::METHODS;
use super::path::tokens;
use super::{
    CallbackView, Document, HeaderView, MediaTypeView, Node, OperationView, ParameterLocation,
    ParameterView, RequestBodyView, ResponseView,
};
use crate::Method;
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};

/// Makes views; what cannot be read is told and left out.
pub(super) struct Views<'d, 'p> {
    pub(super) document: &'d Document,
    pub(super) problems: &'p mut Diagnostics,
}

impl<'d> Views<'d, '_> {
    /// The operations of a map of path items.
    pub(super) fn operations(&mut self, paths: &Node<'d>) -> Vec<OperationView<'d>> {
        let mut operations = Vec::new();
        for (path, item) in paths.members().filter(|(path, _)| !path.starts_with("x-")) {
            let Some(item) = self.resolve(&item) else {
                continue;
            };
            for (key, node) in item.members() {
                let method = match (METHODS.iter().position(|method| *method == key), key) {
                    (Some(index), _) => METHOD_VALUES[index],
                    (None, "query" | "additionalOperations") if node.value.is_object() => {
                        let message = "methods beyond those of OpenAPI 3.0 cannot be expressed";
                        self.problems.recoverable(
                            Diagnostic::error(&node.origin, message)
                                .repair("the operation is left out")
                                .omits(format!("{} {}", key.to_uppercase(), sanitize(path))),
                        );
                        continue;
                    }
                    _ => continue,
                };
                if node.value.is_object() {
                    operations.push(self.operation(path, &item, node, method));
                }
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
        let tags = node
            .get("tags")
            .map(|tags| tags.elements().collect::<Vec<_>>());
        OperationView {
            path_item: item.clone(),
            path,
            method,
            id: node.text("operationId"),
            summary: node.text("summary").or_else(|| item.text("summary")),
            description: node
                .text("description")
                .or_else(|| item.text("description")),
            tags: tags
                .iter()
                .flatten()
                .filter_map(|tag| tag.value.as_str())
                .collect(),
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
            let listed = holder
                .get("parameters")
                .map(|list| list.elements().collect::<Vec<_>>());
            for parameter in listed
                .into_iter()
                .flatten()
                .filter_map(|node| self.parameter(&node))
            {
                // A later one takes the place of an earlier one.
                all.insert((parameter.name, parameter.location), parameter);
            }
        }
        // Those that the template lacks were told by the checks.
        all.retain(|(name, location), _| {
            *location != ParameterLocation::Path || path.contains(&format!("{{{name}}}"))
        });
        all.into_values().collect()
    }

    fn parameter(&mut self, listed: &Node<'d>) -> Option<ParameterView<'d>> {
        let node = self.resolve(listed)?;
        let location = match node.text("in")? {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            "querystring" => ParameterLocation::QueryString,
            // Told by the checks.
            _ => return None,
        };
        let content = self.content(&node).into_iter().next();
        Some(ParameterView {
            listed: listed.origin.clone(),
            name: node.text("name")?,
            location,
            required: node.flag("required") || location == ParameterLocation::Path,
            deprecated: node.flag("deprecated"),
            description: node.text("description"),
            style: node.text("style"),
            explode: node.value.get("explode").and_then(Value::as_bool),
            allow_reserved: node.flag("allowReserved"),
            schema: node.get("schema"),
            content,
            node,
        })
    }

    fn request_body(&mut self, listed: &Node<'d>) -> Option<RequestBodyView<'d>> {
        let node = self.resolve(listed)?;
        Some(RequestBodyView {
            description: node.text("description"),
            required: node.flag("required"),
            content: self.content(&node),
            node,
        })
    }

    fn responses(&mut self, operation: &Node<'d>) -> Vec<ResponseView<'d>> {
        let Some(map) = operation.get("responses") else {
            return Vec::new();
        };
        let mut responses = Vec::new();
        for (status, listed) in map.members().filter(|(key, _)| !key.starts_with("x-")) {
            let Some(node) = self.resolve(&listed) else {
                continue;
            };
            let status = match status {
                "default" => status.to_owned(),
                status => status.to_ascii_uppercase(),
            };
            responses.push(ResponseView {
                listed: listed.origin,
                status,
                description: node.text("description").unwrap_or_default(),
                headers: self.headers(&node),
                content: self.content(&node),
                node,
            });
        }
        responses
    }

    fn headers(&mut self, holder: &Node<'d>) -> Vec<HeaderView<'d>> {
        let Some(map) = holder.get("headers") else {
            return Vec::new();
        };
        let mut headers = Vec::new();
        for (name, listed) in map.members() {
            let Some(node) = self.resolve(&listed) else {
                continue;
            };
            headers.push(HeaderView {
                name,
                description: node.text("description"),
                required: node.flag("required"),
                schema: node.get("schema"),
                node,
            });
        }
        headers
    }

    fn content(&mut self, holder: &Node<'d>) -> Vec<MediaTypeView<'d>> {
        let Some(map) = holder.get("content") else {
            return Vec::new();
        };
        let mut content = Vec::new();
        for (media_type, listed) in map.members() {
            let Some(node) = self.resolve(&listed) else {
                continue;
            };
            let encoding = node.get("encoding").map(|map| map.members().collect());
            content.push(MediaTypeView {
                media_type,
                schema: node.get("schema"),
                item_schema: node.get("itemSchema"),
                encoding: encoding.unwrap_or_default(),
                node,
            });
        }
        content
    }

    fn callbacks(&mut self, operation: &Node<'d>) -> Vec<CallbackView<'d>> {
        let Some(map) = operation.get("callbacks") else {
            return Vec::new();
        };
        let mut callbacks = Vec::new();
        for (name, listed) in map.members().filter(|(name, _)| !name.starts_with("x-")) {
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

    fn resolve(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        // What leads nowhere was told when the document was loaded.
        self.document.resolve(node).ok()
    }

    /// A part that openapiv3 has a type for.
    fn typed<T: DeserializeOwned>(&mut self, node: &Node<'d>) -> Option<T> {
        T::deserialize(node.value)
            .map_err(|error| {
                let message = format!("this cannot be read: {}", sanitize(&error.to_string()));
                let name = tokens(node.origin.pointer()).last().unwrap_or_default();
                self.problems.recoverable(
                    Diagnostic::error(&node.origin, message)
                        .repair("the document's own counts")
                        .omits(format!("`{}`", sanitize(&name))),
                );
            })
            .ok()
    }
}

/// In the order of [`METHODS`].
const METHOD_VALUES: [Method; 8] = [
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Options,
    Method::Head,
    Method::Patch,
    Method::Trace,
];
