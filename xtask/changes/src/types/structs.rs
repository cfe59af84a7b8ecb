//! Objects: their fields and additional properties.

use std::sync::LazyLock;

use sdk_generator::{
    emit::{Context, public_api},
    render::type_name,
};
use sdk_model::{Constraints, Field, Presence, Shape, Type, TypeDef, Usage};

use super::super::{
    change::Rust,
    collect::{Collector, Effect, ItemPath},
    kind::{Aspect, Subject},
    members::{self, Location, Member},
    text::quoted,
};

static UNCONSTRAINED: LazyLock<Constraints> = LazyLock::new(Constraints::default);

/// Compares the fields of two structs.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, before: &TypeDef, after: &TypeDef) {
    let (old, new) = (of(out.before, before), of(out.after, after));
    members::compare(out, path, &old, &new);
    let visible = |member: &Member<'_>| member.item.is_some();
    if members::in_order(&old, &new, visible) {
        return;
    }
    let rust = if members::in_order(&old, &new, |it| it.is_argument()) {
        Rust::None
    } else {
        Rust::Breaking
    };
    let effect = Effect::in_rust(rust);
    out.note(
        Subject::Type,
        Aspect::Order,
        path,
        effect,
        "order of fields changed",
    );
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

/// The additional properties.
fn rest<'m>(context: &Context<'_>, definition: &'m TypeDef, ty: &'m Type) -> Member<'m> {
    Member {
        wire: "",
        location: Location::Additional,
        label: "additional properties".to_owned(),
        subject: Subject::Field,
        ident: "additional",
        ty: Some(ty),
        type_text: type_name(context.api, ty),
        presence: Presence::Optional,
        docs: "",
        default: None,
        example: None,
        deprecation: None,
        constraints: &UNCONSTRAINED,
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
        constraints,
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
        constraints,
        style: String::new(),
        origin: Some(origin),
        usage: Usage {
            request: definition.usage.request && !read_only,
            response: definition.usage.response && !write_only,
        },
        item: public_api::field(context, definition, one),
    }
}
