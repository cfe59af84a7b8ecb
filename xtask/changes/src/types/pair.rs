//! A type that is there before and after.

use proc_macro2::TokenStream;

use super::{
    super::{
        change::{Rust, Wire},
        collect::{Collector, Effect, Place},
        files,
        interface::Interface,
        kind::{Aspect, Subject},
        shown, spelling,
        text::quoted,
        wire,
    },
    identity, place_of, public_path, structs, values, variants,
};
use sdk_generator::emit::public_api;
use sdk_model::{Shape, Type, TypeDef, Usage};

/// Compares a type with what became of it.
pub(super) fn compare(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let TypeDef {
        // Together, the path.
        module: _,
        name,
        parent: _,
        docs: _,
        deprecation: _,
        example: _,
        shape: _,
        usage: _,
        // Told with every change, as its pointer.
        origin: _,
    } = before;
    let codes = Codes::of(out, before, after);
    let place = place_of(out, before, after);
    identity::compare(out, &place, before, after);
    if before == after && codes.same {
        return;
    }
    let mark = out.changes.len();
    exported(out, &place, before, after);
    // As it was, but for the directions it travels in.
    let turned = TypeDef {
        usage: after.usage,
        ..before.clone()
    };
    usage(out, &place, before, &turned);
    words(out, &place, &turned, after);
    if name.wire != after.name.wire {
        let seen = shown::by_type(out.before, &turned, |it| {
            it.name.wire.clone_from(&after.name.wire);
        });
        let message = format!(
            "{} is {} in the document now, not {}.",
            quoted(after.name.ident.as_str()),
            quoted(&after.name.wire),
            quoted(&name.wire)
        );
        let effect = Effect::DOCS.seen(seen);
        out.note(Subject::Type, Aspect::Id, &place, effect, message);
    }
    shape(out, &place, &turned, after);
    if before.id() == after.id() {
        remainder(out, &place, after, codes, mark);
    }
}

/// The same type, exported at another path.
fn exported(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef) {
    let path = public_path(out.after, after);
    if public_path(out.before, before) == path || before.id() != after.id() {
        return;
    }
    let mut place = place.clone();
    place.files.push(files::above_type(out.after, after));
    let rust = if after.parent.is_some() {
        Rust::Breaking
    } else {
        Rust::Additive
    };
    let message = format!(
        "{} is exported as {} now.",
        quoted(after.name.ident.as_str()),
        quoted(&path)
    );
    let effect = Effect::in_rust(rust);
    out.note(Subject::Type, Aspect::Renamed, &place, effect, message);
}

fn usage(out: &mut Collector<'_>, place: &Place, before: &TypeDef, turned: &TypeDef) {
    if before.usage == turned.usage {
        return;
    }
    let old = public_api::type_code(out.before, before);
    let new = public_api::type_code(out.before, turned);
    let seen = old.to_string() != new.to_string();
    let (rust, _) = Interface::of(old).against(&Interface::of(new));
    let message = format!(
        "{} is {} now; before, it was {}.",
        quoted(before.name.ident.as_str()),
        used(turned.usage),
        used(before.usage)
    );
    let effect = Effect::in_rust(rust).seen(seen);
    out.note(Subject::Type, Aspect::Usage, place, effect, message);
}

fn used(usage: Usage) -> &'static str {
    match (usage.request, usage.response) {
        (true, true) => "part of requests and answers",
        (true, false) => "part of requests",
        (false, true) => "part of answers",
        (false, false) => "part of nothing",
    }
}

/// The description, the example, the deprecation.
fn words(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef) {
    let name = quoted(after.name.ident.as_str());
    let context = out.before;
    let mut item = out.item(Subject::Type, place);
    if before.deprecation != after.deprecation {
        let seen = shown::by_type(context, before, |it| {
            it.deprecation.clone_from(&after.deprecation);
        });
        let message = match (&before.deprecation, &after.deprecation) {
            (None, Some(_)) => format!("{name} is deprecated."),
            (_, None) => format!("{name} is no longer deprecated."),
            (Some(_), Some(_)) => format!("{name} is deprecated with other advice."),
        };
        item.note(Aspect::Deprecation, Effect::DOCS.seen(seen), message);
    }
    if before.docs != after.docs {
        let seen = shown::by_type(context, before, |it| it.docs.clone_from(&after.docs));
        let message = format!("{name} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
    if before.example != after.example {
        let seen = shown::by_type(context, before, |it| it.example.clone_from(&after.example));
        let message = format!("{name} has another example.");
        item.note(Aspect::Example, Effect::DOCS.seen(seen), message);
    }
}

fn shape(out: &mut Collector<'_>, place: &Place, before: &TypeDef, after: &TypeDef) {
    match (&before.shape, &after.shape) {
        (Shape::Struct { .. }, Shape::Struct { .. }) => {
            structs::compare(out, place, before, after);
        }
        (Shape::StringEnum { values: old }, Shape::StringEnum { values: new })
        | (Shape::IntegerEnum { values: old }, Shape::IntegerEnum { values: new }) => {
            values::compare(out, place, after.usage, old, new);
        }
        (
            Shape::Union {
                variants: _,
                discriminator: old_by,
            },
            Shape::Union {
                variants: _,
                discriminator: new_by,
            },
        ) => {
            variants::compare(out, place, [before, after]);
            if old_by != new_by {
                let seen = shown::by_type(out.before, before, |it| {
                    if let Shape::Union { discriminator, .. } = &mut it.shape {
                        discriminator.clone_from(new_by);
                    }
                });
                let message = format!(
                    "The variants of {} are told apart {} now, not {}.",
                    quoted(&place.item),
                    told_by(new_by.as_deref()),
                    told_by(old_by.as_deref())
                );
                let effect = Effect::new(Wire::Breaking, Rust::None).seen(seen);
                out.note(Subject::Type, Aspect::Discriminator, place, effect, message);
            }
        }
        (Shape::Alias(old), Shape::Alias(new)) => alias(out, place, after.usage, old, new),
        (old, new) => {
            let message = format!(
                "{} is {} now, not {}.",
                quoted(&place.item),
                kind(new),
                kind(old)
            );
            out.note(Subject::Type, Aspect::Shape, place, Effect::BREAKS, message);
        }
    }
}

fn told_by(name: Option<&str>) -> String {
    name.map_or_else(
        || "by their content".to_owned(),
        |name| format!("by {}", quoted(name)),
    )
}

fn alias(out: &mut Collector<'_>, place: &Place, usage: Usage, old: &Type, new: &Type) {
    if old == new {
        return;
    }
    let contexts = [out.before, out.after];
    let same = public_api::type_text(out.before, old) == public_api::type_text(out.after, new);
    let rust = if same { Rust::None } else { Rust::Breaking };
    let [was, is] = spelling::apart(contexts, old, new);
    let message = format!(
        "{} stands for {} now, not {}.",
        quoted(&place.item),
        quoted(&is),
        quoted(&was)
    );
    let effect = Effect::new(wire::of_types(contexts, old, new, usage), rust).seen(!same);
    out.note(Subject::Type, Aspect::Type, place, effect, message);
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "an object",
        Shape::StringEnum { .. } => "an enum of strings",
        Shape::IntegerEnum { .. } => "an enum of integers",
        Shape::Union { .. } => "a union",
        Shape::Alias(_) => "another name for a type",
    }
}

/// The code of a type, before and after.
struct Codes {
    before: TokenStream,
    after: TokenStream,
    same: bool,
}

impl Codes {
    fn of(out: &Collector<'_>, before: &TypeDef, after: &TypeDef) -> Self {
        let before = public_api::type_code(out.before, before);
        let after = public_api::type_code(out.after, after);
        Self {
            same: before.to_string() == after.to_string(),
            before,
            after,
        }
    }
}

/// Whatever else the code shows: traits that a type inside takes away, and their kin.
fn remainder(out: &mut Collector<'_>, place: &Place, after: &TypeDef, codes: Codes, mark: usize) {
    if codes.same {
        return;
    }
    let (rust, names) = Interface::of(codes.before).against(&Interface::of(codes.after));
    let noted = out.most_since(mark);
    if noted.is_some_and(|noted| rust <= noted) {
        return;
    }
    let name = quoted(after.name.ident.as_str());
    let aspect = match rust {
        Rust::None | Rust::Docs => Aspect::Form,
        Rust::Additive | Rust::Breaking => Aspect::Traits,
    };
    let message = if names.is_empty() {
        format!("{name} is handled in another way, as a type that it uses is.")
    } else {
        format!("{name} has other items: {}.", quoted(&names.join(", ")))
    };
    let effect = Effect::in_rust(rust);
    out.note(Subject::Type, aspect, place, effect, message);
}
