//! The summary of the API: operations and types.

use super::type_name::type_name;
use sdk_model::{
    Api, Body, BodyContent, EventFormat, Field, Operation, Presence, ResponseContent, Shape,
    Streaming, Type, TypeDef, TypeId,
};

/// `sessions().list(limit?: i64) -> Vec<Session>: GET /sessions`.
pub(super) fn operation(api: &Api, receiver: &str, operation: &Operation) -> String {
    let parameters = [
        &operation.path_params,
        &operation.query,
        &operation.headers,
        &operation.cookies,
    ];
    let mut inputs: Vec<String> = parameters
        .into_iter()
        .flatten()
        .map(|parameter| {
            input(
                api,
                parameter.name.ident.plain(),
                parameter.presence,
                &parameter.ty,
            )
        })
        .collect();
    if let Some(body) = &operation.body {
        body_inputs(api, body, &mut inputs);
    }
    let name = operation.name.ident.plain();
    let mut response = response(api, &operation.success.content);
    if let Some(Streaming { ty, format, .. }) = &operation.streaming {
        response.push_str(&format!(" or {}", events(api, ty, *format)));
    }
    let line = format!("{} {}", operation.method.as_str(), operation.path.text);
    let deprecated = if operation.deprecation.is_some() {
        ", deprecated"
    } else {
        ""
    };
    let paged = if operation.pagination.is_some() {
        ", paged"
    } else {
        ""
    };
    let inputs = inputs.join(", ");
    format!(
        "`{}`: `{}`{paged}{deprecated}",
        clean(&format!("{receiver}{name}({inputs}) -> {response}")),
        clean(&line)
    )
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
        BodyContent::Multipart(parts) => inputs.extend(parts.iter().map(|part| {
            let mark = if part.field.presence.is_required() {
                ""
            } else {
                "?"
            };
            if part.file {
                format!("{}{mark}: file", part.field.name.ident.plain())
            } else {
                field(api, &part.field)
            }
        })),
        BodyContent::Json(ty) | BodyContent::Form(ty) => inputs.push(whole(&type_name(api, ty))),
        BodyContent::Text => inputs.push(whole("String")),
        BodyContent::Bytes => inputs.push(whole("Body")),
    }
}

fn response(api: &Api, content: &ResponseContent) -> String {
    match content {
        ResponseContent::Empty => "()".to_owned(),
        ResponseContent::Json { ty, .. } | ResponseContent::JsonOrText(ty) => type_name(api, ty),
        ResponseContent::Text => "String".to_owned(),
        ResponseContent::Bytes => "ByteStream".to_owned(),
        ResponseContent::Events { ty, format } => events(api, ty, *format),
    }
}

fn events(api: &Api, ty: &Type, format: EventFormat) -> String {
    let format = match format {
        EventFormat::ServerSentEvents => "events",
        EventFormat::JsonLines => "lines",
    };
    format!("{format} of {}", type_name(api, ty))
}

/// One line a type, sorted by path.
pub(super) fn types(api: &Api) -> Vec<String> {
    api.types
        .iter()
        .map(|(id, definition)| one(api, id, definition))
        .collect()
}

fn one(api: &Api, id: &TypeId, definition: &TypeDef) -> String {
    let parts = |parts: Vec<String>, between: &str| parts.join(between);
    let content = match &definition.shape {
        Shape::Struct { fields, additional } => {
            let mut members: Vec<String> = fields.iter().map(|f| field(api, f)).collect();
            members.extend(
                additional
                    .iter()
                    .map(|ty| format!("*: {}", type_name(api, ty))),
            );
            format!("{{ {} }}", parts(members, ", "))
        }
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => {
            let values = values.iter().map(|value| value.name.wire.clone()).collect();
            format!("= {}", parts(values, " | "))
        }
        Shape::Union { variants, .. } => {
            let variants = variants
                .iter()
                .map(|variant| {
                    format!(
                        "{}({})",
                        variant.name.ident.plain(),
                        type_name(api, &variant.ty)
                    )
                })
                .collect();
            format!("= {}", parts(variants, " | "))
        }
        Shape::Alias(ty) => format!("= {}", type_name(api, ty)),
    };
    format!(
        "`{}`",
        clean(&format!("{} {content}", public_path(id, definition)))
    )
}

/// A component's path is the re-exported one.
fn public_path(id: &TypeId, definition: &TypeDef) -> String {
    if definition.parent.is_none() && definition.module.0.len() == 2 && id.0.starts_with("types::")
    {
        format!("types::{}", definition.name.ident)
    } else {
        id.0.clone()
    }
}

/// Text inside backticks.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c == '`' || c.is_control() { '\'' } else { c })
        .collect()
}
