//! How the pages of a list follow one another: by a rule of codegen.yaml, or as the document makes
//! plain.

mod detect;
mod rules;

use super::schema::Schemas;
use sdk_model::{BodyContent, Envelope, Operation, Pagination, ResponseContent, Type};
use sdk_openapi::Node;

/// How an operation's pages follow one another. `body` is the schema of the response, including its
/// envelope.
pub(super) fn of<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: Option<&Node<'d>>,
) -> Option<Pagination> {
    let config = &schemas.config.pagination;
    let body = body?;
    let signature = format!("{} {}", operation.method.as_str(), operation.path.text);
    let own = config
        .operations
        .get(&operation.id)
        .or_else(|| config.operations.get(&signature));
    match own {
        Some(Some(rule)) => rules::apply(schemas, operation, body, rule),
        Some(None) => None,
        None => {
            let general = config.rules();
            rules::apply(schemas, operation, body, &general).or_else(|| {
                let detect = schemas.config.pagination.detect;
                detect
                    .then(|| detect::detect(schemas, operation, body))
                    .flatten()
            })
        }
    }
}

/// Whether the operation takes a value of this name, and whether in its body.
fn takes(operation: &Operation, name: &str) -> Option<bool> {
    if operation
        .query
        .iter()
        .any(|parameter| parameter.name.wire == name)
    {
        return Some(false);
    }
    match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::JsonFields(fields)) => fields
            .iter()
            .any(|field| field.name.wire == name)
            .then_some(true),
        _ => None,
    }
}

/// What the call returns, and its envelope.
fn response(operation: &Operation) -> Option<(&Type, Option<&Envelope>)> {
    match &operation.success.content {
        ResponseContent::Json { ty, envelope } => Some((ty, envelope.as_ref())),
        _ => None,
    }
}

/// The default and the maximum of a parameter that limits the items of a page.
fn limits(schemas: &mut Schemas<'_, '_>, operation: &Operation, name: &str) -> [Option<u64>; 2] {
    let limit = operation
        .query
        .iter()
        .find(|parameter| parameter.name.wire == name);
    let default = limit
        .and_then(|parameter| parameter.default.as_ref())
        .and_then(serde_json::Value::as_u64);
    let maximum = limit
        .and_then(|parameter| schemas.document.node(&parameter.origin.child("schema")))
        .and_then(|schema| schemas.merge_all_of(&schema).maximum);
    [default, maximum]
}

/// A member's name, or a JSON pointer, as a JSON pointer.
fn pointer(text: &str) -> String {
    if text.is_empty() || text.starts_with('/') {
        text.to_owned()
    } else {
        format!("/{}", text.replace('~', "~0").replace('/', "~1"))
    }
}

/// The schema of the value at a JSON pointer in a body.
fn at<'d>(schemas: &mut Schemas<'d, '_>, body: &Node<'d>, pointer: &str) -> Option<Node<'d>> {
    let mut node = body.clone();
    for token in pointer.split('/').filter(|token| !token.is_empty()) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let merged = schemas.merge_all_of(&node);
        node = merged.properties.get(token.as_str())?.first()?.clone();
    }
    Some(node)
}

/// Whether each property of a JSON pointer is required in a body.
fn is_required<'d>(schemas: &mut Schemas<'d, '_>, body: &Node<'d>, pointer: &str) -> bool {
    let mut parent = String::new();
    pointer.split('/').skip(1).all(|token| {
        let schema = at(schemas, body, &parent);
        parent.push('/');
        parent.push_str(token);
        let name = token.replace("~1", "/").replace("~0", "~");
        schema.is_some_and(|schema| {
            schemas
                .merge_all_of(&schema)
                .required
                .contains(&name.as_str())
        })
    })
}

/// The type of the items of the list at a JSON pointer.
fn list_at<'d>(schemas: &mut Schemas<'d, '_>, body: &Node<'d>, pointer: &str) -> Option<Type> {
    let node = at(schemas, body, pointer)?;
    match schemas.resolve(&node).ty {
        Type::List(item) => Some(*item),
        _ => None,
    }
}
