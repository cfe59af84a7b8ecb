//! Base addresses and their variables.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    files,
    kind::{Aspect, Subject},
    shown,
    text::{list, quoted},
};
use sdk_model::{Api, Server, ServerVariable};

/// Compares the addresses: the first one is the default.
pub(super) fn compare(out: &mut Collector<'_>, old: &[Server], new: &[Server]) {
    let path = format!("{}::Client", out.api);
    let place = Place {
        item: "servers".to_owned(),
        path: Sides::both(&path, &path),
        pointer: Sides::both("#/servers", "#/servers"),
        files: vec![files::of_api(out.after, "client")],
    };
    let address = |servers: &[Server]| {
        let first = servers.first();
        first.map_or_else(String::new, |server| server.url.clone())
    };
    let mut item = out.item(Subject::Server, &place);
    if address(old) != address(new) {
        let message = format!(
            "The base address is {} now, not {}.",
            quoted(&address(new)),
            quoted(&address(old))
        );
        item.note(
            Aspect::Url,
            Effect::new(Wire::Breaking, Rust::None),
            message,
        );
    }
    let others = |servers: &[Server]| servers.get(1..).unwrap_or_default().to_vec();
    if others(old) != others(new) {
        let (before, after) = (item.out.before.api, item.out.after.api);
        let seen = shown::by_api(before, after, |api: &mut Api, new: &Api| {
            api.servers.truncate(1);
            api.servers.extend(new.servers.iter().skip(1).cloned());
        });
        let message = "The document names other addresses beside the first.";
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
    if let (Some(old), Some(new)) = (old.first(), new.first()) {
        let Server {
            url: _,
            // No code shows what is said about the default address.
            docs: _,
            variables: old,
        } = old;
        variables(out, &place, old, &new.variables);
    } else {
        let variables_of = |servers: &[Server]| {
            let all = servers.first().map(|server| server.variables.clone());
            all.unwrap_or_default()
        };
        variables(out, &place, &variables_of(old), &variables_of(new));
    }
}

fn variables(
    out: &mut Collector<'_>,
    place: &Place,
    old: &[ServerVariable],
    new: &[ServerVariable],
) {
    let by_name = |variables: &[ServerVariable]| -> BTreeMap<String, ServerVariable> {
        variables
            .iter()
            .map(|variable| (variable.name.wire.clone(), variable.clone()))
            .collect()
    };
    let (old, new) = (by_name(old), by_name(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let found = (old.get(name), new.get(name));
        let setter = |variable: Option<&ServerVariable>| {
            variable.map(|found| format!("{}::ClientBuilder::{}", out.api, found.name.ident))
        };
        let place = Place {
            item: format!("servers, variable {name}"),
            path: Sides {
                before: setter(found.0),
                after: setter(found.1),
            },
            ..place.clone()
        };
        let quoted_name = quoted(name);
        let mut item = out.item(Subject::ServerVariable, &place);
        match found {
            (None, Some(_)) => {
                let message = format!("The base address has a new variable, {quoted_name}.");
                item.note(Aspect::Added, Effect::ADDS, message);
            }
            (Some(_), None) => {
                let message = format!("The base address lost its variable {quoted_name}.");
                item.note(Aspect::Removed, Effect::BREAKS, message);
            }
            (Some(old), Some(new)) => variable(out, &place, old, new),
            (None, None) => {}
        }
    }
}

fn variable(out: &mut Collector<'_>, place: &Place, old: &ServerVariable, new: &ServerVariable) {
    let ServerVariable {
        name,
        default,
        values,
        docs,
    } = old;
    let shown_name = quoted(&name.wire);
    let docs_seen = *docs != new.docs
        && shown::by_api(out.before.api, out.after.api, |api, _| {
            let variables = api.servers.iter_mut().take(1);
            for variable in variables.flat_map(|server| &mut server.variables) {
                if variable.name.wire == new.name.wire {
                    variable.docs.clone_from(&new.docs);
                }
            }
        });
    let mut item = out.item(Subject::ServerVariable, place);
    if name.ident != new.name.ident {
        let message = format!(
            "The variable {shown_name} is set by {} now, not {}.",
            quoted(new.name.ident.as_str()),
            quoted(name.ident.as_str())
        );
        item.note(Aspect::Renamed, Effect::in_rust(Rust::Breaking), message);
    }
    if *default != new.default {
        let message = format!(
            "The variable {shown_name} is {} unless it is set, not {}.",
            quoted(&new.default),
            quoted(default)
        );
        item.note(
            Aspect::Default,
            Effect::new(Wire::Breaking, Rust::Docs),
            message,
        );
    }
    if *values != new.values {
        // Without a list, any value is taken.
        let open = new.values.is_empty();
        let gone = values.is_empty() || values.iter().any(|value| !new.values.contains(value));
        let wire = if gone && !open {
            Wire::Breaking
        } else {
            Wire::Additive
        };
        let taken = if open {
            "any value".to_owned()
        } else {
            list(new.values.iter().map(String::as_str))
        };
        let message = format!("The variable {shown_name} takes {taken} now.");
        item.note(Aspect::Values, Effect::new(wire, Rust::Docs), message);
    }
    if *docs != new.docs {
        let message = format!("The variable {shown_name} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(docs_seen), message);
    }
}
