//! What the documentation of a resource's method says.

use super::{docs, fields::plain, inputs::Input};
use sdk_model::{Api, ErrorResponse, Operation, ResponseHeader, Type};

/// The blocks of the documentation.
pub(super) fn blocks(
    api: &Api,
    operation: &Operation,
    arguments: &[&Input<'_>],
    bundled: bool,
) -> Vec<Vec<String>> {
    let line = format!(
        "`{} {}`",
        operation.method.as_str(),
        plain(&operation.path.text)
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
    if !bundled && arguments.iter().any(|argument| argument.has_docs()) {
        let list = arguments
            .iter()
            .filter(|argument| argument.has_docs())
            .flat_map(|argument| {
                docs::item(&format!("`{}`", argument.plain_name()), &argument.docs())
            });
        blocks.push(list.collect());
    }
    blocks.extend(headers(&operation.success.headers));
    blocks.extend(errors(api, operation));
    blocks
}

fn own_server(server: &str) -> String {
    if server.starts_with('/') {
        format!("It stands at `{}` on the API's host.", plain(server))
    } else {
        format!(
            "It goes to `{}`, unless the client was given a base address.",
            plain(server)
        )
    }
}

/// The headers of a success.
fn headers(headers: &[ResponseHeader]) -> Vec<Vec<String>> {
    if headers.is_empty() {
        return Vec::new();
    }
    let intro = "`with_response` gives the answer's headers, these among them:".to_owned();
    let list = headers.iter().map(|header| {
        let name = plain(&header.name);
        match docs::first_line(&header.docs) {
            about if about.is_empty() => format!("- `{name}`"),
            about => format!("- `{name}`: {about}"),
        }
    });
    vec![vec![intro], list.collect()]
}

/// The error bodies that are not what all of the API's errors are.
fn errors(api: &Api, operation: &Operation) -> Vec<Vec<String>> {
    let told: Vec<String> = operation
        .errors
        .iter()
        .filter(|error| error.body != api.errors.body)
        .filter_map(|error| one_error(api, error))
        .collect();
    if told.is_empty() {
        return Vec::new();
    }
    let intro = "Some errors have a body of their own, which `body_as` of the error reads:";
    vec![vec!["# Errors".to_owned()], vec![intro.to_owned()], told]
}

fn one_error(api: &Api, error: &ErrorResponse) -> Option<String> {
    let body = spelled(api, error.body.as_ref()?);
    let status = plain(&error.status);
    Some(match docs::first_line(&error.docs) {
        about if about.is_empty() => format!("- `{status}`: {body}"),
        about => format!("- `{status}`: {body}. {about}"),
    })
}

/// A type in running text; a named one is a link.
fn spelled(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => match api.types.get(id) {
            Some(definition) => {
                let name = definition.name.ident.plain();
                format!("[`{name}`](crate::{}::{id})", api.name)
            }
            None => "JSON".to_owned(),
        },
        Type::List(item) => format!("a list of {}", spelled(api, item)),
        Type::Map(value) => format!("a map of {}", spelled(api, value)),
        Type::Nullable(inner) | Type::Boxed(inner) => spelled(api, inner),
        Type::String => "a string".to_owned(),
        _ => "JSON".to_owned(),
    }
}
