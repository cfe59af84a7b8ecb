//! Streams of events: how they are delimited, what an event decodes into.

use serde_json::Value;

use super::super::media_type::MediaKind;
use super::super::schema::Schemas;
use super::{preferred, success};
use sdk_model::{EventFormat, Streaming, Type};
use sdk_openapi::{MediaTypeView, Node, OperationView, SchemaType};

/// The usual name of the property that requests a stream.
const STREAM: &str = "stream";

/// The data of the last event of many servers.
const DONE: &str = "[DONE]";

/// The members of an event (WHATWG HTML, 9.2.6).
const EVENT_MEMBERS: [&str; 4] = ["event", "data", "id", "retry"];

/// How deep alternatives are searched for the members of an event.
const DEEPEST: usize = 6;

/// How the events of a stream are delimited and decoded; none where the content is no stream.
pub(super) fn event_format<'d>(
    schemas: &mut Schemas<'d, '_>,
    media: &MediaTypeView<'d>,
) -> Option<EventFormat> {
    match MediaKind::of(media.media_type) {
        MediaKind::Events => {
            let schema = item_schema(media);
            let described = schema.and_then(|schema| described(schemas, &schema));
            Some(described.unwrap_or(EventFormat::ServerSentEvents))
        }
        MediaKind::JsonLines => Some(EventFormat::JsonLines),
        MediaKind::JsonSequence => Some(EventFormat::JsonSequence),
        _ => None,
    }
}

/// Whether a media type is a stream.
pub(super) fn is_stream(media: &MediaTypeView<'_>) -> bool {
    let kind = MediaKind::of(media.media_type);
    matches!(
        kind,
        MediaKind::Events | MediaKind::JsonLines | MediaKind::JsonSequence
    )
}

/// The schema of an item: `itemSchema`, else `schema`.
fn item_schema<'d>(media: &MediaTypeView<'d>) -> Option<Node<'d>> {
    media
        .item_schema
        .as_ref()
        .or(media.schema.as_ref())
        .cloned()
}

/// The type of a stream's events.
pub(super) fn event_type<'d>(schemas: &mut Schemas<'d, '_>, media: &MediaTypeView<'d>) -> Type {
    let schema = item_schema(media).map(|schema| without_end(schemas, schema));
    match schema.map(|schema| schemas.resolve(&schema).ty) {
        // A stream that is described as one string: each event may be anything.
        None | Some(Type::String | Type::Binary) => Type::Json,
        Some(Type::List(item)) if media.item_schema.is_none() => *item,
        Some(ty) => ty,
    }
}

/// The alternative that is left without the one that only ends the stream: `const: {data: "[DONE]"}`.
fn without_end<'d>(schemas: &mut Schemas<'d, '_>, schema: Node<'d>) -> Node<'d> {
    let merged = schemas.merge_all_of(&schema);
    if !merged.properties.is_empty() || merged.alternatives.len() != 1 {
        return schema;
    }
    let members = merged
        .alternatives
        .iter()
        .flat_map(|list| list.members.iter());
    let mut others = members.filter(|member| !ends_stream(member));
    match (others.next(), others.next()) {
        (Some(only), None) => only.clone(),
        _ => schema,
    }
}

fn ends_stream(schema: &Node<'_>) -> bool {
    let constant = schema.get("const").map(|constant| constant.value);
    let constant = constant.or_else(|| match schema.get("enum")?.value {
        Value::Array(values) => match values.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    });
    let data = constant.and_then(|constant| constant.get("data"));
    data.and_then(Value::as_str) == Some(DONE)
}

/// How an event is decoded whose schema describes the event itself: its members are among those of
/// an event.
fn described<'d>(schemas: &mut Schemas<'d, '_>, schema: &Node<'d>) -> Option<EventFormat> {
    let mut data = Vec::new();
    let names = members(schemas, schema, &mut data, 0)?;
    if !names
        .iter()
        .any(|name| matches!(name.as_str(), "data" | "event"))
    {
        return None;
    }
    let is_text = |schemas: &mut Schemas<'d, '_>, node: &Node<'d>| {
        let merged = schemas.merge_all_of(node);
        merged.types.contains(&SchemaType::String) || merged.enumeration.is_some()
    };
    let is_json = data.iter().any(|node| !is_text(schemas, node));
    Some(if is_json {
        EventFormat::DescribedJsonEvents
    } else {
        EventFormat::DescribedEvents
    })
}

/// The names of an object's members and of its alternatives', if all of them are an event's.
/// Collects the schemas of `data`.
fn members<'d>(
    schemas: &mut Schemas<'d, '_>,
    schema: &Node<'d>,
    data: &mut Vec<Node<'d>>,
    depth: usize,
) -> Option<Vec<String>> {
    if depth > DEEPEST {
        return None;
    }
    let merged = schemas.merge_all_of(schema);
    let mut names = Vec::new();
    for (name, parts) in &merged.properties {
        if !EVENT_MEMBERS.contains(name) {
            return None;
        }
        if *name == "data" {
            data.extend(parts.iter().cloned());
        }
        names.push((*name).to_owned());
    }
    let alternatives = merged
        .alternatives
        .iter()
        .flat_map(|list| list.members.iter());
    for alternative in alternatives.filter(|alternative| !ends_stream(alternative)) {
        names.extend(members(schemas, alternative, data, depth + 1)?);
    }
    (!names.is_empty()).then_some(names)
}

/// The stream that an operation returns on request, where its default response is another one.
pub(super) fn on_request<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
) -> Option<Streaming> {
    let media = alternative_stream(view)?;
    let format = event_format(schemas, media)?;
    Some(Streaming {
        ty: event_type(schemas, media),
        format,
        media_type: media.media_type.to_owned(),
        requested_by: requested_by(schemas, view),
    })
}

/// The first stream among the representations of a success whose default one is not a stream.
pub(super) fn alternative_stream<'v, 'd>(
    view: &'v OperationView<'d>,
) -> Option<&'v MediaTypeView<'d>> {
    success(view).into_iter().find_map(|response| {
        let default = preferred(&response.content)?;
        if is_stream(default) {
            return None;
        }
        response.content.iter().find(|media| is_stream(media))
    })
}

/// The property of the JSON body that requests the stream.
fn requested_by<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>) -> Option<String> {
    let request = view.request_body.as_ref()?;
    let sent = super::super::body::preferred(schemas.document, &request.content)?;
    if !MediaKind::of(sent.media_type).is_json() {
        return None;
    }
    let schema = sent.schema.as_ref()?;
    let merged = schemas.merge_all_of(schema);
    let parts = merged.properties.get(STREAM)?;
    let location = merged.origin.child("properties").child(STREAM);
    let found = schemas.resolve_parts(&location, parts);
    (found.ty == Type::Bool).then(|| STREAM.to_owned())
}
