//! Variants of unions.

use sdk_generator::emit::{
    Context,
    public_api::{self, ApiItem},
};
use sdk_model::{Shape, TypeDef, Usage, Variant};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath, signature_text},
    effects::same_order,
    facets::{self, Facet},
    kind::{Aspect, Subject},
    text::{list, quoted},
    type_text, wire,
};

/// A variant and what generated code shows of it.
type Viewed<'m> = (&'m Variant, ApiItem);

/// Compares the variants of a union.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, sides: [&TypeDef; 2]) {
    let [old, new] = sides;
    let usage = new.usage;
    let (before, after) = (variants(out.before, old), variants(out.after, new));
    let mut fresh: Vec<&Viewed<'_>> = after.iter().collect();
    let mut left: Vec<&Viewed<'_>> = Vec::new();
    for variant in &before {
        let ident = &variant.0.name.ident;
        match fresh
            .iter()
            .position(|(other, _)| other.name.ident == *ident)
        {
            Some(at) => pair(out, path, usage, variant, fresh.remove(at)),
            None => left.push(variant),
        }
    }
    for variant in left {
        // Another name of the variant or of its type.
        let same = |(other, _): &&Viewed<'_>| {
            variant.0.ty == other.ty || out.renamed_in(&variant.0.ty, &other.ty).is_some()
        };
        match fresh.iter().position(same) {
            Some(at) => pair(out, path, usage, variant, fresh.remove(at)),
            None => removed(out, path, usage, variant.0),
        }
    }
    for (variant, _) in fresh {
        let path = part(path, variant, Sides::after(&variant.name.ident));
        let message = format!("new variant {}", quoted(variant.name.ident.as_str()));
        out.note(
            Subject::Variant,
            Aspect::Added,
            &path,
            Effect::ADDS,
            message,
        );
    }
    let idents = |variants: &[Viewed<'_>]| -> Vec<String> {
        let idents = variants.iter().map(|(it, _)| it.name.ident.to_string());
        idents.collect()
    };
    if !same_order(idents(&before), idents(&after)) {
        let effect = Effect::in_rust(Rust::None);
        out.note(
            Subject::Type,
            Aspect::Order,
            path,
            effect,
            "order of variants changed",
        );
    }
}

fn removed(out: &mut Collector<'_>, path: &ItemPath, usage: Usage, variant: &Variant) {
    let ident = &variant.name.ident;
    let wire = if usage.request {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let path = part(path, variant, Sides::before(ident));
    let message = format!("removed variant {}", quoted(ident.as_str()));
    let effect = Effect::new(wire, Rust::Breaking);
    out.note(Subject::Variant, Aspect::Removed, &path, effect, message);
}

fn part(path: &ItemPath, variant: &Variant, sides: Sides) -> ItemPath {
    let name = format!("variant {}", variant.name.ident);
    path.part(&name, sides, path.pointer.clone())
}

/// The variants of a union.
fn variants<'m>(context: &Context<'_>, definition: &'m TypeDef) -> Vec<Viewed<'m>> {
    match &definition.shape {
        Shape::Union { variants, .. } => variants
            .iter()
            .zip(public_api::variants(context, definition))
            .collect(),
        _ => Vec::new(),
    }
}

fn pair(
    out: &mut Collector<'_>,
    path: &ItemPath,
    usage: Usage,
    (before, old): &Viewed<'_>,
    (after, new): &Viewed<'_>,
) {
    let Variant {
        name,
        ty,
        tags,
        // The match rule.
        required: _,
        constants: _,
        is_default: _,
        defaults: _,
        docs,
    } = before;
    let ident = &after.name.ident;
    let label = format!("variant {}", quoted(ident.as_str()));
    let path = part(path, after, Sides::both(&name.ident, ident));
    type_of(out, &path, &label, usage, [(before, old), (after, new)]);
    let shows = old.code != new.code || old.docs != new.docs;
    let documented = old.docs != new.docs;
    let removed = tags.iter().any(|tag| !after.tags.contains(tag));
    let wire = match removed {
        // Without a discriminator, the union's own change says it.
        true if after.tags.is_empty() => Wire::None,
        true => Wire::Breaking,
        false => Wire::Additive,
    };
    let texts = [tags, &after.tags].map(|tags| list(tags.iter().map(String::as_str)));
    let same_rule = *tags != after.tags || old.code == new.code || *ty != after.ty;
    let rule = |words: &str| (!same_rule).then(|| words.to_owned());
    let renamed = [name, &after.name].map(|name| Some(name.ident.to_string()));
    let named = |name: &str| (*docs == after.docs).then(|| name.to_owned());
    let facets = [
        Facet::new(
            Aspect::Renamed,
            format!("{label}: Rust name"),
            renamed,
            Effect::in_rust(Rust::Breaking),
        ),
        Facet::new(
            Aspect::Values,
            format!("{label}: discriminator values"),
            texts,
            Effect::new(wire, Rust::None).visible_if(shows),
        ),
        Facet::new(
            Aspect::MatchRule,
            &label,
            [rule("before"), rule("after")],
            Effect::in_rust(Rust::None),
        )
        .says("is recognized by other members"),
        Facet::documentation(&label, [docs, &after.docs], documented),
        Facet::new(
            Aspect::Id,
            format!("{label}: name in the document"),
            [named(&name.wire), named(&after.name.wire)],
            Effect::DOCS.visible_if(documented),
        ),
    ];
    facets::compare(out, Subject::Variant, &path, facets);
}

fn type_of(
    out: &mut Collector<'_>,
    path: &ItemPath,
    label: &str,
    usage: Usage,
    [(before, old), (after, new)]: [(&Variant, &ApiItem); 2],
) {
    if before.ty == after.ty {
        return;
    }
    let same = old.signature == new.signature;
    let rust = if same { Rust::None } else { Rust::Breaking };
    let [was, is] = type_text::distinct(out.contexts(), &before.ty, &after.ty);
    let message = format!("{label}: type changed from `{was}` to `{is}`");
    let wire = wire::of_types(out, &before.ty, &after.ty, usage);
    let effect = Effect::new(wire, rust).visible_if(!same || old.code != new.code);
    let details = Details {
        value: Sides::both(was, is),
        signature: Sides::both(
            signature_text(&old.signature),
            signature_text(&new.signature),
        ),
        cause: out.renamed_in(&before.ty, &after.ty).map(|id| id.0.clone()),
    };
    let (subject, aspect) = (Subject::Variant, Aspect::Type);
    out.note_with(subject, aspect, path, effect, message, details);
}
