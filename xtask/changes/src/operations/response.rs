//! The successful responses of an operation.

use sdk_generator::emit::public_api;
use sdk_model::{
    Envelope, EventFormat, Representation, ResponseContent, ResponseHeader, Success, Type, Usage,
};

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Details, Effect, ItemPath, signature_text},
        facets::{self, Facet},
        kind::{Aspect, Subject},
        text::list,
        type_text, wire,
    },
    Pair,
};

/// Part of responses only.
pub(super) const RESPONSE: Usage = Usage {
    request: false,
    response: true,
};

/// Compares successful responses.
pub(super) fn compare(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    old: &Success,
    new: &Success,
) {
    let Success {
        statuses,
        accept,
        content: what,
        headers,
        docs,
    } = old;
    content(out, path, pair, what, &new.content);
    let texts = |list_of: &[String]| list(list_of.iter().map(String::as_str));
    let headers = header_facets(out, pair, headers, &new.headers);
    let is_gone = statuses.iter().any(|status| !new.statuses.contains(status));
    let of_statuses = if is_gone {
        Wire::Behavior
    } else {
        Wire::Additive
    };
    let facets = [
        Facet::new(
            Aspect::Accept,
            "`Accept` header",
            [texts(accept), texts(&new.accept)],
            // Another content says it all.
            Effect::new(
                if kind(what) == kind(&new.content) {
                    of_accept(accept, &new.accept)
                } else {
                    Wire::None
                },
                Rust::None,
            ),
        ),
        // Every 2xx status is a success to the SDK, but not to every client.
        Facet::new(
            Aspect::Statuses,
            "success statuses",
            [texts(statuses), texts(&new.statuses)],
            Effect::on_wire(of_statuses),
        ),
        Facet::documentation("response", [docs, &new.docs], false),
    ];
    let facets = facets.into_iter().chain(headers);
    facets::compare(out, Subject::Operation, path, facets);
}

/// The effect of other media types on a client that accepts the old ones.
fn of_accept(old: &[String], new: &[String]) -> Wire {
    if old.iter().any(|media_type| !new.contains(media_type)) {
        Wire::Breaking
    } else {
        Wire::Additive
    }
}

/// The content and its wrapper.
fn content(
    out: &mut Collector<'_>,
    path: &ItemPath,
    pair: &Pair<'_>,
    old: &ResponseContent,
    new: &ResponseContent,
) {
    let texts = [
        public_api::response_type(out.before, pair.before.operation),
        public_api::response_type(out.after, pair.after.operation),
    ];
    let rust = if texts[0] == texts[1] {
        Rust::None
    } else {
        Rust::Breaking
    };
    if unwrapped(old) != unwrapped(new) {
        let visible = pair.shows(out, |bare, side| {
            bare.success.content = unwrapped(&side.success.content);
        });
        let Difference {
            wire,
            texts: [was, is],
            cause,
        } = difference(out, old, new);
        let message = format!("response changed from `{was}` to `{is}`");
        let effect = Effect::new(wire, rust).visible_if(visible);
        let details = Details {
            value: Sides::both(was, is),
            signature: Sides::both(&texts[0], &texts[1]),
            cause,
        };
        let (subject, aspect) = (Subject::Operation, Aspect::Response);
        out.note_with(subject, aspect, path, effect, message, details);
    }
    let envelopes = Facet::new(
        Aspect::Envelope,
        "envelope of the response",
        [old, new].map(envelope),
        Effect::new(Wire::Breaking, Rust::None),
    );
    facets::compare(out, Subject::Operation, path, [envelopes]);
}

/// How two contents differ.
struct Difference {
    wire: Wire,
    texts: [String; 2],
    cause: Option<String>,
}

fn difference(out: &Collector<'_>, old: &ResponseContent, new: &ResponseContent) -> Difference {
    match (carried(old), carried(new)) {
        (Some(a), Some(b)) if kind(old) == kind(new) => Difference {
            wire: wire::of_types(out, a, b, RESPONSE),
            texts: type_text::distinct(out.contexts(), a, b),
            cause: out.renamed_in(a, b).map(|id| id.0.clone()),
        },
        _ => Difference {
            // A client that expects nothing ignores what comes.
            wire: match old {
                ResponseContent::Empty => Wire::Additive,
                _ => Wire::Breaking,
            },
            texts: [kind(old), kind(new)].map(str::to_owned),
            cause: None,
        },
    }
}

/// The content of another representation, and what code shows of it.
pub(super) fn of_representation(
    out: &mut Collector<'_>,
    path: &ItemPath,
    label: &str,
    [old, new]: [&Representation; 2],
) {
    let Difference {
        wire,
        texts: [was, is],
        cause,
    } = difference(out, &old.content, &new.content);
    let views = [
        public_api::representation(out.before, old),
        public_api::representation(out.after, new),
    ];
    let same = views[0].signature == views[1].signature;
    let rust = if same { Rust::None } else { Rust::Breaking };
    let effect = Effect::new(wire, rust).visible_if(views[0] != views[1]);
    let message = format!("{label} changed from `{was}` to `{is}`");
    let details = Details {
        value: Sides::both(was, is),
        signature: Sides::both(
            signature_text(&views[0].signature),
            signature_text(&views[1].signature),
        ),
        cause,
    };
    let (subject, aspect) = (Subject::Method, Aspect::Response);
    out.note_with(subject, aspect, path, effect, message, details);
}

/// The content without its wrapper.
fn unwrapped(content: &ResponseContent) -> ResponseContent {
    match content {
        ResponseContent::Json { ty, envelope: _ } => ResponseContent::Json {
            ty: ty.clone(),
            envelope: None,
        },
        other => other.clone(),
    }
}

fn envelope(content: &ResponseContent) -> Option<String> {
    match content {
        ResponseContent::Json {
            envelope: Some(Envelope { key, optional }),
            ..
        } => Some(format!(
            "{key}{}",
            if *optional { " (optional)" } else { "" }
        )),
        _ => None,
    }
}

/// The type of the content.
fn carried(content: &ResponseContent) -> Option<&Type> {
    match content {
        ResponseContent::Json { ty, envelope: _ }
        | ResponseContent::JsonOrText(ty)
        | ResponseContent::Events { ty, format: _ } => Some(ty),
        ResponseContent::Empty
        | ResponseContent::Text
        | ResponseContent::Bytes
        | ResponseContent::Location => None,
    }
}

fn kind(content: &ResponseContent) -> &'static str {
    match content {
        ResponseContent::Empty => "no content",
        ResponseContent::Json { .. } => "JSON",
        ResponseContent::JsonOrText(_) => "JSON or text",
        ResponseContent::Text => "text",
        ResponseContent::Location => "location of a redirect",
        ResponseContent::Bytes => "bytes",
        ResponseContent::Events { format, .. } => match format {
            EventFormat::ServerSentEvents => "server-sent events",
            EventFormat::DescribedEvents | EventFormat::DescribedJsonEvents => {
                "server-sent events with their types and ids"
            }
            EventFormat::JsonLines => "JSON lines",
            EventFormat::JsonSequence => "JSON sequence",
        },
    }
}

fn header_facets(
    out: &Collector<'_>,
    pair: &Pair<'_>,
    old: &[ResponseHeader],
    new: &[ResponseHeader],
) -> Vec<Facet> {
    if old == new {
        return Vec::new();
    }
    let visible = pair.shows(out, |bare, side| {
        bare.success.headers.clone_from(&side.success.headers);
    });
    let names = |headers: &[ResponseHeader]| -> Vec<String> {
        headers.iter().map(|header| header.name.clone()).collect()
    };
    let (was, is) = (names(old), names(new));
    if was == is {
        let text = |headers: &[ResponseHeader]| -> String {
            let lines = headers.iter().map(|header| {
                let ResponseHeader { name, docs } = header;
                format!("{name}: {docs}")
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let texts = [old, new].map(text);
        let texts = texts.each_ref().map(String::as_str);
        return vec![Facet::documentation("response headers", texts, visible)];
    }
    let wire = if was.iter().any(|name| !is.contains(name)) {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let effect = Effect::new(wire, Rust::Docs).visible_if(visible);
    let texts = [&was, &is].map(|names| list(names.iter().map(String::as_str)));
    vec![Facet::new(
        Aspect::Headers,
        "response headers",
        texts,
        effect,
    )]
}
