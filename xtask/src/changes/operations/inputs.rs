//! What an operation takes: parameters, and its body.

use super::{
    change::{Aspect, Rust, Subject, Wire},
    collect::{Collector, Effect, Place},
    members::{self, Member},
    text::quoted,
};
use crate::{
    emit::{Context, faces},
    model::{Body, BodyContent, Field, Operation, Parameter, Part, Presence, Type, Usage},
};

/// Only what is sent.
const SENT: Usage = Usage {
    request: true,
    response: false,
};

/// Compares what two operations take.
pub(super) fn compare(
    out: &mut Collector<'_>,
    place: &Place,
    old: &Operation,
    new: &Operation,
    differs: bool,
) {
    let mut members = [of(out.before, old), of(out.after, new)];
    let mut told_whole = false;
    if let (Some(before), Some(after)) = (&old.body, &new.body) {
        told_whole = body(out, place, before, after, differs);
    }
    if told_whole {
        // The whole body is another; its parts are told by that.
        for members in &mut members {
            members.retain(|member| member.subject == Subject::Parameter);
        }
    }
    let [before, after] = &members;
    members::compare(out, place, before, after);
    if !members::in_order(before, after, |_| true) {
        let argument = |member: &Member<'_>| {
            let face = member.face.as_ref();
            face.and_then(|face| face.offers.get("argument"))
                .is_some_and(|ty| !ty.starts_with('"'))
        };
        let rust = if members::in_order(before, after, argument) {
            Rust::None
        } else {
            Rust::Breaking
        };
        let message = format!(
            "What {} takes stands in another order.",
            quoted(&place.item)
        );
        out.note(
            Subject::Operation,
            Aspect::Order,
            place,
            Effect::new(Wire::None, rust).seen(differs),
            message,
        );
    }
}

/// Compares bodies that are on both sides; says whether they have nothing in common.
fn body(
    out: &mut Collector<'_>,
    place: &Place,
    before: &Body,
    after: &Body,
    differs: bool,
) -> bool {
    let name = quoted(&place.item);
    if before.media_type != after.media_type {
        let message = format!(
            "The body of {name} is {} now, not {}.",
            quoted(&after.media_type),
            quoted(&before.media_type)
        );
        let effect = Effect::new(Wire::Breaking, Rust::None).seen(differs);
        out.note(Subject::Body, Aspect::MediaType, place, effect, message);
    }
    let other = std::mem::discriminant(&before.content) != std::mem::discriminant(&after.content);
    if other {
        let message = format!(
            "The body of {name} is {} now, not {}.",
            kind(&after.content),
            kind(&before.content)
        );
        let effect = Effect::new(Wire::Breaking, Rust::Breaking).seen(differs);
        out.note(Subject::Body, Aspect::Content, place, effect, message);
    } else if before.required != after.required
        && whole(&after.content).is_none()
        && !plain(&after.content)
    {
        let message = format!(
            "The body of {name} {} now.",
            if after.required {
                "is required"
            } else {
                "may be absent"
            }
        );
        let wire = if after.required {
            Wire::Breaking
        } else {
            Wire::Additive
        };
        out.note(
            Subject::Body,
            Aspect::Presence,
            place,
            Effect::new(wire, Rust::None).seen(false),
            message,
        );
    }
    other
}

fn plain(content: &BodyContent) -> bool {
    matches!(content, BodyContent::Text | BodyContent::Bytes)
}

fn whole(content: &BodyContent) -> Option<&Type> {
    match content {
        BodyContent::Json(ty) | BodyContent::Form(ty) => Some(ty),
        _ => None,
    }
}

fn kind(content: &BodyContent) -> &'static str {
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

/// All that an operation takes, in the order in which `faces` tells it.
fn of<'m>(context: &Context<'_>, operation: &'m Operation) -> Vec<Member<'m>> {
    let parameters = [
        ("path", &operation.path_params),
        ("query", &operation.query),
        ("header", &operation.headers),
        ("cookie", &operation.cookies),
    ];
    let mut members: Vec<Member<'m>> = parameters
        .into_iter()
        .flat_map(|(location, list)| list.iter().map(move |one| (location, one)))
        .map(|(location, one)| parameter(context, location, one))
        .collect();
    if let Some(body) = &operation.body {
        match &body.content {
            BodyContent::JsonFields(fields) => {
                let sent = fields.iter().filter(|field| !field.read_only);
                members.extend(sent.map(|one| field(context, one, String::new())));
            }
            BodyContent::FormFields(parts) | BodyContent::Multipart(parts) => {
                members.extend(
                    parts
                        .iter()
                        .map(|part| field(context, &part.field, style_of(part))),
                );
            }
            content => members.push(whole_body(context, body, whole(content))),
        }
    }
    let faces = faces::inputs(context, operation);
    for (member, face) in members.iter_mut().zip(faces) {
        member.face = Some(face);
    }
    members
}

fn style_of(part: &Part) -> String {
    let file = if part.file { "file, " } else { "" };
    let media_type = part.media_type.as_deref().unwrap_or("any type");
    let explode = if part.explode { ", exploded" } else { "" };
    format!("{file}{media_type}, {:?}{explode}", part.style)
}

fn parameter<'m>(context: &Context<'_>, location: &str, one: &'m Parameter) -> Member<'m> {
    let explode = if one.explode { ", exploded" } else { "" };
    let reserved = if one.allow_reserved {
        ", reserved characters as they are"
    } else {
        ""
    };
    Member {
        key: format!("{location} {}", one.name.wire),
        label: format!("{location} parameter {}", quoted(&one.name.wire)),
        subject: Subject::Parameter,
        ident: one.name.ident.as_str(),
        ty: Some(&one.ty),
        type_text: faces::type_text(context, &one.ty),
        presence: one.presence,
        default: one.default.as_ref(),
        deprecation: one.deprecation.as_ref(),
        style: format!("{:?}{explode}{reserved}", one.style),
        origin: Some(&one.origin),
        usage: SENT,
        face: None,
    }
}

fn field<'m>(context: &Context<'_>, one: &'m Field, style: String) -> Member<'m> {
    Member {
        key: format!("body {}", one.name.wire),
        label: format!("body field {}", quoted(&one.name.wire)),
        subject: Subject::BodyField,
        ident: one.name.ident.as_str(),
        ty: Some(&one.ty),
        type_text: faces::type_text(context, &one.ty),
        presence: one.presence,
        default: one.default.as_ref(),
        deprecation: one.deprecation.as_ref(),
        style,
        origin: Some(&one.origin),
        usage: SENT,
        face: None,
    }
}

fn whole_body<'m>(context: &Context<'_>, body: &'m Body, ty: Option<&'m Type>) -> Member<'m> {
    Member {
        key: "body".to_owned(),
        label: "body".to_owned(),
        subject: Subject::Body,
        ident: "body",
        ty,
        type_text: ty.map_or_else(
            || kind(&body.content).to_owned(),
            |ty| faces::type_text(context, ty),
        ),
        presence: Presence::of(body.required, false),
        default: None,
        deprecation: None,
        style: String::new(),
        origin: Some(&body.origin),
        usage: SENT,
        face: None,
    }
}
