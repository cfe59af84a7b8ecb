//! Responses.

mod content;
mod envelope;
mod representations;
pub(super) mod stream;

use std::collections::HashSet;

use super::media_type::MediaKind;
use super::schema::Schemas;
use sdk_model::names::Scope;
use sdk_model::{
    ErrorResponse, Representation, ResponseContent, ResponseHeader, Streaming, Success,
};
use sdk_openapi::{MediaTypeView, Node, OperationView, ResponseView};

/// An operation's responses.
pub(super) struct Responses<'d> {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorResponse>,
    pub(super) streaming: Option<Streaming>,
    pub(super) representations: Vec<Representation>,
    /// The schema of the successful JSON body, including its envelope.
    pub(super) body: Option<Node<'d>>,
}

/// The responses that mean success: `2XX`; without those redirects; without those `default`.
pub(super) fn success<'v, 'd>(view: &'v OperationView<'d>) -> Vec<&'v ResponseView<'d>> {
    ["2", "3", "default"]
        .into_iter()
        .map(|start| {
            let is_success = |response: &&ResponseView<'d>| {
                response.status.starts_with(start) && response.status != "304"
            };
            view.responses.iter().filter(is_success).collect::<Vec<_>>()
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The successful statuses that have a body.
pub(super) fn with_body(view: &OperationView<'_>) -> Vec<String> {
    success(view)
        .into_iter()
        .filter(|response| !response.content.is_empty() && !is_redirect(response))
        .map(|response| response.status.clone())
        .collect()
}

fn is_redirect(response: &ResponseView<'_>) -> bool {
    response.status.starts_with('3')
}

/// Lowers an operation's responses. The methods of other representations share the setters' scope.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    scope: &mut Scope,
) -> Responses<'d> {
    let successes = success(view);
    let mut found: Vec<(String, ResponseContent)> = Vec::new();
    let mut accept: Vec<String> = Vec::new();
    let mut body = None;
    let mut docs = String::new();
    for response in &successes {
        let media = preferred(&response.content).filter(|_| !is_redirect(response));
        if let Some(media) = media {
            if !accept.iter().any(|known| known == media.media_type) {
                accept.push(media.media_type.to_owned());
            }
            if MediaKind::of(media.media_type).is_json() && body.is_none() {
                body.clone_from(&media.schema);
            }
        }
        if docs.is_empty() {
            response.description.trim().clone_into(&mut docs);
        }
        let content = content::of(schemas, view, response, media);
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
        content: content::joined(schemas, view, found),
        headers: headers(&successes),
        docs,
    };
    let errors = errors(schemas, view, &success.statuses);
    let streaming = stream::on_request(schemas, view);
    let representations = representations::lower(schemas, view, &success, scope);
    Responses {
        success,
        errors,
        streaming,
        representations,
        body,
    }
}

/// The headers of the successful responses, except for `Content-Type`.
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
                .filter(|media| MediaKind::of(media.media_type).is_json())
                .find_map(|media| media.schema.clone());
            ErrorResponse {
                status: response.status.clone(),
                body: json.map(|schema| schemas.resolve(&schema).ty),
                docs: response.description.trim().to_owned(),
            }
        })
        .collect()
}

/// The representation to accept by default. The order of preference is that of bodies, except that
/// forms and parts are read as bytes.
pub(super) fn preferred<'v, 'd>(content: &'v [MediaTypeView<'d>]) -> Option<&'v MediaTypeView<'d>> {
    content
        .iter()
        .min_by_key(|media| match MediaKind::of(media.media_type) {
            MediaKind::Multipart | MediaKind::Form => MediaKind::Bytes,
            other => other,
        })
}
