//! The parts of multipart bodies.

use super::super::media_type::MediaKind;
use super::super::schema::Schemas;
use sdk_model::{BodyContent, Field, Part, PartContent};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{MediaTypeView, Node, Schema, SchemaType};

/// What a part's schema describes.
enum PartKind {
    /// Anything: a file, unless `encoding` says otherwise.
    Untyped,
    /// Bytes.
    Binary,
    /// Text, a number, a boolean.
    Scalar,
    /// An object, a list, or alternatives.
    Structured,
}

/// The parts of a body, each with its content.
pub(super) fn parts<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
    fields: Vec<Field>,
) -> Vec<Part> {
    let parts = fields.into_iter().map(|field| {
        let encoding = media
            .encoding
            .iter()
            .find(|(name, _)| *name == field.name.wire);
        let encoding = encoding.map(|(_, encoding)| encoding.clone());
        part(schemas, field, encoding.as_ref())
    });
    parts.collect()
}

fn part<'d>(schemas: &mut Schemas<'d, '_>, field: Field, encoding: Option<&Node<'d>>) -> Part {
    let mut media_types = encoding.map(media_types).unwrap_or_default();
    let kind = kind(schemas, &field);
    let first = media_types
        .first()
        .map(|media_type| MediaKind::of(media_type));
    let json = media_types.iter().position(|media_type| {
        let kind = MediaKind::of(media_type);
        kind.is_json() && kind != MediaKind::Any
    });
    let content = match (kind, first) {
        (PartKind::Binary, _) => PartContent::File,
        (PartKind::Untyped, _) if json == Some(0) => PartContent::Json,
        (PartKind::Untyped, _) => PartContent::File,
        (PartKind::Scalar, Some(MediaKind::Bytes)) => PartContent::File,
        (PartKind::Scalar, _) if json == Some(0) => PartContent::Json,
        (PartKind::Scalar, _) => PartContent::Value,
        (PartKind::Structured, None | Some(MediaKind::Any)) => PartContent::Value,
        (PartKind::Structured, Some(_)) if json.is_some() => PartContent::Json,
        (PartKind::Structured, Some(_)) => PartContent::Raw,
    };
    match content {
        PartContent::File => {}
        PartContent::Json => {
            let chosen = json.map(|at| media_types.swap_remove(at));
            media_types = chosen.into_iter().collect();
        }
        PartContent::Value | PartContent::Raw => {
            media_types.retain(|media_type| !media_type.contains('*'));
            media_types.truncate(1);
        }
    }
    if let (PartContent::Raw, Some(encoding)) = (content, encoding) {
        schemas.omit(
            format!("the type of the part `{}`", sanitize(&field.name.wire)),
            "only JSON is written from a schema: the caller encodes the part".to_owned(),
            &encoding.origin,
        );
    }
    if let Some(encoding) = encoding {
        report_unsupported(schemas, &field.name.wire, encoding);
    }
    Part {
        field,
        content,
        media_types,
        style: None,
    }
}

/// Reports fields of an Encoding Object that are not supported.
fn report_unsupported<'d>(schemas: &mut Schemas<'d, '_>, part: &str, encoding: &Node<'d>) {
    let headers = encoding.get("headers");
    let headers = headers.iter().flat_map(|headers| headers.members());
    for (name, header) in headers.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")) {
        schemas.omit(
            format!(
                "the header `{}` of the part `{}`",
                sanitize(name),
                sanitize(part)
            ),
            "headers of parts are set by `Part::header` only".to_owned(),
            &header.origin,
        );
    }
    for keyword in ["encoding", "prefixEncoding", "itemEncoding"] {
        if let Some(nested) = encoding.get(keyword) {
            schemas.omit(
                format!("`{keyword}` of the part `{}`", sanitize(part)),
                "the parts of a part are encoded by the caller".to_owned(),
                &nested.origin,
            );
        }
    }
}

/// The media types of an Encoding Object's `contentType`.
pub(super) fn media_types(encoding: &Node<'_>) -> Vec<String> {
    let text = encoding.text("contentType").unwrap_or_default();
    let media_types = text.split(',').map(str::trim).filter(|one| !one.is_empty());
    media_types.map(str::to_owned).collect()
}

fn kind<'d>(schemas: &mut Schemas<'d, '_>, field: &Field) -> PartKind {
    let Some(node) = schemas.document.node(&field.origin) else {
        return PartKind::Structured;
    };
    let merged = schemas.merge_all_of(&node);
    let is_list = merged.types.contains(&SchemaType::Array);
    match merged.items.first() {
        Some(item) if is_list => {
            let item = schemas.merge_all_of(item);
            kind_of(&item)
        }
        None if is_list && merged.prefix_items.is_empty() => PartKind::Untyped,
        _ => kind_of(&merged),
    }
}

fn kind_of(merged: &Schema<'_>) -> PartKind {
    if merged.format == Some("binary") {
        return PartKind::Binary;
    }
    let is_scalar = |ty: &SchemaType| !matches!(ty, SchemaType::Array | SchemaType::Object);
    if !merged.types.is_empty() && merged.types.iter().all(is_scalar)
        || merged.enumeration.is_some()
    {
        return PartKind::Scalar;
    }
    let says_nothing =
        merged.types.is_empty() && merged.properties.is_empty() && merged.alternatives.is_empty();
    if says_nothing {
        PartKind::Untyped
    } else {
        PartKind::Structured
    }
}

/// A multipart body whose parts the document does not name.
pub(super) fn unnamed<'d>(schemas: &mut Schemas<'d, '_>, media: &MediaTypeView<'d>) -> BodyContent {
    let first = |encoding: Node<'d>| media_types(&encoding).into_iter().next();
    let prefix = media.node.get("prefixEncoding");
    let prefix = prefix.iter().flat_map(|list| list.elements());
    let prefix = prefix
        .map(|encoding| first(encoding).unwrap_or_default())
        .collect();
    let item = media
        .node
        .get("itemEncoding")
        .and_then(first)
        .unwrap_or_default();
    if media.schema.is_some() || media.item_schema.is_some() {
        schemas.omit(
            format!("the types of the parts of `{}`", sanitize(media.media_type)),
            "parts without names are passed as they are sent".to_owned(),
            &media.node.origin,
        );
    }
    BodyContent::UnnamedParts { prefix, item }
}
