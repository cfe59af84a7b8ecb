//! What a successful response holds, and several of them as one.

use super::super::media_type::MediaKind;
use super::super::schema::{ResolvedType, Schemas};
use super::super::select::signature;
use super::{envelope, is_redirect, stream};
use sdk_model::{ResponseContent, Type};
use sdk_openapi::{MediaTypeView, Node, OperationView, ResponseView};

/// The content of one response.
pub(super) fn of<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
    media: Option<&MediaTypeView<'d>>,
) -> ResponseContent {
    if is_redirect(response) {
        return ResponseContent::Location;
    }
    let Some(media) = media else {
        return ResponseContent::Empty;
    };
    if let (true, Some(schema)) = (MediaKind::of(media.media_type).is_json(), &media.schema)
        && let Some(unwrapped) = envelope::unwrapped(schemas, view, response, schema)
    {
        return unwrapped;
    }
    of_media_type(schemas, media)
}

/// The content that a media type describes, whatever wraps it.
pub(super) fn of_media_type<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
) -> ResponseContent {
    if let Some(format) = stream::event_format(schemas, media) {
        let ty = stream::event_type(schemas, media);
        return ResponseContent::Events { ty, format };
    }
    match (MediaKind::of(media.media_type), &media.schema) {
        (MediaKind::Json | MediaKind::JsonSuffix, None) => bare(Type::Json),
        (MediaKind::Json | MediaKind::JsonSuffix | MediaKind::Any, Some(schema)) => {
            json(schemas, schema)
        }
        (MediaKind::Text | MediaKind::Form, _) => ResponseContent::Text,
        _ => ResponseContent::Bytes,
    }
}

/// JSON without an envelope.
fn bare(ty: Type) -> ResponseContent {
    ResponseContent::Json { ty, envelope: None }
}

fn json<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>) -> ResponseContent {
    let found = schemas.resolve(schema);
    if found.ty == Type::Binary {
        return ResponseContent::Bytes;
    }
    bare(whole(found))
}

/// A type as the whole of a response.
pub(super) fn whole(found: ResolvedType) -> Type {
    if found.nullable && found.ty != Type::Json {
        Type::Nullable(Box::new(found.ty))
    } else {
        found.ty
    }
}

/// Several kinds of success as one: empty and another is an option, several types are a
/// union named after the operation.
pub(super) fn joined<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    mut found: Vec<(String, ResponseContent)>,
) -> ResponseContent {
    let empty = found
        .iter()
        .any(|(_, content)| *content == ResponseContent::Empty);
    found.retain(|(_, content)| *content != ResponseContent::Empty);
    let is_value = |content: &ResponseContent| {
        matches!(
            content,
            ResponseContent::Json { envelope: None, .. } | ResponseContent::Text
        )
    };
    if found.len() > 1 && found.iter().all(|(_, content)| is_value(content)) {
        return of_values(schemas, view, found, empty);
    }
    let bytes = |(_, content): &(String, ResponseContent)| *content == ResponseContent::Bytes;
    if found.len() > 1 && found.iter().any(bytes) {
        for (status, _) in found.iter().filter(|content| !bytes(content)) {
            schemas.omit(
                format!("the type of {} with {status}", signature(view)),
                "another success is bytes, so that all of them come as a stream".to_owned(),
                &view.origin().child("responses").child(status),
            );
        }
        return ResponseContent::Bytes;
    }
    for (status, _) in found.iter().skip(1) {
        schemas.inexpressible(
            &view.origin().child("responses").child(status),
            format!(
                "{} has responses with several kinds of content; `{status}` is not the first",
                signature(view)
            ),
            "returning this response undecoded",
            format!("{} with the response `{status}`", signature(view)),
        );
    }
    match found.into_iter().next() {
        None => ResponseContent::Empty,
        Some((_, ResponseContent::Json { ty, envelope: None })) => bare(optional(ty, empty)),
        Some((_, content)) => content,
    }
}

/// Several types of JSON, or JSON and text: a union named after the operation.
fn of_values<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    found: Vec<(String, ResponseContent)>,
    empty: bool,
) -> ResponseContent {
    let text = found
        .iter()
        .any(|(_, content)| *content == ResponseContent::Text);
    let types = found.into_iter().map(|(status, content)| match content {
        ResponseContent::Json { ty, .. } => (status, ty),
        _ => (status, Type::String),
    });
    let ty = schemas.response_union(view.origin(), types.collect());
    if text {
        ResponseContent::JsonOrText(optional(ty, empty))
    } else {
        bare(optional(ty, empty))
    }
}

fn optional(ty: Type, empty: bool) -> Type {
    match ty {
        Type::Nullable(_) | Type::Json => ty,
        ty if empty => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}
