//! A type that is there before and after.

use proc_macro2::TokenStream;
use sdk_generator::emit::public_api;
use sdk_model::{Shape, Type, TypeDef, Usage};

use super::{
    super::{
        change::{Rust, Sides, Wire},
        collect::{Collector, Details, Effect, ItemPath},
        constraints,
        facets::{self, Facet},
        interface::Interface,
        kind::{Aspect, Subject},
        text::{capped, quoted},
        type_text, visible, wire,
    },
    identity, path_of, public_path, shared_members, structs, values, variants,
};

/// Compares a type with what became of it.
pub(super) fn compare(out: &mut Collector<'_>, before: &TypeDef, after: &TypeDef) {
    let TypeDef {
        // Together, the path.
        module: _,
        name: _,
        parent: _,
        docs: _,
        deprecation: _,
        example: _,
        shape: _,
        usage: _,
        constraints,
        // Part of every change, as its pointer.
        origin: _,
    } = before;
    let codes = Codes::of(out, before, after);
    let path = path_of(out, Some(before), Some(after));
    identity::compare(out, &path, before, after);
    if before == after && codes.same && same_member_docs(out, before, after) {
        return;
    }
    let start = out.changes.len();
    exported(out, &path, before, after);
    // The old type, used as the new one is.
    let turned = TypeDef {
        usage: after.usage,
        ..before.clone()
    };
    usage(out, &path, before, &turned);
    facets::compare(out, Subject::Type, &path, facets(out, &turned, after));
    shape(out, &path, &turned, after);
    let limits = [constraints, &after.constraints];
    constraints::compare(out, Subject::Type, &path, "", limits, after.usage, &[]);
    let is_alias = alias_documentation(out, &path, [before, after], start);
    if before.id() == after.id() && !is_alias {
        remainder(out, &path, codes, start);
    }
}

/// Whether the documentation of an alias describes the same members.
fn same_member_docs(out: &Collector<'_>, before: &TypeDef, after: &TypeDef) -> bool {
    public_api::member_docs(out.before, before) == public_api::member_docs(out.after, after)
}

/// Where the name is an alias on both sides, only its own documentation describes its members:
/// those whose descriptions differ from the aliased type's. Returns whether it is one.
fn alias_documentation(
    out: &mut Collector<'_>,
    path: &ItemPath,
    sides: [&TypeDef; 2],
    start: usize,
) -> bool {
    let [before, after] = sides;
    let texts = [
        public_api::member_docs(out.before, before),
        public_api::member_docs(out.after, after),
    ];
    let [Some(was), Some(is)] = texts else {
        return false;
    };
    for change in out.changes.iter_mut().skip(start) {
        let is_member = change.kind.subject != Subject::Type;
        let is_shown = change.kind.aspect == Aspect::Docs && was != is;
        if is_member && change.rust == Rust::Docs && !is_shown {
            change.visible = false;
            change.rust = Rust::None;
        }
    }
    if was != is && out.most_since(start).is_none() {
        let facet = Facet::documentation("members", [&was, &is], true);
        facets::compare(out, Subject::Type, path, [facet]);
    }
    true
}

/// The same type, exported at another path.
fn exported(out: &mut Collector<'_>, path: &ItemPath, before: &TypeDef, after: &TypeDef) {
    let exported = public_path(out.after, after);
    if public_path(out.before, before) == exported || before.id() != after.id() {
        return;
    }
    let mut path = path.clone();
    let declaration = out.files[1].declaration(&after.id());
    path.files.extend(declaration.map(str::to_owned));
    let rust = if after.parent.is_some() {
        Rust::Breaking
    } else {
        Rust::Additive
    };
    let message = format!("now exported as {}", quoted(&exported));
    let effect = Effect::in_rust(rust);
    out.note(Subject::Type, Aspect::Renamed, &path, effect, message);
}

fn usage(out: &mut Collector<'_>, path: &ItemPath, before: &TypeDef, turned: &TypeDef) {
    if before.usage == turned.usage {
        return;
    }
    let old = public_api::type_code(out.before, before);
    let new = public_api::type_code(out.before, turned);
    let visible = old.to_string() != new.to_string();
    let difference = Interface::of(old).difference(&Interface::of(new));
    let effect = Effect::in_rust(difference.effect).visible_if(visible);
    let texts = [before, turned].map(|it| Some(used(it.usage).to_owned()));
    let facet = Facet::new(Aspect::Usage, "use", texts, effect);
    facets::compare(out, Subject::Type, path, [facet]);
}

fn used(usage: Usage) -> &'static str {
    match (usage.request, usage.response) {
        (true, true) => "requests and responses",
        (true, false) => "requests",
        (false, true) => "responses",
        (false, false) => "none",
    }
}

/// Documentation, example, deprecation and the name in the document.
fn facets(out: &Collector<'_>, before: &TypeDef, after: &TypeDef) -> Vec<Facet> {
    let shows = |edit: fn(&mut TypeDef, &TypeDef)| {
        visible::by_type(out.before, before, |it| edit(it, after))
    };
    let note = |it: &TypeDef| it.deprecation.as_ref().map(|it| it.note.clone());
    let notes = [before, after].map(note);
    let mut facets = Vec::new();
    if before.deprecation != after.deprecation {
        facets.push(Facet::deprecation(
            "",
            notes.each_ref().map(Option::as_deref),
            Rust::Docs,
            shows(|it, after| it.deprecation.clone_from(&after.deprecation)),
        ));
    }
    if before.docs != after.docs {
        facets.push(Facet::documentation(
            "",
            [&before.docs, &after.docs],
            shows(|it, after| it.docs.clone_from(&after.docs)),
        ));
    }
    if before.example != after.example {
        facets.push(Facet::example(
            "",
            [before.example.as_ref(), after.example.as_ref()],
            shows(|it, after| it.example.clone_from(&after.example)),
        ));
    }
    if before.name.wire != after.name.wire && before.id() == after.id() {
        let visible = shows(|it, after| it.name.wire.clone_from(&after.name.wire));
        facets.push(Facet::new(
            Aspect::Id,
            "name in the document",
            [before, after].map(|it| Some(it.name.wire.clone())),
            Effect::DOCS.visible_if(visible),
        ));
    }
    facets
}

fn shape(out: &mut Collector<'_>, path: &ItemPath, before: &TypeDef, after: &TypeDef) {
    match (&before.shape, &after.shape) {
        (Shape::Struct { .. }, Shape::Struct { .. }) => {
            structs::compare(out, path, before, after);
        }
        (Shape::StringEnum { values: old }, Shape::StringEnum { values: new })
        | (Shape::IntegerEnum { values: old }, Shape::IntegerEnum { values: new }) => {
            values::compare(out, path, after.usage, old, new);
        }
        (
            Shape::Union {
                variants: _,
                discriminator: old,
            },
            Shape::Union {
                variants: _,
                discriminator: new,
            },
        ) => {
            variants::compare(out, path, [before, after]);
            shared_members::compare(out, path, [before, after]);
            discriminator(out, path, before, [old, new]);
        }
        (Shape::Alias(old), Shape::Alias(new)) => alias(out, path, after.usage, old, new),
        (old, new) => {
            let [was, is] = [old, new].map(kind);
            let message = format!("changed from {was} to {is}");
            let details = Details::values(Sides::both(was, is));
            let (subject, aspect) = (Subject::Type, Aspect::Shape);
            out.note_with(subject, aspect, path, Effect::BREAKS, message, details);
        }
    }
}

fn discriminator(
    out: &mut Collector<'_>,
    path: &ItemPath,
    before: &TypeDef,
    [old, new]: [&Option<String>; 2],
) {
    if old == new {
        return;
    }
    let visible = visible::by_type(out.before, before, |it| {
        if let Shape::Union { discriminator, .. } = &mut it.shape {
            discriminator.clone_from(new);
        }
    });
    let effect = Effect::new(Wire::Breaking, Rust::None).visible_if(visible);
    let facet = Facet::new(
        Aspect::Discriminator,
        "discriminator",
        [old.clone(), new.clone()],
        effect,
    );
    facets::compare(out, Subject::Type, path, [facet]);
}

fn alias(out: &mut Collector<'_>, path: &ItemPath, usage: Usage, old: &Type, new: &Type) {
    if old == new {
        return;
    }
    let texts = [
        public_api::type_text(out.before, old),
        public_api::type_text(out.after, new),
    ];
    let same = texts[0] == texts[1];
    let rust = if same { Rust::None } else { Rust::Breaking };
    let [was, is] = type_text::distinct(out.contexts(), old, new);
    let message = format!("alias changed from {} to {}", capped(&was), capped(&is));
    let effect = Effect::new(wire::of_types(out, old, new, usage), rust).visible_if(!same);
    let [before, after] = texts;
    let details = Details {
        value: Sides::both(was, is),
        signature: Sides::both(before, after),
        cause: out.renamed_in(old, new).map(|id| id.0.clone()),
    };
    let (subject, aspect) = (Subject::Type, Aspect::Type);
    out.note_with(subject, aspect, path, effect, message, details);
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => "an object",
        Shape::StringEnum { .. } => "an enum of strings",
        Shape::IntegerEnum { .. } => "an enum of integers",
        Shape::Union { .. } => "a union",
        Shape::Alias(_) => "an alias",
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

/// Differences in code that no change so far explains: traits that a type inside no longer has.
fn remainder(out: &mut Collector<'_>, path: &ItemPath, codes: Codes, start: usize) {
    if codes.same {
        return;
    }
    let mut difference = Interface::of(codes.before).difference(&Interface::of(codes.after));
    let reported = out.most_since(start);
    if reported.is_some_and(|reported| difference.effect <= reported) {
        return;
    }
    difference.attribute(out);
    let aspect = match difference.effect {
        Rust::None | Rust::Docs => Aspect::Code,
        Rust::Additive | Rust::Breaking => Aspect::Traits,
    };
    let effect = Effect::in_rust(difference.effect);
    let message = difference.message();
    let details = difference.details();
    out.note_with(Subject::Type, aspect, path, effect, message, details);
}
