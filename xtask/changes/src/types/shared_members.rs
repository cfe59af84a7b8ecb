//! Methods of unions for the properties that all variants have.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::{
    emit::{
        Context,
        public_api::{self, ApiItem},
    },
    render::type_name,
};
use sdk_model::{Field, TypeDef};

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Details, Effect, ItemPath, signature_text},
    effects::same_order,
    kind::{Aspect, Subject},
    text::quoted,
};

/// A property with a method, and what generated code shows of it.
type Viewed<'m> = (&'m Field, ApiItem);

/// Compares the methods.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, sides: [&TypeDef; 2]) {
    let [before, after] = out.contexts();
    let [old, new] = [
        public_api::shared_members(before, sides[0]),
        public_api::shared_members(after, sides[1]),
    ];
    let by_name = |members: &[Viewed<'_>]| -> BTreeMap<String, usize> {
        let names = members.iter().enumerate();
        names
            .map(|(at, (field, _))| (field.name.ident.to_string(), at))
            .collect()
    };
    let (old_names, new_names) = (by_name(&old), by_name(&new));
    let names: BTreeSet<&String> = old_names.keys().chain(new_names.keys()).collect();
    for name in names {
        let was = old_names.get(name).and_then(|at| old.get(*at));
        let is = new_names.get(name).and_then(|at| new.get(*at));
        one(out, path, name, [was, is]);
    }
    let order = |members: &[Viewed<'_>]| -> Vec<String> {
        let names = members
            .iter()
            .map(|(field, _)| field.name.ident.to_string());
        names.collect()
    };
    if !same_order(order(&old), order(&new)) {
        let effect = Effect::in_rust(Rust::None);
        let message = "order of methods changed";
        out.note(Subject::Type, Aspect::Order, path, effect, message);
    }
}

fn one(out: &mut Collector<'_>, path: &ItemPath, name: &str, sides: [Option<&Viewed<'_>>; 2]) {
    let part = |side: Option<&Viewed<'_>>| side.map(|_| name.to_owned());
    let [was, is] = sides;
    let idents = Sides {
        before: part(was),
        after: part(is),
    };
    let path = path.part(
        &format!("method {}", name.trim_start_matches("r#")),
        idents,
        path.pointer.clone(),
    );
    let label = format!("method {}", quoted(name.trim_start_matches("r#")));
    let (aspect, rust, message) = match sides {
        [None, Some((field, _))] => (
            Aspect::Added,
            Rust::Additive,
            format!("new {label}: every variant has the property {}", of(field)),
        ),
        [Some((field, _)), None] => (
            Aspect::Removed,
            Rust::Breaking,
            format!(
                "removed {label}: not every variant has the property {} with one type",
                of(field)
            ),
        ),
        [Some((old, before)), Some((new, after))] if before != after => {
            let same = before.signature == after.signature;
            let rust = if same { Rust::None } else { Rust::Breaking };
            let message = format!("{label}: {}", difference(out.contexts(), old, new));
            (Aspect::Type, rust, message)
        }
        _ => return,
    };
    let signature =
        |side: Option<&Viewed<'_>>| side.map(|(_, item)| signature_text(&item.signature));
    let details = Details {
        signature: Sides {
            before: signature(was),
            after: signature(is),
        },
        cause: match sides {
            [Some((old, _)), Some((new, _))] => {
                out.renamed_in(&old.ty, &new.ty).map(|id| id.0.clone())
            }
            _ => None,
        },
        ..Details::default()
    };
    let effect = Effect::in_rust(rust);
    out.note_with(Subject::Method, aspect, &path, effect, message, details);
}

fn of(field: &Field) -> String {
    quoted(&field.name.wire)
}

fn difference([before, after]: [&Context<'_>; 2], old: &Field, new: &Field) -> String {
    if old.name.wire != new.name.wire {
        return format!("returns the property {} instead of {}", of(new), of(old));
    }
    format!(
        "type changed from {} to {}",
        quoted(&type_name(before.api, &old.ty)),
        quoted(&type_name(after.api, &new.ty))
    )
}
