//! The summary of an API in API.md: its operations and types, each with its members.

use serde::Serialize;

use super::type_name::type_name;
use crate::emit::{docs, public_path};
use sdk_model::{
    Api, Body, BodyContent, EventFormat, Field, Operation, Parameter, Part, PartContent, Presence,
    ResponseContent, Shape, Streaming, Type, TypeDef, TypeId,
};

/// A longer item has its members on lines of their own.
const MAX_WIDTH: usize = 100;

/// An operation or a type in Markdown.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Item {
    line: String,
    members: Vec<String>,
}

impl Item {
    /// `start` members `end`, `after`; the members below it if that is too long.
    fn new(start: &str, members: &[String], separator: &str, end: &str, after: &str) -> Self {
        let line = format!("{start}{}{end}", members.join(separator));
        if members.len() < 2 || line.chars().count() <= MAX_WIDTH {
            return Self {
                line: format!("`{}`{after}", code(&line)),
                members: Vec::new(),
            };
        }
        Self {
            line: format!("`{}`{after}", code(&format!("{start}…{end}"))),
            members: members.iter().map(|it| format!("`{}`", code(it))).collect(),
        }
    }
}

/// Text between backticks.
fn code(text: &str) -> String {
    docs::code(&text.replace('`', "'"))
}

/// `sessions().list(limit?: i64) -> Vec<Session>`: `GET /sessions`.
pub(super) fn operation(api: &Api, receiver: &str, operation: &Operation) -> Item {
    let parameters = [
        &operation.path_params,
        &operation.query,
        &operation.headers,
        &operation.cookies,
    ];
    let parameters = parameters.into_iter().flatten();
    let mut inputs: Vec<String> = parameters.map(|it| parameter(api, it)).collect();
    if let Some(body) = &operation.body {
        body_inputs(api, body, &mut inputs);
    }
    let name = operation.name.ident.plain();
    let mut response = response(api, &operation.success.content);
    if let Some(Streaming { ty, format, .. }) = &operation.streaming {
        response.push_str(&format!(" or {}", events(api, ty, *format)));
    }
    let line = format!("{} {}", operation.method.as_str(), operation.path.text);
    let paged = operation.pagination.as_ref().map_or("", |_| ", paged");
    let deprecated = operation
        .deprecation
        .as_ref()
        .map_or("", |_| ", deprecated");
    Item::new(
        &format!("{receiver}{name}("),
        &inputs,
        ", ",
        &format!(") -> {response}"),
        &format!(": `{}`{paged}{deprecated}", code(&line)),
    )
}

/// A parameter. Null is possible only where it is required: an optional one is absent instead.
fn parameter(api: &Api, parameter: &Parameter) -> String {
    let presence = match parameter.presence {
        Presence::OptionalNullable => Presence::Optional,
        presence => presence,
    };
    input(api, parameter.name.ident.plain(), presence, &parameter.ty)
}

fn input(api: &Api, name: &str, presence: Presence, ty: &Type) -> String {
    let optional = if presence.is_required() { "" } else { "?" };
    let ty = type_name(api, ty);
    if presence.is_nullable() {
        format!("{name}{optional}: {ty} or null")
    } else {
        format!("{name}{optional}: {ty}")
    }
}

fn field(api: &Api, field: &Field) -> String {
    input(api, field.name.ident.plain(), field.presence, &field.ty)
}

fn body_inputs(api: &Api, body: &Body, inputs: &mut Vec<String>) {
    let whole = |ty: &str| format!("body{}: {ty}", if body.required { "" } else { "?" });
    match &body.content {
        BodyContent::JsonFields(fields) => inputs.extend(fields.iter().map(|f| field(api, f))),
        BodyContent::FormFields(parts) => {
            inputs.extend(parts.iter().map(|part| field(api, &part.field)));
        }
        BodyContent::Multipart { parts, open } => {
            inputs.extend(parts.iter().map(|one| part(api, one)));
            if *open {
                let mark = if body.required && parts.is_empty() {
                    ""
                } else {
                    "?"
                };
                inputs.push(format!("other_parts{mark}: parts"));
            }
        }
        BodyContent::UnnamedParts { .. } => inputs.push(whole("parts")),
        BodyContent::Json(ty) | BodyContent::Form { ty, .. } => {
            inputs.push(whole(&type_name(api, ty)));
        }
        BodyContent::JsonItems { ty, .. } => {
            inputs.push(whole(&format!("items of {}", type_name(api, ty))));
        }
        BodyContent::Text => inputs.push(whole("String")),
        BodyContent::Bytes => inputs.push(whole("Body")),
    }
}

fn part(api: &Api, part: &Part) -> String {
    let mark = if part.field.presence.is_required() {
        ""
    } else {
        "?"
    };
    match part.content {
        PartContent::File => format!("{}{mark}: file", part.field.name.ident.plain()),
        PartContent::Raw => format!("{}{mark}: part", part.field.name.ident.plain()),
        PartContent::Value | PartContent::Json => field(api, &part.field),
    }
}

fn response(api: &Api, content: &ResponseContent) -> String {
    match content {
        ResponseContent::Location => "String".to_owned(),
        ResponseContent::Empty => "()".to_owned(),
        ResponseContent::Json { ty, .. } | ResponseContent::JsonOrText(ty) => type_name(api, ty),
        ResponseContent::Text => "String".to_owned(),
        ResponseContent::Bytes => "ByteStream".to_owned(),
        ResponseContent::Events { ty, format } => events(api, ty, *format),
    }
}

fn events(api: &Api, ty: &Type, format: EventFormat) -> String {
    let format = match format {
        EventFormat::ServerSentEvents
        | EventFormat::DescribedEvents
        | EventFormat::DescribedJsonEvents => "events",
        EventFormat::JsonLines => "lines",
        EventFormat::JsonSequence => "records",
    };
    format!("{format} of {}", type_name(api, ty))
}

/// The types, sorted by path.
pub(super) fn types(api: &Api) -> Vec<Item> {
    let types = api.types.iter();
    types
        .map(|(id, definition)| type_item(api, id, definition))
        .collect()
}

fn type_item(api: &Api, id: &TypeId, definition: &TypeDef) -> Item {
    let path = public_path(id, definition);
    let alternatives =
        |values: Vec<String>| Item::new(&format!("{path} = "), &values, " | ", "", "");
    match &definition.shape {
        Shape::Struct { fields, additional } => {
            let mut members: Vec<String> = fields.iter().map(|f| field(api, f)).collect();
            let additional = additional.iter();
            members.extend(additional.map(|ty| format!("*: {}", type_name(api, ty))));
            Item::new(&format!("{path} {{ "), &members, ", ", " }", "")
        }
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => {
            alternatives(values.iter().map(|it| it.name.wire.clone()).collect())
        }
        Shape::Union { variants, .. } => {
            let payload = |ty| type_name(api, ty);
            let variants = variants.iter();
            alternatives(
                variants
                    .map(|it| format!("{}({})", it.name.ident.plain(), payload(&it.ty)))
                    .collect(),
            )
        }
        Shape::Alias(ty) => alternatives(vec![type_name(api, ty)]),
    }
}
