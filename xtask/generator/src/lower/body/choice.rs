//! Which of a request body's media types are sent, and how.

use super::super::media_type::{MediaKind, essence, is_json_patch, is_yaml, method_word};
use sdk_model::{BodyEncoding, EncodingKind};
use sdk_openapi::{Document, MediaTypeView, Node};

/// How far schemas are followed for files.
const DEEPEST: usize = 8;

/// A way to send a body besides the default one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Other {
    /// The same content: the caller sets `Content-Type`.
    SameContent,
    /// Another encoding of the JSON content.
    Encoding(BodyEncoding),
    /// Content of its own, sent by a method of its own, which has this word in its name.
    Method(String),
    /// It cannot be sent, for this reason.
    Omitted(&'static str),
    /// A range of media types that includes the default one.
    Covered,
}

/// The media type to send by default: the one that the SDK can express most of. A JSON Patch of
/// an object is none; of the others an object prefers a merge patch.
pub(super) fn default<'v, 'd>(
    document: &'d Document,
    content: &'v [MediaTypeView<'d>],
) -> Option<&'v MediaTypeView<'d>> {
    content.iter().min_by_key(|media| {
        let unfit = is_json_patch(media.media_type) && !is_list(document, media.schema.as_ref());
        let is_merge_patch = essence(media.media_type) == "application/merge-patch+json";
        (unfit, MediaKind::of(media.media_type), !is_merge_patch)
    })
}

/// The other media types, each with how it is sent.
pub(super) fn others<'v, 'd>(
    document: &'d Document,
    content: &'v [MediaTypeView<'d>],
) -> Vec<(&'v MediaTypeView<'d>, Other)> {
    let Some(chosen) = default(document, content) else {
        return Vec::new();
    };
    let mut methods: Vec<String> = Vec::new();
    let others = content
        .iter()
        .filter(|media| media.node.origin != chosen.node.origin);
    others
        .map(|media| {
            let other = other(document, chosen, media);
            match &other {
                Other::Method(word) if methods.contains(word) => (
                    media,
                    Other::Omitted("another media type has the same content"),
                ),
                Other::Method(word) => {
                    methods.push(word.clone());
                    (media, other)
                }
                _ => (media, other),
            }
        })
        .collect()
}

fn other<'d>(
    document: &'d Document,
    chosen: &MediaTypeView<'d>,
    media: &MediaTypeView<'d>,
) -> Other {
    let (default, kind) = (
        MediaKind::of(chosen.media_type),
        MediaKind::of(media.media_type),
    );
    let value = |media: &MediaTypeView<'d>| media.schema.as_ref().map(|node| node.value);
    let same_schema = value(chosen) == value(media);
    let is_structured = is_structured(document, media.schema.as_ref());
    let has_encoding = !media.encoding.is_empty();
    if is_json_patch(media.media_type) && !is_list(document, media.schema.as_ref()) {
        return Other::Omitted("a JSON Patch is a list of operations, and the schema is no list");
    }
    match kind {
        MediaKind::Any if same_schema => Other::Covered,
        _ if default.is_json() && kind.is_json() && same_schema => Other::SameContent,
        MediaKind::Text if default.is_json() && same_schema && is_yaml(media.media_type) => {
            Other::SameContent
        }
        MediaKind::Text if is_structured => Other::Omitted(
            "only JSON, forms and parts are written from a schema of an object or a list",
        ),
        MediaKind::Text | MediaKind::Bytes if kind == default => Other::SameContent,
        MediaKind::Form if default.is_json() && same_schema && is_structured && !has_encoding => {
            encoding(EncodingKind::Form, media)
        }
        MediaKind::Multipart
            if default.is_json()
                && same_schema
                && is_structured
                && !has_encoding
                && media.media_type.contains("form-data")
                && !has_files(document, media.schema.as_ref(), 0) =>
        {
            encoding(EncodingKind::Multipart, media)
        }
        _ => Other::Method(method_word(media.media_type)),
    }
}

fn encoding(kind: EncodingKind, media: &MediaTypeView<'_>) -> Other {
    Other::Encoding(BodyEncoding {
        kind,
        media_type: media.media_type.to_owned(),
    })
}

fn has_type(schema: &Node<'_>, name: &str) -> bool {
    match schema.get("type") {
        Some(types) if types.value.is_array() => {
            types.elements().any(|ty| ty.value.as_str() == Some(name))
        }
        Some(ty) => ty.value.as_str() == Some(name),
        None => false,
    }
}

fn is_list<'d>(document: &'d Document, schema: Option<&Node<'d>>) -> bool {
    let schema = schema.and_then(|schema| document.resolve(schema).ok());
    schema.is_some_and(|schema| {
        has_type(&schema, "array")
            || schema.get("items").is_some()
            || schema.get("prefixItems").is_some()
    })
}

/// Whether a schema describes an object, a list, or several of them.
pub(in crate::lower) fn is_structured<'d>(
    document: &'d Document,
    schema: Option<&Node<'d>>,
) -> bool {
    let schema = schema.and_then(|schema| document.resolve(schema).ok());
    let keywords = [
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "additionalProperties",
    ];
    schema.is_some_and(|schema| {
        has_type(&schema, "object")
            || has_type(&schema, "array")
            || keywords.iter().any(|keyword| schema.get(keyword).is_some())
    })
}

/// Whether a schema has members that are files.
fn has_files<'d>(document: &'d Document, schema: Option<&Node<'d>>, depth: usize) -> bool {
    let Some(schema) = schema.and_then(|schema| document.resolve(schema).ok()) else {
        return false;
    };
    if depth > DEEPEST {
        return false;
    }
    if schema.text("format") == Some("binary") {
        return true;
    }
    let lists = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| schema.get(key));
    let mut parts: Vec<Node<'d>> = lists.flat_map(|list| list.elements()).collect();
    parts.extend(schema.get("items"));
    if let Some(properties) = schema.get("properties") {
        parts.extend(properties.members().map(|(_, property)| property));
    }
    parts
        .iter()
        .any(|part| is_untyped(document, part) || has_files(document, Some(part), depth + 1))
}

/// Whether a schema is `{}` or its like: a part of it is a file.
fn is_untyped<'d>(document: &'d Document, schema: &Node<'d>) -> bool {
    const ANNOTATIONS: [&str; 6] = [
        "title",
        "description",
        "example",
        "examples",
        "deprecated",
        "default",
    ];
    document.resolve(schema).is_ok_and(|schema| {
        schema.value.is_object()
            && schema
                .members()
                .all(|(key, _)| ANNOTATIONS.contains(&key) || key.starts_with("x-"))
    })
}
