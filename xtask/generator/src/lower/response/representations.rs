//! Representations of a success other than the default one, each requested by a method of its own.

use super::super::body;
use super::super::media_type::{MediaKind, method_word};
use super::super::schema::Schemas;
use super::super::select::signature;
use super::{content, is_redirect, preferred, stream, success};
use sdk_model::names::{Claim, Scope};
use sdk_model::{Name, Representation, ResponseContent, Success};
use sdk_openapi::diagnostics::sanitize;
use sdk_openapi::{MediaTypeView, OperationView};

/// Lowers the other representations of an operation's successes.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    default: &Success,
    scope: &mut Scope,
) -> Vec<Representation> {
    let on_request = stream::alternative_stream(view).map(|media| &media.node.origin);
    let mut known: Vec<String> = default.accept.clone();
    let mut found: Vec<(String, ResponseContent)> = Vec::new();
    for response in success(view) {
        let Some(chosen) = preferred(&response.content).filter(|_| !is_redirect(response)) else {
            continue;
        };
        for media in &response.content {
            if Some(&media.node.origin) == on_request
                || known.iter().any(|known| known == media.media_type)
            {
                continue;
            }
            known.push(media.media_type.to_owned());
            if let Some(content) = content_of(schemas, view, default, chosen, media) {
                found.push((media.media_type.to_owned(), content));
            }
        }
    }
    name(found, scope)
}

/// The content of another representation; none where it is the default one's, or omitted.
fn content_of<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    default: &Success,
    chosen: &MediaTypeView<'d>,
    media: &MediaTypeView<'d>,
) -> Option<ResponseContent> {
    let kind = MediaKind::of(media.media_type);
    let value = |media: &MediaTypeView<'d>| media.schema.as_ref().map(|node| node.value);
    let same_schema = value(chosen) == value(media);
    let chosen_is_json = MediaKind::of(chosen.media_type).is_json();
    let is_structured = body::is_structured(schemas.document, media.schema.as_ref());
    if same_schema && chosen_is_json && kind.is_json() || media.media_type.starts_with("*/") {
        return None;
    }
    let has_envelope = matches!(
        &default.content,
        ResponseContent::Json {
            envelope: Some(_),
            ..
        }
    );
    let reason = if kind == MediaKind::Text && is_structured {
        "only JSON is decoded by a schema of an object or a list"
    } else if kind.is_json() && has_envelope {
        "the envelope is that of the default representation"
    } else {
        return Some(content::of_media_type(schemas, media));
    };
    schemas.omit(
        format!("{} as `{}`", signature(view), sanitize(media.media_type)),
        format!(
            "the response is requested as `{}`: {reason}",
            sanitize(chosen.media_type)
        ),
        &media.node.origin,
    );
    None
}

/// Names the methods: `receive_csv`.
fn name(found: Vec<(String, ResponseContent)>, scope: &mut Scope) -> Vec<Representation> {
    let wires: Vec<String> = found
        .iter()
        .map(|(media_type, _)| format!("receive {}", method_word(media_type)))
        .collect();
    let claims: Vec<Claim<'_>> = wires
        .iter()
        .map(|wire| Claim {
            disambiguators: &["response"],
            ..Claim::of(wire)
        })
        .collect();
    let idents = scope.claim_all(&claims);
    let named = found.into_iter().zip(idents);
    named
        .map(|((media_type, content), ident)| Representation {
            name: Name {
                wire: media_type.clone(),
                ident,
            },
            media_type,
            content,
        })
        .collect()
}
