use super::schema::Schemas;
use crate::config::{CursorRule, OffsetRule};
use sdk_model::{BodyContent, Envelope, Operation, Pagination, ResponseContent, Type};
use sdk_openapi::Node;

/// How an operation's pages follow one another, where it has the parameters and the answer of
/// one of codegen.yaml's rules. `body` is the schema of the answer, envelope and all.
pub(super) fn of<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: Option<&Node<'d>>,
) -> Option<Pagination> {
    let rules = &schemas.config.pagination;
    let body = body?;
    if let Some(rule) = &rules.cursor
        && let Some(found) = cursor(schemas, operation, body, rule)
    {
        return Some(found);
    }
    rules
        .offset
        .as_ref()
        .and_then(|rule| offset(schemas, operation, body, rule))
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

/// What the call returns, and its wrapper.
fn answer(operation: &Operation) -> Option<(&Type, Option<&Envelope>)> {
    match &operation.success.content {
        ResponseContent::Json { ty, envelope } => Some((ty, envelope.as_ref())),
        _ => None,
    }
}

fn offset<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &OffsetRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.offset)?;
    takes(operation, &rule.limit)?;
    let (answer, envelope) = answer(operation)?;
    let total = rule.total.as_deref().map(self::pointer);
    let (items, item, items_required, total) = match answer {
        // The document has no schema for a wrapper that may be there, so the rule's word stands.
        Type::List(item) => {
            let wrapped = envelope.is_some_and(|envelope| envelope.optional);
            (
                String::new(),
                (**item).clone(),
                true,
                total.filter(|_| wrapped),
            )
        }
        _ => {
            let key = rule.items.as_ref()?;
            let pointer = pointer(key);
            let item = list_at(schemas, body, &pointer)?;
            let total = total.filter(|total| at(schemas, body, total).is_some());
            let items_required = is_required(schemas, body, &pointer);
            (pointer, item, items_required, total)
        }
    };
    let limit = operation
        .query
        .iter()
        .find(|parameter| parameter.name.wire == rule.limit);
    let default_limit = limit
        .and_then(|parameter| parameter.default.as_ref())
        .and_then(serde_json::Value::as_u64);
    let max_limit = limit
        .and_then(|parameter| schemas.document.node(&parameter.origin.child("schema")))
        .and_then(|schema| schemas.flat(&schema).maximum);
    Some(Pagination::Offset {
        offset: rule.offset.clone(),
        limit: rule.limit.clone(),
        default_limit,
        max_limit,
        items,
        total,
        item,
        items_required,
        in_body,
    })
}

fn cursor<'d>(
    schemas: &mut Schemas<'d, '_>,
    operation: &Operation,
    body: &Node<'d>,
    rule: &CursorRule,
) -> Option<Pagination> {
    let in_body = takes(operation, &rule.cursor)?;
    let (_, envelope) = answer(operation)?;
    let items = pointer(
        rule.items
            .as_deref()
            .or(envelope.map(|it| it.key.as_str()))?,
    );
    at(schemas, body, &rule.next)?;
    let item = list_at(schemas, body, &items)?;
    // A response without its envelope is an error.
    let items_required = rule.items.is_none() || is_required(schemas, body, &items);
    Some(Pagination::Cursor {
        cursor: rule.cursor.clone(),
        next: pointer(&rule.next),
        items,
        item,
        items_required,
        in_body,
    })
}

/// A member's name, or a JSON pointer, as a JSON pointer.
fn pointer(text: &str) -> String {
    if text.is_empty() || text.starts_with('/') {
        text.to_owned()
    } else {
        format!("/{}", text.replace('~', "~0").replace('/', "~1"))
    }
}

/// The schema of what a JSON pointer leads to in a body.
fn at<'d>(schemas: &mut Schemas<'d, '_>, body: &Node<'d>, pointer: &str) -> Option<Node<'d>> {
    let mut node = body.clone();
    for token in pointer.split('/').filter(|token| !token.is_empty()) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let flat = schemas.flat(&node);
        node = flat.properties.get(token.as_str())?.first()?.clone();
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
        schema.is_some_and(|schema| schemas.flat(&schema).required.contains(&name.as_str()))
    })
}

/// The type of the items of the list that a JSON pointer leads to.
fn list_at<'d>(schemas: &mut Schemas<'d, '_>, body: &Node<'d>, pointer: &str) -> Option<Type> {
    let node = at(schemas, body, pointer)?;
    match schemas.use_of(&node).ty {
        Type::List(item) => Some(*item),
        _ => None,
    }
}
