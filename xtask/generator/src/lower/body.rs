use super::content::Media;
use super::schema::{Additional, Flat, Schemas};
use sdk_model::names::{Claim, Scope};
use sdk_model::{Body, BodyContent, Constraints, Field, Part, Style, Type};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{MediaTypeView, Node, OperationView};

/// Lowers an operation's request body. Its fields' setters share the parameters' scope.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    scope: &mut Scope,
) -> Option<Body> {
    let request = view.request_body.as_ref()?;
    let media = preferred(&request.content)?;
    for other in &request.content {
        let same_schema = other.schema.as_ref().map(|node| node.value)
            == media.schema.as_ref().map(|node| node.value);
        let same_kind = Media::of(other.media_type) == Media::of(media.media_type);
        if !same_schema && !same_kind && !Media::of(other.media_type).is_json() {
            schemas.omit(
                format!(
                    "{} as `{}`",
                    super::select::signature(view),
                    other.media_type
                ),
                format!("the body is sent as `{}`", media.media_type),
                &other.node.origin,
            );
        }
    }
    let content = content(schemas, media, scope);
    Some(Body {
        required: request.required,
        docs: request.description.unwrap_or_default().trim().to_owned(),
        media_type: wire_type(media.media_type, &content),
        content,
        constraints: Constraints::default(),
        origin: request.node.origin.clone(),
    })
}

/// Whether the body is one argument or setter, not one a field.
pub(super) fn is_whole<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>) -> bool {
    let content = view.request_body.iter().flat_map(|body| &body.content);
    let Some(media) = content.min_by_key(|media| Media::of(media.media_type)) else {
        return false;
    };
    match (Media::of(media.media_type), &media.schema) {
        (Media::Multipart, _) => false,
        (Media::Json | Media::JsonKin | Media::Any | Media::Form, Some(schema)) => {
            inline_object(schemas, schema).is_none()
        }
        _ => true,
    }
}

/// The media type to send: the one that the SDK can say most with.
pub(super) fn preferred<'v, 'd>(content: &'v [MediaTypeView<'d>]) -> Option<&'v MediaTypeView<'d>> {
    content
        .iter()
        .min_by_key(|media| Media::of(media.media_type))
}

/// A range is no media type to send; its commonest member is.
fn wire_type(told: &str, content: &BodyContent) -> String {
    if !told.contains('*') {
        return told.to_owned();
    }
    let usual = match content {
        BodyContent::JsonFields(_) | BodyContent::Json(_) => "application/json",
        BodyContent::FormFields(_) | BodyContent::Form(_) => "application/x-www-form-urlencoded",
        BodyContent::Multipart(_) => "multipart/form-data",
        BodyContent::Text => "text/plain",
        BodyContent::Bytes => "application/octet-stream",
    };
    usual.to_owned()
}

fn content<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    scope: &mut Scope,
) -> BodyContent {
    let kind = Media::of(media.media_type);
    let Some(schema) = &media.schema else {
        return match kind {
            Media::Json | Media::JsonKin => BodyContent::Json(Type::Json),
            Media::Text => BodyContent::Text,
            Media::Multipart => BodyContent::Multipart(Vec::new()),
            Media::Form => BodyContent::Form(Type::Map(Box::new(Type::String))),
            Media::Any | Media::Bytes | Media::Events | Media::JsonLines => BodyContent::Bytes,
        };
    };
    match kind {
        Media::Json | Media::JsonKin | Media::Any => json(schemas, schema, scope),
        Media::Form => match inline_object(schemas, schema) {
            Some(fields) => BodyContent::FormFields(parts(schemas, media, named(fields, scope))),
            None => BodyContent::Form(schemas.use_of(schema).ty),
        },
        Media::Multipart => {
            let fields = every_member(schemas, schema);
            if fields.is_empty() {
                schemas.omit(
                    format!("the parts of `{}`", media.media_type),
                    "the document names none".to_owned(),
                    &media.node.origin,
                );
            }
            BodyContent::Multipart(parts(schemas, media, named(fields, scope)))
        }
        Media::Text => BodyContent::Text,
        Media::Bytes | Media::Events | Media::JsonLines => BodyContent::Bytes,
    }
}

fn json<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>, scope: &mut Scope) -> BodyContent {
    if let Some(mut fields) = inline_object(schemas, schema) {
        for field in &mut fields {
            field.ty = super::schema::as_text(std::mem::replace(&mut field.ty, Type::Json));
        }
        return BodyContent::JsonFields(named(fields, scope));
    }
    let found = schemas.use_of(schema);
    match found.ty {
        Type::Binary => BodyContent::Bytes,
        ty if found.nullable && ty != Type::Json => BodyContent::Json(Type::Nullable(Box::new(ty))),
        ty => BodyContent::Json(ty),
    }
}

/// The properties of an object that is described on the spot: each becomes an argument or a
/// setter. What is named, or more than its properties, is handed over whole.
fn inline_object<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>) -> Option<Vec<Field>> {
    let view = schemas.schema(schema).ok()?;
    if view.reference.is_some() {
        return None;
    }
    let flat = schemas.flat(schema);
    if let Some(only) = schemas.wrapped(&view, &flat) {
        return inline_object(schemas, &only);
    }
    let open = matches!(flat.additional, Additional::Any | Additional::Schemas(_));
    let sanitize = flat.is_object()
        && !flat.properties.is_empty()
        && flat.patterns.is_empty()
        && !has_alternatives(schemas, &flat)
        && !open;
    sanitize.then(|| taken(schemas.members(&schema.origin, &flat)))
}

fn has_alternatives<'d>(schemas: &mut Schemas<'d, '_>, flat: &Flat<'d>) -> bool {
    flat.alternatives
        .iter()
        .flat_map(|list| list.members.iter())
        .any(|member| !schemas.flat(member).is_condition())
}

/// The parts of a multipart body: all properties, those of alternatives too.
fn every_member<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>) -> Vec<Field> {
    let flat = schemas.flat(schema);
    let target = flat.origin.clone();
    let mut fields = taken(schemas.members(&target, &flat));
    for member in flat
        .alternatives
        .iter()
        .flat_map(|list| list.members.iter())
    {
        let flat = schemas.flat(member);
        for mut field in taken(schemas.members(&member.origin, &flat)) {
            if !fields
                .iter()
                .any(|known| known.name.wire == field.name.wire)
            {
                field.presence = sdk_model::Presence::of(false, field.presence.is_nullable());
                fields.push(field);
            }
        }
    }
    fields
}

/// What the server takes.
fn taken(fields: Vec<Field>) -> Vec<Field> {
    fields
        .into_iter()
        .filter(|field| !field.read_only)
        .collect()
}

/// Gives the fields names in the builder's scope.
fn named(mut fields: Vec<Field>, scope: &mut Scope) -> Vec<Field> {
    let wires: Vec<String> = fields.iter().map(|field| field.name.wire.clone()).collect();
    let claims: Vec<Claim<'_>> = wires
        .iter()
        .map(|wire| Claim {
            apart: &["field"],
            ..Claim::of(wire)
        })
        .collect();
    for (field, ident) in fields.iter_mut().zip(scope.claim_all(&claims)) {
        field.name.ident = ident;
    }
    fields
}

fn parts(
    schemas: &mut Schemas<'_, '_>,
    media: &MediaTypeView<'_>,
    fields: Vec<Field>,
) -> Vec<Part> {
    fields
        .into_iter()
        .map(|field| {
            let encoding = media
                .encoding
                .iter()
                .find(|(name, _)| *name == field.name.wire)
                .map(|(_, encoding)| encoding);
            let media_type = encoding.and_then(|encoding| encoding.text("contentType"));
            let style = encoding.and_then(|encoding| encoding.text("style"));
            let style = match style {
                None | Some("form") => Style::Form,
                Some("spaceDelimited") => Style::SpaceDelimited,
                Some("pipeDelimited") => Style::PipeDelimited,
                Some("deepObject") => Style::DeepObject,
                Some(other) => {
                    schemas.inexpressible(
                        &media.node.origin,
                        format!("there is no style `{}`", sanitize(other)),
                        "the usual style is taken",
                        format!("the style `{}`", sanitize(other)),
                    );
                    Style::Form
                }
            };
            let explode = encoding.and_then(|encoding| encoding.get("explode"));
            Part {
                file: is_file(&field.ty),
                media_type: media_type
                    .filter(|told| !told.contains([',', '*']))
                    .map(str::to_owned),
                style,
                explode: explode
                    .and_then(|node| node.value.as_bool())
                    .unwrap_or(style == Style::Form),
                field,
            }
        })
        .collect()
}

fn is_file(ty: &Type) -> bool {
    match ty {
        Type::Binary => true,
        Type::List(inner) | Type::Nullable(inner) => is_file(inner),
        _ => false,
    }
}
