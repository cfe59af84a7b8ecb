//! The request body as a whole.

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Item, Place},
        kind::{Aspect, Subject},
        text::quoted,
    },
    Pair,
};
use sdk_model::{Body, BodyContent, Type};

/// Compares bodies; says whether they have nothing in common.
pub(super) fn compare(out: &mut Collector<'_>, place: &Place, pair: &Pair<'_>) -> bool {
    let name = quoted(&place.item);
    let (old, new) = (&pair.before.operation.body, &pair.after.operation.body);
    let mut item = out.item(Subject::Body, place);
    match (old, new) {
        (Some(old), Some(new)) => return both(&mut item, &name, old, new),
        (None, Some(body)) if in_parts(&body.content) => {
            let wire = if body.required {
                Wire::Breaking
            } else {
                Wire::Additive
            };
            let message = format!("{name} takes a body now: {}.", kind(&body.content));
            item.note(Aspect::Added, Effect::new(wire, Rust::None), message);
        }
        (Some(body), None) if in_parts(&body.content) => {
            let message = format!("{name} no longer takes a body.");
            let effect = Effect::new(Wire::Breaking, Rust::None);
            item.note(Aspect::Removed, effect, message);
        }
        // A whole body is one of the things that the operation takes, and told as such.
        _ => {}
    }
    false
}

fn both(item: &mut Item<'_, '_>, name: &str, old: &Body, new: &Body) -> bool {
    let Body {
        required,
        docs,
        media_type,
        content,
        // Told with every change, as its pointer.
        origin: _,
    } = old;
    if *media_type != new.media_type {
        let message = format!(
            "The body of {name} is {} now, not {}.",
            quoted(&new.media_type),
            quoted(media_type)
        );
        let effect = Effect::new(Wire::Breaking, Rust::None);
        item.note(Aspect::MediaType, effect, message);
    }
    let other = std::mem::discriminant(content) != std::mem::discriminant(&new.content);
    if other {
        let message = format!(
            "The body of {name} is {} now, not {}.",
            kind(&new.content),
            kind(content)
        );
        item.note(Aspect::Content, Effect::BREAKS, message);
        return true;
    }
    // Of a body in parts, no code says that it must be there, or what it is for.
    if in_parts(content) && *required != new.required {
        let (wire, is) = if new.required {
            (Wire::Breaking, "is required")
        } else {
            (Wire::Additive, "may be absent")
        };
        let message = format!("The body of {name} {is} now.");
        let effect = Effect::new(wire, Rust::None).seen(false);
        item.note(Aspect::Presence, effect, message);
    }
    if in_parts(content) && *docs != new.docs {
        let message = format!("The body of {name} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(false), message);
    }
    false
}

/// Whether callers give the body member by member.
fn in_parts(content: &BodyContent) -> bool {
    match content {
        BodyContent::JsonFields(_) | BodyContent::FormFields(_) | BodyContent::Multipart(_) => true,
        BodyContent::Json(_) | BodyContent::Form(_) | BodyContent::Text | BodyContent::Bytes => {
            false
        }
    }
}

/// The type of a body that is given as one value.
pub(super) fn whole(content: &BodyContent) -> Option<&Type> {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty) => Some(ty),
        BodyContent::JsonFields(_)
        | BodyContent::FormFields(_)
        | BodyContent::Multipart(_)
        | BodyContent::Text
        | BodyContent::Bytes => None,
    }
}

/// What a body is called.
pub(super) fn kind(content: &BodyContent) -> &'static str {
    match content {
        BodyContent::JsonFields(_) => "an object, member by member",
        BodyContent::Json(_) => "JSON, as a whole",
        BodyContent::FormFields(_) => "a form, field by field",
        BodyContent::Form(_) => "a form, as a whole",
        BodyContent::Multipart(_) => "a body of several parts",
        BodyContent::Text => "text",
        BodyContent::Bytes => "bytes",
    }
}
