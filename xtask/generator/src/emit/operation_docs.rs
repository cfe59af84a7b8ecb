//! The documentation of a resource's method.

use super::{context::public_path, docs, inputs::OperationInput};
use sdk_model::{Api, ErrorResponse, Operation, ResponseHeader, Type};

/// The blocks of the documentation.
pub(super) fn blocks(
    api: &Api,
    operation: &Operation,
    arguments: &[&OperationInput<'_>],
    in_required_struct: bool,
) -> Vec<Vec<String>> {
    let line = format!(
        "`{} {}`",
        operation.method.as_str(),
        docs::code(&operation.path.text)
    );
    let mut blocks = Vec::new();
    let summary = docs::lines(&operation.summary);
    let text = docs::lines(&operation.docs);
    if !summary.is_empty() && summary != text {
        blocks.push(summary);
    }
    blocks.push(text);
    blocks.push(vec![line]);
    if let Some(server) = &operation.server {
        blocks.push(docs::lines(&own_server(server)));
    }
    if !in_required_struct && arguments.iter().any(|argument| argument.has_docs()) {
        let list = arguments
            .iter()
            .filter(|argument| argument.has_docs())
            .flat_map(|argument| {
                docs::item(&format!("`{}`", argument.plain_name()), &argument.docs())
            });
        blocks.push(list.collect());
    }
    blocks.extend(other_media_types(operation));
    blocks.extend(headers(&operation.success.headers));
    blocks.extend(errors(api, operation));
    blocks
}

fn own_server(server: &str) -> String {
    if server.starts_with('/') {
        format!(
            "The path is relative to `{}` on the API's host.",
            docs::code(server)
        )
    } else {
        format!(
            "Sent to `{}`, unless the client has a configured base URL.",
            docs::code(server)
        )
    }
}

/// The documented headers of a success.
/// The media types that the body can have instead.
fn other_media_types(operation: &Operation) -> Option<Vec<String>> {
    let media_types = &operation.body.as_ref()?.other_media_types;
    if media_types.is_empty() {
        return None;
    }
    let names: Vec<String> = media_types
        .iter()
        .map(|media_type| format!("`{}`", docs::code(media_type)))
        .collect();
    Some(vec![format!(
        "`header(\"content-type\", …)` sends the body as another media type: {}.",
        names.join(", ")
    )])
}

fn headers(headers: &[ResponseHeader]) -> Vec<Vec<String>> {
    if headers.is_empty() {
        return Vec::new();
    }
    let intro = "`with_response` returns the response headers, which include:".to_owned();
    let list = headers.iter().map(|header| {
        let name = docs::code(&header.name);
        match docs::first_line(&header.docs) {
            about if about.is_empty() => format!("- `{name}`"),
            about => format!("- `{name}`: {about}"),
        }
    });
    vec![vec![intro], list.collect()]
}

/// The error bodies that differ from the API's common error body.
fn errors(api: &Api, operation: &Operation) -> Vec<Vec<String>> {
    let listed: Vec<String> = operation
        .errors
        .iter()
        .filter(|error| error.body != api.errors.body)
        .filter_map(|error| one_error(api, error))
        .collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let intro = "These errors have their own body, which `body_as` of the error decodes:";
    vec![vec!["# Errors".to_owned()], vec![intro.to_owned()], listed]
}

fn one_error(api: &Api, error: &ErrorResponse) -> Option<String> {
    let body = type_name(api, error.body.as_ref()?);
    let status = docs::code(&error.status);
    Some(match docs::first_line(&error.docs) {
        about if about.is_empty() => format!("- `{status}`: {body}"),
        about => format!("- `{status}`: {body}. {about}"),
    })
}

/// A type in running text; a named one is a link.
fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => match api.types.get(id) {
            Some(definition) => {
                let name = definition.name.ident.plain();
                let path = public_path(id, definition);
                format!("[`{name}`](crate::{}::{path})", api.name)
            }
            None => "JSON".to_owned(),
        },
        Type::List(item) => format!("a list of {}", type_name(api, item)),
        Type::Map(value) => format!("a map of {}", type_name(api, value)),
        Type::Nullable(inner) | Type::Boxed(inner) | Type::JsonText(inner) => type_name(api, inner),
        Type::String => "a string".to_owned(),
        _ => "JSON".to_owned(),
    }
}
