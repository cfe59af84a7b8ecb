//! The ways to prove who calls.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    effects::same_order,
    files,
    kind::{Aspect, Subject},
    shown,
    text::{list, quoted},
};
use sdk_model::{SchemeKind, SecurityScheme};

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
        let place = place(out, name, before, after);
        let shown_name = quoted(name);
        let mut item = out.item(Subject::Credential, &place);
        match (before, after) {
            (None, Some(scheme)) => {
                let effect = Effect::new(Wire::Additive, setter(scheme, Rust::Additive));
                let message = format!("There is a new credential, {shown_name}.");
                item.note(Aspect::Added, effect, message);
            }
            (Some(scheme), None) => {
                let effect = Effect::new(Wire::Breaking, setter(scheme, Rust::Breaking));
                let message = format!("The credential {shown_name} is gone.");
                item.note(Aspect::Removed, effect, message);
            }
            (Some(old), Some(new)) => pair(out, &place, old, new),
            (None, None) => {}
        }
    }
    order(out, before, after);
}

/// A connection's certificate has no setter.
fn setter(scheme: &SecurityScheme, rust: Rust) -> Rust {
    match scheme.kind {
        SchemeKind::MutualTls => Rust::None,
        _ => rust,
    }
}

fn place(
    out: &Collector<'_>,
    name: &str,
    before: Option<&SecurityScheme>,
    after: Option<&SecurityScheme>,
) -> Place {
    let path = |scheme: Option<&SecurityScheme>| {
        scheme.map(|scheme| format!("{}::ClientBuilder::{}", out.api, scheme.name.ident))
    };
    let origin = |scheme: Option<&SecurityScheme>| scheme.map(|scheme| scheme.origin.to_string());
    Place {
        item: format!("credential {name}"),
        path: Sides {
            before: path(before),
            after: path(after),
        },
        pointer: Sides {
            before: origin(before),
            after: origin(after),
        },
        files: vec![files::of_api(out.after, "client")],
    }
}

fn pair(out: &mut Collector<'_>, place: &Place, old: &SecurityScheme, new: &SecurityScheme) {
    let SecurityScheme {
        name,
        kind,
        env,
        // Part of the client's code, whose remainder is compared as a whole.
        prefixes: _,
        rejects: _,
        docs,
        // Told with every change, as its pointer.
        origin: _,
    } = old;
    let shown_name = quoted(&name.wire);
    let docs_seen = *docs != new.docs
        && shown::by_api(out.before.api, out.after.api, |api, _| {
            for scheme in api.auth.iter_mut().filter(|it| it.name.wire == name.wire) {
                scheme.docs.clone_from(&new.docs);
            }
        });
    let mut item = out.item(Subject::Credential, place);
    if name.ident != new.name.ident {
        let message = format!(
            "The credential {shown_name} is set by {} now, not {}.",
            quoted(new.name.ident.as_str()),
            quoted(name.ident.as_str())
        );
        let effect = Effect::in_rust(setter(old, Rust::Breaking));
        item.note(Aspect::Renamed, effect, message);
    }
    if *kind != new.kind {
        let message = format!(
            "The credential {shown_name} travels as {} now, not as {}.",
            travels(&new.kind),
            travels(kind)
        );
        let effect = Effect::new(Wire::Breaking, of_kinds(kind, &new.kind));
        item.note(Aspect::Kind, effect, message);
    }
    if *env != new.env {
        let message = format!(
            "The credential {shown_name} is read from {} now, not {}.",
            list(new.env.as_deref()),
            list(env.as_deref())
        );
        item.note(Aspect::Environment, Effect::DOCS, message);
    }
    if *docs != new.docs {
        let message = format!("The credential {shown_name} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(docs_seen), message);
    }
}

/// What another way to travel means in Rust: a user name and a password are two arguments, a
/// certificate is none.
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

fn travels(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer => "a bearer token".to_owned(),
        SchemeKind::Basic => "a user name and a password".to_owned(),
        SchemeKind::Http(scheme) => format!("{} authorization", quoted(scheme)),
        SchemeKind::Header(name) => format!("the header {}", quoted(name)),
        SchemeKind::Query(name) => format!("the query parameter {}", quoted(name)),
        SchemeKind::Cookie(name) => format!("the cookie {}", quoted(name)),
        SchemeKind::MutualTls => "the connection's certificate".to_owned(),
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
    let place = Place {
        item: "credentials".to_owned(),
        path: Sides::both(&path, &path),
        files: vec![files::of_api(out.after, "client")],
        ..Place::default()
    };
    let message = "The credentials stand in another order.";
    out.note(
        Subject::Api,
        Aspect::Order,
        &place,
        Effect::in_rust(Rust::None),
        message,
    );
}
