//! Servers and their variables.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Api, Server, ServerVariable};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, ItemPath},
    facets::{self, Facet},
    kind::{Aspect, Subject},
    text::{list, quoted},
    visible,
};

/// Compares the servers: the first one is the default.
pub(super) fn compare(out: &mut Collector<'_>, old: &[Server], new: &[Server]) {
    let path = format!("{}::Client", out.api);
    let path = ItemPath {
        item: "servers".to_owned(),
        target: "servers".to_owned(),
        path: Sides::both(&path, &path),
        pointer: Sides::both("#/servers", "#/servers"),
        files: vec![out.api_file("client")],
        ..ItemPath::default()
    };
    let others = |servers: &[Server]| -> String {
        let others = servers.iter().skip(1);
        let lines: Vec<String> = others.map(text).collect();
        lines.join("\n")
    };
    let (before, after) = (out.before.api, out.after.api);
    let listed = visible::by_api(before, after, |api: &mut Api, new: &Api| {
        api.servers.truncate(1);
        api.servers.extend(new.servers.iter().skip(1).cloned());
    });
    let base = |servers: &[Server]| servers.first().map(|server| server.url.clone());
    let urls = |servers: &[Server]| list(servers.iter().skip(1).map(|it| it.url.as_str()));
    // A default that changed may be listed still.
    let is_gone = old.iter().skip(1).any(|server| !is_listed(server, new));
    let wire = if is_gone {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let mut facets = vec![Facet::new(
        Aspect::Url,
        "base URL",
        [old, new].map(base),
        Effect::new(of_default(old, new), Rust::None),
    )];
    facets.push(if urls(old) == urls(new) {
        let texts = [others(old), others(new)];
        Facet::documentation(
            "other servers",
            texts.each_ref().map(String::as_str),
            listed,
        )
    } else {
        let effect = Effect::new(wire, Rust::Docs).visible_if(listed);
        Facet::new(
            Aspect::Values,
            "other servers",
            [old, new].map(urls),
            effect,
        )
    });
    facets::compare(out, Subject::Server, &path, facets);
    let of_first = |servers: &[Server]| {
        let first = servers.first().map(|server| {
            let Server {
                url: _,
                // No code shows the description of the default server.
                docs: _,
                variables,
            } = server;
            variables.clone()
        });
        first.unwrap_or_default()
    };
    variables(out, &path, &of_first(old), &of_first(new));
}

/// The URL, each variable with its default value.
fn expanded(server: &Server) -> String {
    server
        .variables
        .iter()
        .fold(server.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name.wire), &variable.default)
        })
}

/// Whether one of the servers has the URL of another.
fn is_listed(server: &Server, servers: &[Server]) -> bool {
    let url = expanded(server);
    servers
        .iter()
        .any(|other| other.url == server.url || expanded(other) == url)
}

/// The effect of another default server on clients of the old one.
fn of_default(old: &[Server], new: &[Server]) -> Wire {
    let (Some(was), Some(is)) = (old.first(), new.first()) else {
        return Wire::Breaking;
    };
    if expanded(was) == expanded(is) {
        Wire::None
    } else if is_listed(was, new) {
        Wire::Behavior
    } else {
        Wire::Breaking
    }
}

/// An address with its description and the names of its variables.
fn text(server: &Server) -> String {
    let Server {
        url,
        docs,
        variables,
    } = server;
    let variables = variables.iter().map(|variable| {
        let ServerVariable {
            name,
            default,
            values,
            docs,
        } = variable;
        format!(
            "\n  {} = {default} ({}) {docs}",
            name.wire,
            values.join(", ")
        )
    });
    format!("{url} {docs}{}", variables.collect::<String>())
}

fn variables(
    out: &mut Collector<'_>,
    servers: &ItemPath,
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
        let path = ItemPath {
            item: format!("servers, variable {name}"),
            path: Sides {
                before: setter(found.0),
                after: setter(found.1),
            },
            ..servers.clone()
        };
        let label = format!("variable {}", quoted(name));
        let subject = Subject::ServerVariable;
        match found {
            (None, Some(_)) => {
                let message = format!("new {label}");
                out.note(subject, Aspect::Added, &path, Effect::ADDS, message);
            }
            (Some(_), None) => {
                let message = format!("removed {label}");
                out.note(subject, Aspect::Removed, &path, Effect::BREAKS, message);
            }
            (Some(old), Some(new)) => variable(out, &path, &label, old, new),
            (None, None) => {}
        }
    }
}

fn variable(
    out: &mut Collector<'_>,
    path: &ItemPath,
    label: &str,
    old: &ServerVariable,
    new: &ServerVariable,
) {
    let ServerVariable {
        name,
        default,
        values,
        docs,
    } = old;
    let documented = visible::by_api(out.before.api, out.after.api, |api, _| {
        let variables = api.servers.iter_mut().take(1);
        for variable in variables.flat_map(|server| &mut server.variables) {
            if variable.name.wire == new.name.wire {
                variable.docs.clone_from(&new.docs);
            }
        }
    });
    // Without a list, any value is taken.
    let is_open = new.values.is_empty();
    let removed = values.is_empty() || values.iter().any(|value| !new.values.contains(value));
    let wire = if removed && !is_open {
        Wire::Breaking
    } else {
        Wire::Additive
    };
    let facets = [
        Facet::new(
            Aspect::Renamed,
            format!("{label}: Rust name"),
            [name, &new.name].map(|name| Some(name.ident.to_string())),
            Effect::in_rust(Rust::Breaking),
        ),
        Facet::new(
            Aspect::Default,
            format!("{label}: default"),
            [default, &new.default].map(|text| Some(text.clone())),
            Effect::new(Wire::Behavior, Rust::Docs),
        ),
        Facet::new(
            Aspect::Values,
            format!("{label}: values"),
            [values, &new.values].map(|values| list(values.iter().map(String::as_str))),
            Effect::new(wire, Rust::Docs),
        ),
        Facet::documentation(label, [docs, &new.docs], documented),
    ];
    facets::compare(out, Subject::ServerVariable, path, facets);
}
