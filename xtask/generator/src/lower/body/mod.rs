//! Request bodies.

mod choice;
mod form;
mod parts;

use super::media_type::MediaKind;
use super::schema::Schemas;
use choice::Other;
pub(super) use choice::is_structured;
use sdk_model::names::{Claim, Scope};
use sdk_model::{Body, BodyContent, Constraints, Field, JsonItemFormat, Presence, Type};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{AdditionalProperties, Document, MediaTypeView, Node, OperationView, Schema};

/// The body that one of an operation's methods sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum BodyChoice {
    /// The default one.
    #[default]
    Default,
    /// The media type at this index of `content`.
    At(usize),
}

/// The media types that have methods of their own, each with its choice and a word for its name.
pub(super) fn own_methods(
    document: &Document,
    view: &OperationView<'_>,
) -> Vec<(BodyChoice, String)> {
    let Some(request) = &view.request_body else {
        return Vec::new();
    };
    let others = choice::others(document, &request.content);
    let methods = others.into_iter().filter_map(|(media, other)| {
        let Other::Method(word) = other else {
            return None;
        };
        let is_media = |one: &MediaTypeView<'_>| one.node.origin == media.node.origin;
        let index = request.content.iter().position(is_media)?;
        Some((BodyChoice::At(index), word))
    });
    methods.collect()
}

/// The media type that a choice means.
fn chosen<'v, 'd>(
    document: &'d Document,
    content: &'v [MediaTypeView<'d>],
    choice: BodyChoice,
) -> Option<&'v MediaTypeView<'d>> {
    match choice {
        BodyChoice::Default => choice::default(document, content),
        BodyChoice::At(index) => content.get(index),
    }
}

/// Lowers an operation's request body. Its fields' setters share the parameters' scope.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    choice: BodyChoice,
    scope: &mut Scope,
) -> Option<Body> {
    let request = view.request_body.as_ref()?;
    let media = chosen(schemas.document, &request.content, choice)?;
    let mut other_media_types = Vec::new();
    let mut encodings = Vec::new();
    if choice == BodyChoice::Default {
        for (other, way) in choice::others(schemas.document, &request.content) {
            match way {
                Other::SameContent if !other.media_type.contains('*') => {
                    other_media_types.push(other.media_type.to_owned());
                }
                Other::Encoding(encoding) => encodings.push(encoding),
                Other::Omitted(reason) => schemas.omit(
                    format!(
                        "{} as `{}`",
                        super::select::signature(view),
                        sanitize(other.media_type)
                    ),
                    reason.to_owned(),
                    &other.node.origin,
                ),
                Other::SameContent | Other::Covered | Other::Method(_) => {}
            }
        }
    }
    let content = content(schemas, media, request.required, scope);
    Some(Body {
        required: request.required,
        docs: request.description.unwrap_or_default().trim().to_owned(),
        media_type: wire_type(media.media_type, &content),
        content,
        constraints: Constraints::default(),
        other_media_types,
        encodings,
        origin: request.node.origin.clone(),
    })
}

/// Whether the body is one argument or setter, not one per field.
pub(super) fn is_whole<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    choice: BodyChoice,
) -> bool {
    let Some(request) = &view.request_body else {
        return false;
    };
    let Some(media) = chosen(schemas.document, &request.content, choice) else {
        return false;
    };
    match (MediaKind::of(media.media_type), &media.schema) {
        (MediaKind::Multipart, _) => names_parts(schemas, media).is_none(),
        (
            MediaKind::Json | MediaKind::JsonSuffix | MediaKind::Any | MediaKind::Form,
            Some(schema),
        ) => inline_object(schemas, schema, request.required).is_none(),
        _ => true,
    }
}

/// The default media type of a body.
pub(super) fn preferred<'v, 'd>(
    document: &'d Document,
    content: &'v [MediaTypeView<'d>],
) -> Option<&'v MediaTypeView<'d>> {
    choice::default(document, content)
}

/// The media type to send. A range is none; its commonest member is.
fn wire_type(declared: &str, content: &BodyContent) -> String {
    if !declared.contains('*') {
        return declared.to_owned();
    }
    let common = match content {
        BodyContent::JsonFields(_) | BodyContent::Json(_) => "application/json",
        BodyContent::JsonItems { .. } => "application/jsonl",
        BodyContent::FormFields(_) | BodyContent::Form { .. } => {
            "application/x-www-form-urlencoded"
        }
        BodyContent::Multipart { .. } => "multipart/form-data",
        BodyContent::UnnamedParts { .. } => "multipart/mixed",
        BodyContent::Text => "text/plain",
        BodyContent::Bytes => "application/octet-stream",
    };
    common.to_owned()
}

fn content<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    required: bool,
    scope: &mut Scope,
) -> BodyContent {
    let kind = MediaKind::of(media.media_type);
    match (kind, &media.schema) {
        (MediaKind::Json | MediaKind::JsonSuffix, None) => BodyContent::Json(Type::Json),
        (MediaKind::Json | MediaKind::JsonSuffix | MediaKind::Any, Some(schema)) => {
            json(schemas, schema, required, scope)
        }
        (MediaKind::JsonLines, _) => json_items(schemas, media, JsonItemFormat::Lines),
        (MediaKind::JsonSequence, _) => json_items(schemas, media, JsonItemFormat::Sequence),
        (MediaKind::Form, None) => BodyContent::Form {
            ty: Type::Map(Box::new(Type::String)),
            styles: form::styles(schemas, media),
        },
        (MediaKind::Form, Some(schema)) => match inline_object(schemas, schema, required) {
            Some(fields) => {
                let fields = named(fields, scope);
                BodyContent::FormFields(form::fields(schemas, media, fields))
            }
            None => BodyContent::Form {
                ty: schemas.resolve(schema).ty,
                styles: form::styles(schemas, media),
            },
        },
        (MediaKind::Multipart, _) => multipart(schemas, media, required, scope),
        (MediaKind::Text, schema) => {
            if choice::is_structured(schemas.document, schema.as_ref()) {
                report_untyped(schemas, media);
            }
            BodyContent::Text
        }
        (MediaKind::Any, None) | (MediaKind::Bytes | MediaKind::Events, _) => BodyContent::Bytes,
    }
}

/// Reports that a schema's content is passed as text.
fn report_untyped(schemas: &mut Schemas<'_, '_>, media: &MediaTypeView<'_>) {
    schemas.omit(
        format!("the type of the `{}` body", sanitize(media.media_type)),
        "only JSON, forms and parts are written from a schema: the body is passed as text"
            .to_owned(),
        &media.node.origin,
    );
}

fn json_items<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    format: JsonItemFormat,
) -> BodyContent {
    let schema = media.item_schema.as_ref().or(media.schema.as_ref());
    match schema.map(|schema| schemas.resolve(schema).ty) {
        None | Some(Type::String | Type::Binary) => BodyContent::Bytes,
        Some(Type::List(item)) if media.item_schema.is_none() => {
            BodyContent::JsonItems { ty: *item, format }
        }
        Some(ty) => BodyContent::JsonItems { ty, format },
    }
}

/// The named parts of a multipart body, and whether there may be others; none where its parts
/// have no names.
fn names_parts<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
) -> Option<(Vec<Field>, bool)> {
    let is_form = media.media_type.contains("form-data");
    let Some(schema) = &media.schema else {
        return is_form.then_some((Vec::new(), true));
    };
    let fields = every_member(schemas, schema);
    let merged = schemas.merge_all_of(schema);
    let open = matches!(
        merged.additional,
        AdditionalProperties::Any | AdditionalProperties::Schemas(_)
    );
    match fields.is_empty() {
        false => Some((fields, open)),
        true => (is_form || open).then_some((fields, true)),
    }
}

/// A body without parts is optional as a whole, so each of its parts is.
fn multipart<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    required: bool,
    scope: &mut Scope,
) -> BodyContent {
    let Some((mut fields, open)) = names_parts(schemas, media) else {
        return parts::unnamed(schemas, media);
    };
    for field in fields.iter_mut().filter(|_| !required) {
        field.presence = Presence::of(false, field.presence.is_nullable());
    }
    BodyContent::Multipart {
        parts: parts::parts(schemas, media, named(fields, scope)),
        open,
    }
}

fn json<'d>(
    schemas: &mut Schemas<'d, '_>,
    schema: &Node<'d>,
    required: bool,
    scope: &mut Scope,
) -> BodyContent {
    if let Some(mut fields) = inline_object(schemas, schema, required) {
        for field in &mut fields {
            field.ty = super::schema::as_text(std::mem::replace(&mut field.ty, Type::Json));
        }
        return BodyContent::JsonFields(named(fields, scope));
    }
    let found = schemas.resolve(schema);
    match found.ty {
        Type::Binary => BodyContent::Bytes,
        ty if found.nullable && ty != Type::Json => BodyContent::Json(Type::Nullable(Box::new(ty))),
        ty => BodyContent::Json(ty),
    }
}

/// The properties of an inline object schema: each becomes an argument or a setter. What is named,
/// or more than its properties, is passed whole; so is an optional body that has required
/// properties, as it may be absent.
fn inline_object<'d>(
    schemas: &mut Schemas<'d, '_>,
    schema: &Node<'d>,
    required: bool,
) -> Option<Vec<Field>> {
    let view = schemas.schema(schema).ok()?;
    if view.reference.is_some() {
        return None;
    }
    let merged = schemas.merge_all_of(schema);
    if let Some(only) = schemas.reader().transparent_target(&view, &merged) {
        return inline_object(schemas, &only, required);
    }
    let open = matches!(
        merged.additional,
        AdditionalProperties::Any | AdditionalProperties::Schemas(_)
    );
    let only_properties = merged.is_object()
        && !merged.properties.is_empty()
        && merged.patterns.is_empty()
        && !has_alternatives(schemas, &merged)
        && !open;
    if !only_properties {
        return None;
    }
    let fields = sent(schemas.members(&schema.origin, &merged));
    let has_required = fields.iter().any(|field| field.presence.is_required());
    (required || !has_required).then_some(fields)
}

fn has_alternatives<'d>(schemas: &mut Schemas<'d, '_>, merged: &Schema<'d>) -> bool {
    merged
        .alternatives
        .iter()
        .flat_map(|list| list.members.iter())
        .any(|member| !schemas.merge_all_of(member).is_condition())
}

/// The parts of a multipart body: all properties, including those of alternatives.
fn every_member<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>) -> Vec<Field> {
    let merged = schemas.merge_all_of(schema);
    let target = merged.origin.clone();
    let mut fields = sent(schemas.members(&target, &merged));
    for member in merged
        .alternatives
        .iter()
        .flat_map(|list| list.members.iter())
    {
        let merged = schemas.merge_all_of(member);
        for mut field in sent(schemas.members(&member.origin, &merged)) {
            if !fields
                .iter()
                .any(|known| known.name.wire == field.name.wire)
            {
                field.presence = Presence::of(false, field.presence.is_nullable());
                fields.push(field);
            }
        }
    }
    fields
}

/// The fields that the server accepts.
fn sent(fields: Vec<Field>) -> Vec<Field> {
    fields
        .into_iter()
        .filter(|field| !field.read_only)
        .collect()
}

/// Names the fields in the builder's scope.
fn named(mut fields: Vec<Field>, scope: &mut Scope) -> Vec<Field> {
    let wires: Vec<String> = fields.iter().map(|field| field.name.wire.clone()).collect();
    let claims: Vec<Claim<'_>> = wires
        .iter()
        .map(|wire| Claim {
            disambiguators: &["field"],
            ..Claim::of(wire)
        })
        .collect();
    for (field, ident) in fields.iter_mut().zip(scope.claim_all(&claims)) {
        field.name.ident = ident;
    }
    fields
}
