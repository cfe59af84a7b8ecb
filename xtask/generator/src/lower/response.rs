use std::collections::HashSet;

use serde_json::Value;

use super::content::Media;
use super::schema::{Schemas, Use};
use sdk_model::{
    Envelope, ErrorResponse, EventFormat, ResponseContent, ResponseHeader, SpecPointer, Success,
    Type,
};
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{MediaTypeView, Node, OperationView, ResponseView};

/// What an operation answers.
pub(super) struct Answers<'d> {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorResponse>,
    /// The schema of the successful JSON body, envelope and all.
    pub(super) body: Option<Node<'d>>,
}

/// The statuses that mean success: `2XX`; failing those `3XX`; failing those `default`.
pub(super) fn success<'v, 'd>(view: &'v OperationView<'d>) -> Vec<&'v ResponseView<'d>> {
    ["2", "3", "default"]
        .into_iter()
        .map(|begin| {
            let begins = |response: &&ResponseView<'d>| response.status.starts_with(begin);
            view.responses.iter().filter(begins).collect::<Vec<_>>()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The successful statuses that have a body.
pub(super) fn with_body(view: &OperationView<'_>) -> Vec<String> {
    success(view)
        .into_iter()
        .filter(|response| !response.content.is_empty())
        .map(|response| response.status.clone())
        .collect()
}

/// Lowers an operation's responses.
pub(super) fn lower<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>) -> Answers<'d> {
    let successes = success(view);
    let mut found: Vec<(String, ResponseContent)> = Vec::new();
    let mut accept: Vec<String> = Vec::new();
    let mut body = None;
    let mut docs = String::new();
    for response in &successes {
        let media = preferred(&response.content);
        if let Some(media) = media {
            note_others(schemas, view, response, media);
            if !accept.iter().any(|known| known == media.media_type) {
                accept.push(media.media_type.to_owned());
            }
            if Media::of(media.media_type).is_json() && body.is_none() {
                body.clone_from(&media.schema);
            }
        }
        if docs.is_empty() {
            response.description.trim().clone_into(&mut docs);
        }
        let content = content(schemas, view, response, media);
        if !found.iter().any(|(_, known)| *known == content) {
            found.push((response.status.clone(), content));
        }
    }
    let success = Success {
        statuses: successes
            .iter()
            .map(|response| response.status.clone())
            .collect(),
        accept,
        content: joined(schemas, view, found),
        headers: headers(&successes),
        docs,
    };
    let errors = errors(schemas, view, &success.statuses);
    Answers {
        success,
        errors,
        body,
    }
}

/// The headers of the successful answers, but for those that every answer has.
fn headers(successes: &[&ResponseView<'_>]) -> Vec<ResponseHeader> {
    let mut known = HashSet::from(["content-type".to_owned()]);
    let headers = successes.iter().flat_map(|response| &response.headers);
    headers
        .filter(|header| known.insert(header.name.to_ascii_lowercase()))
        .map(|header| ResponseHeader {
            name: header.name.to_owned(),
            docs: header.description.unwrap_or_default().trim().to_owned(),
        })
        .collect()
}

fn errors<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    success: &[String],
) -> Vec<ErrorResponse> {
    view.responses
        .iter()
        .filter(|response| !success.contains(&response.status))
        .filter(|response| !response.status.starts_with('1'))
        .map(|response| {
            let json = response
                .content
                .iter()
                .filter(|media| Media::of(media.media_type).is_json())
                .find_map(|media| media.schema.clone());
            ErrorResponse {
                status: response.status.clone(),
                body: json.map(|schema| schemas.use_of(&schema).ty),
                docs: response.description.trim().to_owned(),
            }
        })
        .collect()
}

pub(super) fn preferred<'v, 'd>(content: &'v [MediaTypeView<'d>]) -> Option<&'v MediaTypeView<'d>> {
    // The order of preference is the bodies', but nobody answers with a form on purpose.
    content
        .iter()
        .min_by_key(|media| match Media::of(media.media_type) {
            Media::Multipart | Media::Form => Media::Bytes,
            other => other,
        })
}

/// Lists the streams that are not asked for: a plain answer is there too, and another stream.
fn note_others(
    schemas: &mut Schemas<'_, '_>,
    view: &OperationView<'_>,
    response: &ResponseView<'_>,
    taken: &MediaTypeView<'_>,
) {
    let beside = super::streaming::beside(view);
    for other in &response.content {
        let told = beside.is_some_and(|beside| beside.node.origin == other.node.origin);
        let same = Media::of(other.media_type) == Media::of(taken.media_type);
        if !told && !same && event_format(other).is_some() {
            schemas.omit(
                format!(
                    "{} as `{}`",
                    super::select::signature(view),
                    other.media_type
                ),
                format!("the answer is asked for as `{}`", taken.media_type),
                &other.node.origin,
            );
        }
    }
}

fn content<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
    media: Option<&MediaTypeView<'d>>,
) -> ResponseContent {
    let Some(media) = media else {
        return ResponseContent::Empty;
    };
    if let Some(format) = event_format(media) {
        let ty = event_type(schemas, media);
        return ResponseContent::Events { ty, format };
    }
    match (Media::of(media.media_type), &media.schema) {
        (Media::Json | Media::JsonKin, None) => plain(Type::Json),
        (Media::Json | Media::JsonKin | Media::Any, Some(schema)) => {
            json(schemas, view, response, schema)
        }
        (Media::Text | Media::Form, _) => ResponseContent::Text,
        _ => ResponseContent::Bytes,
    }
}

/// How the events of a stream are told apart; none where the content is no stream.
pub(super) fn event_format(media: &MediaTypeView<'_>) -> Option<EventFormat> {
    match Media::of(media.media_type) {
        Media::Events => Some(EventFormat::ServerSentEvents),
        Media::JsonLines => Some(EventFormat::JsonLines),
        _ => None,
    }
}

/// The type of a stream's events.
pub(super) fn event_type<'d>(schemas: &mut Schemas<'d, '_>, media: &MediaTypeView<'d>) -> Type {
    let schema = media.item_schema.as_ref().or(media.schema.as_ref());
    match schema.map(|schema| schemas.use_of(schema).ty) {
        // A stream that is described as one string: each event may be anything.
        None | Some(Type::String | Type::Binary) => Type::Json,
        Some(Type::List(item)) if media.item_schema.is_none() => *item,
        Some(ty) => ty,
    }
}

fn plain(ty: Type) -> ResponseContent {
    ResponseContent::Json { ty, envelope: None }
}

fn json<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
    schema: &Node<'d>,
) -> ResponseContent {
    if let Some(unwrapped) = envelope(schemas, view, response, schema) {
        return unwrapped;
    }
    let found = schemas.use_of(schema);
    if found.ty == Type::Binary {
        return ResponseContent::Bytes;
    }
    plain(whole(found))
}

fn whole(found: Use) -> Type {
    if found.nullable && found.ty != Type::Json {
        Type::Nullable(Box::new(found.ty))
    } else {
        found.ty
    }
}

/// The answer inside its wrapper, where the document or codegen.yaml names one.
fn envelope<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
    schema: &Node<'d>,
) -> Option<ResponseContent> {
    let flat = schemas.flat(schema);
    let told = response
        .node
        .extension("x-envelope")
        .or_else(|| view.extension("x-envelope"));
    if let Some(told) = told {
        let key = told.get("key").and_then(Value::as_str)?;
        let optional = told.get("optional") == Some(&Value::Bool(true));
        let found = match flat.properties.get(key) {
            Some(parts) => schemas.use_of_parts(&property(&flat.origin, key), parts),
            None => schemas.use_of(schema),
        };
        return Some(enveloped(key, optional, found));
    }
    let rules = &schemas.config.envelope;
    let extension = rules.key_extension.as_ref()?;
    match view.extension(extension)? {
        Value::String(key) => {
            let key = key.as_str();
            let Some(parts) = flat.properties.get(key) else {
                schemas.tell(
                    Diagnostic::error(
                        &schema.origin,
                        format!("the answer has no member `{key}`, which `{extension}` names"),
                    )
                    .help("correct it in an overlay"),
                );
                return None;
            };
            let found = schemas.use_of_parts(&property(&flat.origin, key), parts);
            Some(enveloped(key, false, found))
        }
        Value::Null => {
            let empty = flat.is_object()
                && !flat.properties.is_empty()
                && flat
                    .properties
                    .keys()
                    .all(|key| rules.ignore.iter().any(|known| known == key));
            empty.then_some(ResponseContent::Empty)
        }
        _ => None,
    }
}

fn property(object: &SpecPointer, key: &str) -> SpecPointer {
    object.child("properties").child(key)
}

fn enveloped(key: &str, optional: bool, found: Use) -> ResponseContent {
    ResponseContent::Json {
        ty: whole(found),
        envelope: Some(Envelope {
            key: key.to_owned(),
            optional,
        }),
    }
}

/// Several kinds of success as one: nothing beside something is an option, several types are a
/// union named after the operation.
fn joined<'d>(
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
                format!(
                    "the type of {} with {status}",
                    super::select::signature(view)
                ),
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
                "{} answers several kinds of content; `{status}` is not the first",
                super::select::signature(view)
            ),
            "its answer is given as it came",
            format!("{} answering `{status}`", super::select::signature(view)),
        );
    }
    match found.into_iter().next() {
        None => ResponseContent::Empty,
        Some((_, ResponseContent::Json { ty, envelope: None })) => plain(optional(ty, empty)),
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
    let ty = schemas.answers(view.origin(), types.collect());
    if text {
        ResponseContent::JsonOrText(optional(ty, empty))
    } else {
        plain(optional(ty, empty))
    }
}

fn optional(ty: Type, empty: bool) -> Type {
    match ty {
        Type::Nullable(_) | Type::Json => ty,
        ty if empty => Type::Nullable(Box::new(ty)),
        ty => ty,
    }
}
