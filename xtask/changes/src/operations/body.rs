//! The request body as a whole.

use sdk_model::{Body, BodyContent, BodyEncoding, EncodingKind, Type, Usage};

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Effect, ItemPath},
        constraints,
        facets::{self, Facet},
        kind::{Aspect, Subject},
        text::list,
    },
    Pair, body_object,
};

/// Compares bodies; returns whether they are of different kinds.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) -> bool {
    let [old, new] = pair.operations().map(|operation| operation.body.as_ref());
    let path = &path.named("request body");
    if let [Some(only), None] | [None, Some(only)] = [old, new] {
        let sides: [&[BodyEncoding]; 2] = match old {
            Some(_) => [&only.encodings, &[]],
            None => [&[], &only.encodings],
        };
        encodings(out, path, sides, Wire::None);
    }
    match (old, new) {
        (Some(old), Some(new)) => {
            encodings(out, path, [&old.encodings, &new.encodings], Wire::Breaking);
            let is_same_object = body_object::fields(out.contexts(), pair.operations()).is_some();
            return both(out, path, old, new, is_same_object);
        }
        (None, Some(body)) if is_in_parts(&body.content) => {
            let (wire, presence) = if body.required {
                (Wire::Breaking, "required")
            } else {
                (Wire::Additive, "optional")
            };
            let message = format!("new {presence} request body: {}", kind(&body.content));
            let effect = Effect::new(wire, Rust::None);
            out.note(Subject::Body, Aspect::Added, path, effect, message);
        }
        (Some(body), None) if is_in_parts(&body.content) => {
            let effect = Effect::new(Wire::Breaking, Rust::None);
            let message = "removed request body";
            out.note(Subject::Body, Aspect::Removed, path, effect, message);
        }
        // A whole body is compared as an argument of the operation.
        _ => {}
    }
    false
}

fn both(
    out: &mut Collector<'_>,
    path: &ItemPath,
    old: &Body,
    new: &Body,
    is_same_object: bool,
) -> bool {
    let Body {
        required,
        docs,
        media_type,
        content,
        constraints,
        other_media_types,
        // Compared by `encodings`.
        encodings: _,
        // Part of every change, as its pointer.
        origin: _,
    } = old;
    let is_another = std::mem::discriminant(content) != std::mem::discriminant(&new.content);
    let kinds = [content, &new.content].map(|content| is_another.then(|| kind(content).to_owned()));
    let others = [other_media_types, &new.other_media_types];
    let fewer = others[0].iter().any(|one| !others[1].contains(one));
    let others = others.map(|others| list(others.iter().map(String::as_str)));
    let of_others = if fewer {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let mut facets = vec![
        Facet::new(
            Aspect::MediaType,
            "other media types of the request body",
            others,
            // Callers set `Content-Type` themselves.
            Effect::on_wire(of_others),
        ),
        Facet::new(
            Aspect::MediaType,
            "media type of the request body",
            [media_type, &new.media_type].map(|text| Some(text.clone())),
            Effect::new(Wire::Breaking, Rust::None),
        ),
    ];
    facets.push(if is_same_object {
        // The properties are compared one by one.
        let given = [content, &new.content]
            .map(|content| {
                if is_in_parts(content) {
                    "one per property"
                } else {
                    "one value"
                }
            })
            .map(|given| is_another.then(|| given.to_owned()));
        let noun = "Rust arguments for the request body";
        Facet::new(
            Aspect::Content,
            noun,
            given,
            Effect::in_rust(Rust::Breaking),
        )
    } else {
        Facet::new(Aspect::Content, "request body", kinds, Effect::BREAKS)
    });
    // No code shows these of a body in parts; a whole body's are an argument's.
    if is_another || is_in_parts(content) {
        let presence = |required| Some(if required { "required" } else { "optional" }.to_owned());
        let wire = if new.required {
            Wire::Breaking
        } else {
            Wire::Additive
        };
        facets.extend([
            Facet::new(
                Aspect::Presence,
                "request body",
                [presence(*required), presence(new.required)],
                Effect::on_wire(wire),
            ),
            Facet::documentation("request body", [docs, &new.docs], false),
        ]);
    }
    facets::compare(out, Subject::Body, path, facets);
    let limits = [constraints, &new.constraints];
    let usage = Usage {
        request: true,
        response: false,
    };
    constraints::compare(out, Subject::Body, path, "request body", limits, usage, &[]);
    is_another
}

/// Compares the methods that send the body in another encoding.
/// `removed` is the effect of removing one.
fn encodings(out: &mut Collector<'_>, path: &ItemPath, sides: [&[BodyEncoding]; 2], removed: Wire) {
    let kinds = [
        (EncodingKind::Form, "form", "with_form_body"),
        (EncodingKind::Multipart, "multipart", "with_multipart_body"),
    ];
    for (kind, noun, method) in kinds {
        let media_types = sides.map(|encodings| {
            let encoding = encodings.iter().find(|encoding| encoding.kind == kind)?;
            Some(encoding.media_type.clone())
        });
        let effect = match &media_types {
            [None, _] => Effect::ADDS,
            [Some(_), None] => Effect::new(removed, Rust::Breaking),
            [Some(_), Some(_)] => Effect::new(Wire::Breaking, Rust::None),
        };
        let name = |media_type: &Option<String>| media_type.as_ref().map(|_| method.to_owned());
        let [before, after] = media_types.each_ref().map(name);
        let path = path.part(method, Sides { before, after }, path.pointer.clone());
        let noun = format!("{noun} encoding of the request body");
        let facet = Facet::new(Aspect::MediaType, noun, media_types, effect);
        facets::compare(out, Subject::Method, &path, [facet]);
    }
}

/// Whether callers give the body member by member.
fn is_in_parts(content: &BodyContent) -> bool {
    match content {
        BodyContent::JsonFields(_) | BodyContent::FormFields(_) | BodyContent::Multipart { .. } => {
            true
        }
        BodyContent::Json(_)
        | BodyContent::JsonItems { .. }
        | BodyContent::Form { .. }
        | BodyContent::UnnamedParts { .. }
        | BodyContent::Text
        | BodyContent::Bytes => false,
    }
}

/// The type of a body that is given as one value.
pub(super) fn whole(content: &BodyContent) -> Option<&Type> {
    match content {
        BodyContent::Json(ty)
        | BodyContent::JsonItems { ty, .. }
        | BodyContent::Form { ty, .. } => Some(ty),
        BodyContent::JsonFields(_)
        | BodyContent::FormFields(_)
        | BodyContent::Multipart { .. }
        | BodyContent::UnnamedParts { .. }
        | BodyContent::Text
        | BodyContent::Bytes => None,
    }
}

/// What a body is called.
pub(super) fn kind(content: &BodyContent) -> &'static str {
    match content {
        BodyContent::JsonFields(_) => "JSON object, one argument per property",
        BodyContent::Json(_) => "JSON value",
        BodyContent::FormFields(_) => "form, one argument per field",
        BodyContent::Form { .. } => "form value",
        BodyContent::Multipart { .. } => "multipart",
        BodyContent::JsonItems { .. } => "JSON values",
        BodyContent::UnnamedParts { .. } => "parts without names",
        BodyContent::Text => "text",
        BodyContent::Bytes => "bytes",
    }
}
