//! Security schemes.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{SchemeKind, SecurityScheme};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, ItemPath},
    effects::same_order,
    facets::{self, Facet},
    kind::{Aspect, Subject},
    visible,
};

/// Compares the security schemes.
pub(super) fn compare(
    out: &mut Collector<'_>,
    before: &[SecurityScheme],
    after: &[SecurityScheme],
) {
    let by_name = |schemes: &[SecurityScheme]| -> BTreeMap<String, SecurityScheme> {
        schemes
            .iter()
            .map(|scheme| (scheme.name.wire.clone(), scheme.clone()))
            .collect()
    };
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        let path = path(out, name, before, after);
        let subject = Subject::Credential;
        match (before, after) {
            (None, Some(scheme)) => {
                let effect = Effect::new(Wire::Additive, of_setter(scheme, Rust::Additive));
                out.note(subject, Aspect::Added, &path, effect, "new security scheme");
            }
            (Some(scheme), None) => {
                // What an operation accepts is compared with the operation.
                let effect = Effect::in_rust(of_setter(scheme, Rust::Breaking));
                let message = "security scheme no longer used";
                out.note(subject, Aspect::Removed, &path, effect, message);
            }
            (Some(old), Some(new)) => pair(out, &path, old, new),
            (None, None) => {}
        }
    }
    order(out, before, after);
}

/// The effect on the builder's setter; a client certificate has none.
fn of_setter(scheme: &SecurityScheme, rust: Rust) -> Rust {
    match scheme.kind {
        SchemeKind::MutualTls => Rust::None,
        _ => rust,
    }
}

fn path(
    out: &Collector<'_>,
    name: &str,
    before: Option<&SecurityScheme>,
    after: Option<&SecurityScheme>,
) -> ItemPath {
    let path = |scheme: Option<&SecurityScheme>| {
        scheme.map(|scheme| format!("{}::ClientBuilder::{}", out.api, scheme.name.ident))
    };
    let origin = |scheme: Option<&SecurityScheme>| scheme.map(|scheme| scheme.origin.to_string());
    ItemPath {
        item: format!("security scheme {name}"),
        target: format!("security scheme {name}"),
        path: Sides {
            before: path(before),
            after: path(after),
        },
        pointer: Sides {
            before: origin(before),
            after: origin(after),
        },
        files: vec![out.api_file("client")],
        ..ItemPath::default()
    }
}

fn pair(out: &mut Collector<'_>, path: &ItemPath, old: &SecurityScheme, new: &SecurityScheme) {
    let SecurityScheme {
        name,
        kind,
        env,
        // Part of the client's code, whose remainder is compared as a whole.
        prefixes: _,
        rejects: _,
        docs,
        deprecation,
        // Part of every change, as its pointer.
        origin: _,
    } = old;
    let documented = visible::by_api(out.before.api, out.after.api, |api, _| {
        for scheme in api.auth.iter_mut().filter(|it| it.name.wire == name.wire) {
            scheme.docs.clone_from(&new.docs);
        }
    });
    let facets = [
        Facet::new(
            Aspect::Renamed,
            "setter",
            [name, &new.name].map(|name| Some(name.ident.to_string())),
            Effect::in_rust(of_setter(old, Rust::Breaking)),
        ),
        Facet::new(
            Aspect::Kind,
            "kind",
            [kind, &new.kind].map(|kind| Some(kind_text(kind))),
            Effect::new(Wire::Breaking, of_kinds(kind, &new.kind)),
        ),
        Facet::new(
            Aspect::Environment,
            "environment variable",
            [env, &new.env].map(Clone::clone),
            Effect::DOCS,
        ),
        Facet::deprecation(
            "",
            [deprecation, &new.deprecation].map(|it| it.as_ref().map(|it| it.note.as_str())),
            of_setter(old, Rust::Additive),
            true,
        ),
        Facet::documentation("", [docs, &new.docs], documented),
    ];
    facets::compare(out, Subject::Credential, path, facets);
}

/// The effect of another kind on the setter: a user name and a password are two arguments, a
/// client certificate is none.
fn of_kinds(old: &SchemeKind, new: &SchemeKind) -> Rust {
    let arguments = |kind: &SchemeKind| match kind {
        SchemeKind::Basic => 2,
        SchemeKind::MutualTls => 0,
        SchemeKind::Bearer
        | SchemeKind::Http(_)
        | SchemeKind::Header(_)
        | SchemeKind::Query(_)
        | SchemeKind::Cookie(_) => 1,
    };
    match (arguments(old), arguments(new)) {
        (old, new) if old == new => Rust::Docs,
        (0, _) => Rust::Additive,
        _ => Rust::Breaking,
    }
}

fn kind_text(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => "bearer token".to_owned(),
        SchemeKind::Basic => "basic authentication".to_owned(),
        SchemeKind::Http(scheme) => format!("HTTP {scheme}"),
        SchemeKind::Header(name) => format!("header {name}"),
        SchemeKind::Query(name) => format!("query parameter {name}"),
        SchemeKind::Cookie(name) => format!("cookie {name}"),
        SchemeKind::MutualTls => "client certificate".to_owned(),
    }
}

fn order(out: &mut Collector<'_>, before: &[SecurityScheme], after: &[SecurityScheme]) {
    let names = |schemes: &[SecurityScheme]| -> Vec<String> {
        schemes.iter().map(|it| it.name.wire.clone()).collect()
    };
    if same_order(names(before), names(after)) {
        return;
    }
    let path = format!("{}::ClientBuilder", out.api);
    let path = ItemPath {
        item: "security schemes".to_owned(),
        target: "security schemes".to_owned(),
        path: Sides::both(&path, &path),
        files: vec![out.api_file("client")],
        ..ItemPath::default()
    };
    let effect = Effect::in_rust(Rust::None);
    out.note(Subject::Api, Aspect::Order, &path, effect, "order changed");
}
