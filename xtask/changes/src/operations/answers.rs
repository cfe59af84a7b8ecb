//! What an operation answers when it succeeds.

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Item, Place},
        kind::{Aspect, Subject},
        spelling,
        text::{list, quoted},
        wire,
    },
    Pair,
};
use sdk_generator::emit::public_api;
use sdk_model::{Envelope, EventFormat, ResponseContent, ResponseHeader, Success, Type, Usage};

/// Only what is answered.
pub(super) const ANSWERED: Usage = Usage {
    request: false,
    response: true,
};

/// Compares successes.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: &Success,
    new: &Success,
) {
    let Success {
        statuses,
        accept,
        content: what,
        headers: named,
        docs,
    } = old;
    content(out, place, pair, what, &new.content);
    headers(out, place, pair, named, &new.headers);
    let name = quoted(&place.item);
    let mut item = out.item(Subject::Operation, place);
    if *accept != new.accept {
        let message = format!(
            "{name} asks for {} now, not {}.",
            list(new.accept.iter().map(String::as_str)),
            list(accept.iter().map(String::as_str))
        );
        item.note(Aspect::Accept, Effect::in_rust(Rust::None), message);
    }
    if *statuses != new.statuses {
        let message = format!(
            "{name} succeeds with {} now, not {}.",
            list(new.statuses.iter().map(String::as_str)),
            list(statuses.iter().map(String::as_str))
        );
        // Whatever is 2xx is a success.
        let effect = Effect::new(Wire::Additive, Rust::None).seen(false);
        item.note(Aspect::Statuses, effect, message);
    }
    if *docs != new.docs {
        let message = format!("The success of {name} is described in other words.");
        item.note(Aspect::Answer, Effect::DOCS.seen(false), message);
    }
}

/// What is answered, its wrapper aside.
fn content(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: &ResponseContent,
    new: &ResponseContent,
) {
    let name = quoted(&place.item);
    let texts = [
        public_api::response_type(out.before, pair.before.operation),
        public_api::response_type(out.after, pair.after.operation),
    ];
    let same = texts[0] == texts[1];
    let rust = if same { Rust::None } else { Rust::Breaking };
    if unwrapped(old) != unwrapped(new) {
        let seen = pair.shows(out, |bare, side| {
            bare.success.content = unwrapped(&side.success.content);
        });
        let contexts = [out.before, out.after];
        let (wire, [was, is]) = match (carried(old), carried(new)) {
            (Some(a), Some(b)) if kind(old) == kind(new) => (
                wire::of_types(contexts, a, b, ANSWERED),
                spelling::apart(contexts, a, b),
            ),
            _ => (Wire::Breaking, [kind(old), kind(new)].map(str::to_owned)),
        };
        let message = format!("{name} answers {} now, not {}.", quoted(&is), quoted(&was));
        let effect = Effect::new(wire, rust).seen(seen);
        out.note(Subject::Operation, Aspect::Answer, place, effect, message);
    }
    let mut item = out.item(Subject::Operation, place);
    envelope(&mut item, &name, wrapper(old), wrapper(new));
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

fn wrapper(content: &ResponseContent) -> Option<&Envelope> {
    match content {
        ResponseContent::Json { envelope, .. } => envelope.as_ref(),
        _ => None,
    }
}

/// The type that an answer carries.
fn carried(content: &ResponseContent) -> Option<&Type> {
    match content {
        ResponseContent::Json { ty, envelope: _ }
        | ResponseContent::JsonOrText(ty)
        | ResponseContent::Events { ty, format: _ } => Some(ty),
        ResponseContent::Empty | ResponseContent::Text | ResponseContent::Bytes => None,
    }
}

fn kind(content: &ResponseContent) -> &'static str {
    match content {
        ResponseContent::Empty => "nothing",
        ResponseContent::Json { .. } => "JSON",
        ResponseContent::JsonOrText(_) => "JSON or text",
        ResponseContent::Text => "text",
        ResponseContent::Bytes => "bytes",
        ResponseContent::Events {
            format: EventFormat::ServerSentEvents,
            ..
        } => "a stream of events",
        ResponseContent::Events {
            format: EventFormat::JsonLines,
            ..
        } => "a stream of JSON lines",
    }
}

fn envelope(item: &mut Item<'_, '_>, name: &str, old: Option<&Envelope>, new: Option<&Envelope>) {
    if old == new {
        return;
    }
    let wrapped = |envelope: Option<&Envelope>| match envelope {
        None => "is not wrapped".to_owned(),
        Some(Envelope {
            key,
            optional: true,
        }) => format!("may be wrapped in {}", quoted(key)),
        Some(Envelope {
            key,
            optional: false,
        }) => format!("is wrapped in {}", quoted(key)),
    };
    let message = format!(
        "The answer of {name} {} now; before, it {}.",
        wrapped(new),
        wrapped(old)
    );
    item.note(
        Aspect::Envelope,
        Effect::new(Wire::Breaking, Rust::None),
        message,
    );
}

fn headers(
    out: &mut Collector<'_>,
    place: &Place,
    pair: &Pair<'_>,
    old: &[ResponseHeader],
    new: &[ResponseHeader],
) {
    if old == new {
        return;
    }
    let names = |headers: &[ResponseHeader]| -> Vec<String> {
        let names = headers.iter().map(|header| {
            let ResponseHeader { name, docs: _ } = header;
            name.clone()
        });
        names.collect()
    };
    let (was, is) = (names(old), names(new));
    let seen = pair.shows(out, |bare, side| {
        bare.success.headers.clone_from(&side.success.headers);
    });
    let name = quoted(&place.item);
    let (wire, message) = if was == is {
        let message = format!("The headers that {name} answers are described in other words.");
        (Wire::None, message)
    } else {
        let gone = was.iter().any(|name| !is.contains(name));
        let message = format!(
            "{name} answers with the headers {} now; before, with {}.",
            list(is.iter().map(String::as_str)),
            list(was.iter().map(String::as_str))
        );
        let wire = if gone { Wire::Breaking } else { Wire::Additive };
        (wire, message)
    };
    let effect = Effect::new(wire, Rust::Docs).seen(seen);
    out.note(Subject::Operation, Aspect::Headers, place, effect, message);
}
