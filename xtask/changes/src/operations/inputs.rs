//! What an operation takes: parameters and the parts of its request body.

use std::sync::LazyLock;

use sdk_generator::{
    emit::{Context, public_api},
    render::type_name,
};
use sdk_model::{
    Body, BodyContent, Constraints, Field, Operation, Parameter, Part, PartContent, Presence,
    Style, Usage,
};

use super::{
    super::{
        change::Rust,
        collect::{Collector, Effect, ItemPath},
        kind::{Aspect, Subject},
        members::{self, Location, Member},
        text::quoted,
    },
    Pair,
    body::{self, kind, whole},
    body_object,
};

/// Part of requests only.
const REQUEST: Usage = Usage {
    request: true,
    response: false,
};

static UNCONSTRAINED: LazyLock<Constraints> = LazyLock::new(Constraints::default);

/// Compares what two operations take.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) {
    let [old, new] = pair.operations();
    let mut members = [of(out.before, old), of(out.after, new)];
    if body::compare(out, path, pair) {
        for members in &mut members {
            members.retain(|member| member.subject == Subject::Parameter);
        }
        // No code shows one by one what is given in another way.
        let objects = body_object::fields(out.contexts(), [old, new]);
        for ((members, fields), context) in members
            .iter_mut()
            .zip(objects.into_iter().flatten())
            .zip(out.contexts())
        {
            members.extend(
                fields
                    .into_iter()
                    .map(|one| field(context, one, String::new())),
            );
        }
    }
    let [before, after] = &members;
    members::compare(out, path, before, after);
    if !members::in_order(before, after, |it| it.item.is_some()) {
        let same = members::in_order(before, after, |it| it.is_argument());
        let rust = if same { Rust::None } else { Rust::Breaking };
        let effect = Effect::in_rust(rust);
        let message = "order of parameters and body fields changed";
        out.note(Subject::Operation, Aspect::Order, path, effect, message);
    }
}

/// All that an operation takes, in the order of `public_api::inputs`.
fn of<'m>(context: &Context<'_>, operation: &'m Operation) -> Vec<Member<'m>> {
    let parameters = [
        (Location::Path, &operation.path_params),
        (Location::Query, &operation.query),
        (Location::Header, &operation.headers),
        (Location::Cookie, &operation.cookies),
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
            BodyContent::FormFields(parts) => {
                members.extend(parts.iter().map(|one| part(context, one)));
            }
            BodyContent::Multipart { parts, open } => {
                members.extend(parts.iter().map(|one| part(context, one)));
                if *open {
                    members.push(other_parts(body, parts));
                }
            }
            _ => members.push(whole_body(context, body)),
        }
    }
    let public_api = public_api::inputs(context, operation);
    for (member, item) in members.iter_mut().zip(public_api) {
        member.item = Some(item);
    }
    members
}

fn parameter<'m>(context: &Context<'_>, location: Location, one: &'m Parameter) -> Member<'m> {
    let Parameter {
        name,
        ty,
        presence,
        style,
        explode,
        allow_reserved,
        docs,
        deprecation,
        default,
        constraints,
        origin,
    } = one;
    Member {
        wire: &name.wire,
        location,
        label: format!("{} parameter {}", location.as_str(), quoted(&name.wire)),
        subject: Subject::Parameter,
        ident: name.ident.as_str(),
        ty: Some(ty),
        type_text: type_name(context.api, ty),
        presence: *presence,
        docs,
        default: default.as_ref(),
        example: None,
        deprecation: deprecation.as_ref(),
        constraints,
        style: style_text(*style, *explode, *allow_reserved),
        origin: Some(origin),
        usage: REQUEST,
        item: None,
    }
}

/// The keywords of a serialization, as the document has them.
fn style_text(style: Style, explode: bool, allow_reserved: bool) -> String {
    let style = match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Json => "JSON",
        Style::WholeJson => "the whole query string as JSON",
        Style::WholeText => "the whole query string as text",
    };
    let explode = if explode { ", explode" } else { "" };
    let reserved = if allow_reserved {
        ", allowReserved"
    } else {
        ""
    };
    format!("{style}{explode}{reserved}")
}

fn part<'m>(context: &Context<'_>, one: &'m Part) -> Member<'m> {
    let Part {
        field: inner,
        content,
        media_types,
        style,
    } = one;
    let style = style.as_ref().map_or_else(String::new, |form| {
        let style = style_text(form.style, form.explode, form.allow_reserved);
        format!(", {style}")
    });
    let content = match content {
        PartContent::Value => "value",
        PartContent::Json => "JSON",
        PartContent::File => "file",
        PartContent::Raw => "encoded by the caller",
    };
    let media_types = match media_types.as_slice() {
        [] => "any media type".to_owned(),
        media_types => media_types.join(" or "),
    };
    field(context, inner, format!("{content}, {media_types}{style}"))
}

fn field<'m>(context: &Context<'_>, one: &'m Field, style: String) -> Member<'m> {
    let Field {
        name,
        ty,
        presence,
        docs,
        deprecation,
        // Read-only properties are no part of a body, and write-only ones are nothing special.
        read_only: _,
        write_only: _,
        default,
        example,
        constraints,
        origin,
    } = one;
    Member {
        wire: &name.wire,
        location: Location::Body,
        label: format!("body field {}", quoted(&name.wire)),
        subject: Subject::BodyField,
        ident: name.ident.as_str(),
        ty: Some(ty),
        type_text: type_name(context.api, ty),
        presence: *presence,
        docs,
        default: default.as_ref(),
        example: example.as_ref(),
        deprecation: deprecation.as_ref(),
        constraints,
        style,
        origin: Some(origin),
        usage: REQUEST,
        item: None,
    }
}

/// The parts of a multipart body that the document does not name.
fn other_parts<'m>(body: &'m Body, parts: &[Part]) -> Member<'m> {
    Member {
        wire: "",
        location: Location::OtherParts,
        label: "body parts of any other name".to_owned(),
        subject: Subject::BodyField,
        ident: "other_parts",
        ty: None,
        type_text: "Part".to_owned(),
        presence: Presence::of(body.required && parts.is_empty(), false),
        docs: "",
        default: None,
        example: None,
        deprecation: None,
        constraints: &UNCONSTRAINED,
        style: String::new(),
        origin: Some(&body.origin),
        usage: REQUEST,
        item: None,
    }
}

fn whole_body<'m>(context: &Context<'_>, body: &'m Body) -> Member<'m> {
    let ty = whole(&body.content);
    Member {
        wire: "",
        location: Location::Body,
        label: "request body".to_owned(),
        subject: Subject::Body,
        ident: "body",
        ty,
        type_text: ty.map_or_else(
            || kind(&body.content).to_owned(),
            |ty| type_name(context.api, ty),
        ),
        presence: Presence::of(body.required, false),
        docs: &body.docs,
        default: None,
        example: None,
        deprecation: None,
        // Compared with the body.
        constraints: &UNCONSTRAINED,
        style: String::new(),
        origin: Some(&body.origin),
        usage: REQUEST,
        item: None,
    }
}
