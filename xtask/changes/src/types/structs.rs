//! Objects: their fields, and the members that they do not name.

use super::super::{
    change::Rust,
    collect::{Collector, Effect, Place},
    kind::{Aspect, Subject},
    members::{self, Location, Member},
    text::quoted,
};
use sdk_generator::emit::{Context, public_api};
use sdk_generator::render::type_name;
use sdk_model::{Field, Presence, Shape, Type, TypeDef, Usage};

/// Compares the fields of two structs.
pub(super) fn compare(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef) {
    let (old, new) = (of(out.before, before), of(out.after, after));
    members::compare(out, place, &old, &new);
    let shown = |member: &Member<'_>| member.item.is_some();
    if members::in_order(&old, &new, shown) {
        return;
    }
    let rust = if members::in_order(&old, &new, |it| it.is_argument()) {
        Rust::None
    } else {
        Rust::Breaking
    };
    let message = format!(
        "The fields of {} stand in another order.",
        quoted(&place.item)
    );
    let effect = Effect::in_rust(rust);
    out.note(Subject::Type, Aspect::Order, place, effect, message);
}

fn of<'m>(context: &Context<'_>, definition: &'m TypeDef) -> Vec<Member<'m>> {
    let Shape::Struct { fields, additional } = &definition.shape else {
        return Vec::new();
    };
    fields
        .iter()
        .map(|one| field(context, definition, one))
        .chain(additional.iter().map(|ty| rest(context, definition, ty)))
        .collect()
}

/// The members that the document does not name.
fn rest<'m>(context: &Context<'_>, definition: &'m TypeDef, ty: &'m Type) -> Member<'m> {
    Member {
        wire: "",
        location: Location::Rest,
        label: "further members".to_owned(),
        subject: Subject::Field,
        ident: "additional",
        ty: Some(ty),
        type_text: type_name(context.api, ty),
        presence: Presence::Optional,
        docs: "",
        default: None,
        example: None,
        deprecation: None,
        style: String::new(),
        origin: Some(&definition.origin),
        usage: definition.usage,
        item: Some(public_api::additional(context, ty)),
    }
}

fn field<'m>(context: &Context<'_>, definition: &TypeDef, one: &'m Field) -> Member<'m> {
    let Field {
        name,
        ty,
        presence,
        docs,
        deprecation,
        read_only,
        write_only,
        default,
        example,
        origin,
    } = one;
    Member {
        wire: &name.wire,
        location: Location::Type,
        label: format!("field {}", quoted(&name.wire)),
        subject: Subject::Field,
        ident: name.ident.as_str(),
        ty: Some(ty),
        type_text: type_name(context.api, ty),
        presence: *presence,
        docs,
        default: default.as_ref(),
        example: example.as_ref(),
        deprecation: deprecation.as_ref(),
        style: String::new(),
        origin: Some(origin),
        usage: Usage {
            request: definition.usage.request && !read_only,
            response: definition.usage.response && !write_only,
        },
        item: public_api::field(context, definition, one),
    }
}
