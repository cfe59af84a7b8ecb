//! What belongs to the whole API: addresses, credentials, error answers, webhooks.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    change::{Aspect, Rust, Sides, Subject, Wire},
    collect::{Collector, Effect, Place},
    files,
    interface::Interface,
    text::{list, quoted},
};
use crate::{
    emit::faces,
    model::{Api, ErrorModel, SchemeKind, SecurityScheme, ServerVariable},
};

/// Compares what belongs to the whole API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before, out.after);
    let place = place(out, "client", "Client", &["client", "mod"]);
    about(out, before.api, after.api);
    example(out, &place);
    servers(out, &place, before.api, after.api);
    credentials(out, before.api, after.api);
    errors(out, &place, &before.api.errors, &after.api.errors);
    webhooks(out);
    omissions(out, before.api, after.api);

    let codes = [before, after].map(faces::api_code);
    let texts = codes.each_ref().map(ToString::to_string);
    if texts[0] != texts[1] {
        let [old, new] = codes.map(Interface::of);
        let (rust, names) = old.against(&new);
        // Accessors of groups are told with the groups.
        let noted = out
            .changes
            .iter()
            .filter(|change| change.files.iter().any(|file| place.files.contains(file)));
        let noted = noted.map(|change| change.rust).max();
        if noted.is_none_or(|noted| rust > noted) {
            let message = match names.as_slice() {
                [] => "The client is set up in another way.".to_owned(),
                names => format!("The client has other items: {}.", quoted(&names.join(", "))),
            };
            out.note(
                Subject::Api,
                Aspect::Form,
                &place,
                Effect::new(Wire::None, rust),
                message,
            );
        }
    }
}

fn place(out: &Collector<'_>, item: &str, path: &str, files: &[&str]) -> Place {
    let path = format!("{}::{path}", out.api);
    Place {
        item: item.to_owned(),
        path: Sides::both(&path, &path),
        pointer: Sides::default(),
        files: files
            .iter()
            .map(|file| files::of_api(out.after, file))
            .collect(),
    }
}

fn example(out: &mut Collector<'_>, place: &Place) {
    if faces::client_example(out.before.api) != faces::client_example(out.after.api) {
        let message = "The example of the client shows another call.";
        let effect = Effect::new(Wire::None, Rust::Docs);
        out.note(Subject::Api, Aspect::Docs, place, effect, message);
    }
}

fn about(out: &mut Collector<'_>, before: &Api, after: &Api) {
    let mut place = place(out, "API", "API_VERSION", &["mod", "client"]);
    place.files.push("src/lib.rs".to_owned());
    place.pointer = Sides::both("#/info", "#/info");
    if before.version != after.version {
        let message = format!(
            "The API's version is {} now, not {}.",
            quoted(&after.version),
            quoted(&before.version)
        );
        out.note(
            Subject::Api,
            Aspect::Version,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
    if before.title != after.title {
        let message = format!(
            "The API's title is {} now, not {}.",
            quoted(&after.title),
            quoted(&before.title)
        );
        out.note(
            Subject::Api,
            Aspect::Title,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
    if faces::docs_text(&before.docs) != faces::docs_text(&after.docs) {
        let message = "The API is described in other words.";
        out.note(
            Subject::Api,
            Aspect::Docs,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
    if before.version_header != after.version_header {
        let headers = [before, after].map(|api| list(api.version_header.as_deref()));
        let message = format!(
            "The header that carries the version is {} now, not {}.",
            headers[1], headers[0]
        );
        out.note(
            Subject::Api,
            Aspect::VersionHeader,
            &place,
            Effect::new(Wire::None, Rust::None),
            message,
        );
    }
    if before.base_url_env != after.base_url_env {
        let names = [before, after].map(|api| list(api.base_url_env.as_deref()));
        let message = format!(
            "The base address is read from {} now, not {}.",
            names[1], names[0]
        );
        out.note(
            Subject::Api,
            Aspect::Environment,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
    if before.operation_count != after.operation_count {
        let message = format!(
            "There are {} operations now, not {}.",
            after.operation_count, before.operation_count
        );
        // Operations are told one by one; where they are omitted, so are the omissions.
        out.note(
            Subject::Api,
            Aspect::Count,
            &place,
            Effect::new(Wire::None, Rust::None).seen(false),
            message,
        );
    }
}

fn servers(out: &mut Collector<'_>, place: &Place, before: &Api, after: &Api) {
    let mut place = place.clone();
    place.item = "servers".to_owned();
    place.pointer = Sides::both("#/servers", "#/servers");
    let url = |api: &Api| {
        api.servers
            .first()
            .map_or(String::new(), |server| server.url.clone())
    };
    if url(before) != url(after) {
        let message = format!(
            "The base address is {} now, not {}.",
            quoted(&url(after)),
            quoted(&url(before))
        );
        out.note(
            Subject::Server,
            Aspect::Url,
            &place,
            Effect::new(Wire::Breaking, Rust::None),
            message,
        );
    }
    let others = |api: &Api| -> Vec<(String, String)> {
        let others = api.servers.iter().skip(1);
        others
            .map(|server| (server.url.clone(), faces::docs_text(&server.docs)))
            .collect()
    };
    if others(before) != others(after) {
        let message = "The document names other addresses beside the first.";
        out.note(
            Subject::Server,
            Aspect::Docs,
            &place,
            Effect::new(Wire::None, Rust::Docs),
            message,
        );
    }
    let variables = |api: &Api| -> BTreeMap<String, ServerVariable> {
        let variables = api
            .servers
            .first()
            .into_iter()
            .flat_map(|server| &server.variables);
        variables
            .map(|variable| (variable.name.wire.clone(), variable.clone()))
            .collect()
    };
    let (old, new) = (variables(before), variables(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let quoted_name = quoted(name);
        let found = (old.get(name), new.get(name));
        let ident = |variable: Option<&ServerVariable>| {
            variable.map(|variable| variable.name.ident.to_string())
        };
        let path = Sides {
            before: ident(found.0),
            after: ident(found.1),
        };
        let place = place.part(", variable ", name, path, place.pointer.clone());
        let mut note = |aspect, wire, rust, message| {
            out.note(
                Subject::ServerVariable,
                aspect,
                &place,
                Effect::new(wire, rust),
                message,
            );
        };
        match found {
            (None, Some(_)) => note(
                Aspect::Added,
                Wire::Additive,
                Rust::Additive,
                format!("The base address has a new variable, {quoted_name}."),
            ),
            (Some(_), None) => note(
                Aspect::Removed,
                Wire::Breaking,
                Rust::Breaking,
                format!("The base address lost its variable {quoted_name}."),
            ),
            (Some(old), Some(new)) => {
                if old.name.ident != new.name.ident {
                    note(
                        Aspect::Renamed,
                        Wire::None,
                        Rust::Breaking,
                        format!(
                            "The variable {quoted_name} is set by {} now.",
                            quoted(new.name.ident.as_str())
                        ),
                    );
                }
                if old.default != new.default {
                    note(
                        Aspect::Default,
                        Wire::Breaking,
                        Rust::Docs,
                        format!(
                            "The variable {quoted_name} is {} unless it is set, not {}.",
                            quoted(&new.default),
                            quoted(&old.default)
                        ),
                    );
                }
                if old.values != new.values {
                    let gone = old.values.iter().any(|value| !new.values.contains(value));
                    let wire = if gone { Wire::Breaking } else { Wire::Additive };
                    note(
                        Aspect::Values,
                        wire,
                        Rust::Docs,
                        format!(
                            "The variable {quoted_name} takes {} now.",
                            list(new.values.iter().map(String::as_str))
                        ),
                    );
                }
                if faces::docs_text(&old.docs) != faces::docs_text(&new.docs) {
                    note(
                        Aspect::Docs,
                        Wire::None,
                        Rust::Docs,
                        format!("The variable {quoted_name} is described in other words."),
                    );
                }
            }
            (None, None) => {}
        }
    }
}

fn credentials(out: &mut Collector<'_>, before: &Api, after: &Api) {
    let by_name = |api: &Api| -> BTreeMap<String, SecurityScheme> {
        api.auth
            .iter()
            .map(|scheme| (scheme.name.wire.clone(), scheme.clone()))
            .collect()
    };
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (before, after) = (old.get(name), new.get(name));
        let path = |scheme: Option<&SecurityScheme>| {
            scheme.map(|scheme| format!("{}::ClientBuilder::{}", out.api, scheme.name.ident))
        };
        let origin =
            |scheme: Option<&SecurityScheme>| scheme.map(|scheme| scheme.origin.to_string());
        let place = Place {
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
        };
        let shown = quoted(name);
        let mut note = |aspect, wire, rust, message| {
            out.note(
                Subject::Credential,
                aspect,
                &place,
                Effect::new(wire, rust),
                message,
            );
        };
        // A connection's certificate has no setter.
        let setter = |scheme: &SecurityScheme, rust| match scheme.kind {
            SchemeKind::MutualTls => Rust::None,
            _ => rust,
        };
        match (before, after) {
            (None, Some(scheme)) => note(
                Aspect::Added,
                Wire::Additive,
                setter(scheme, Rust::Additive),
                format!("There is a new credential, {shown}."),
            ),
            (Some(scheme), None) => note(
                Aspect::Removed,
                Wire::Breaking,
                setter(scheme, Rust::Breaking),
                format!("The credential {shown} is gone."),
            ),
            (Some(old), Some(new)) => {
                if old.name.ident != new.name.ident {
                    note(
                        Aspect::Renamed,
                        Wire::None,
                        setter(old, Rust::Breaking),
                        format!(
                            "The credential {shown} is set by {} now, not {}.",
                            quoted(new.name.ident.as_str()),
                            quoted(old.name.ident.as_str())
                        ),
                    );
                }
                if old.kind != new.kind {
                    let form = |scheme: &SecurityScheme| {
                        (
                            scheme.kind == SchemeKind::Basic,
                            scheme.kind == SchemeKind::MutualTls,
                        )
                    };
                    let rust = match (form(old), form(new)) {
                        (old, new) if old == new => Rust::Docs,
                        ((_, true), _) => Rust::Additive,
                        _ => Rust::Breaking,
                    };
                    note(
                        Aspect::Kind,
                        Wire::Breaking,
                        rust,
                        format!("The credential {shown} travels in another way."),
                    );
                }
                if old.env != new.env {
                    note(
                        Aspect::Environment,
                        Wire::None,
                        Rust::Docs,
                        format!(
                            "The credential {shown} is read from {} now, not {}.",
                            list(new.env.as_deref()),
                            list(old.env.as_deref())
                        ),
                    );
                }
                if faces::docs_text(&old.docs) != faces::docs_text(&new.docs) {
                    note(
                        Aspect::Docs,
                        Wire::None,
                        Rust::Docs,
                        format!("The credential {shown} is described in other words."),
                    );
                }
            }
            (None, None) => {}
        }
    }
}

fn errors(out: &mut Collector<'_>, place: &Place, before: &ErrorModel, after: &ErrorModel) {
    let text = |context, errors: &ErrorModel| {
        errors
            .body
            .as_ref()
            .map_or_else(|| "any JSON".to_owned(), |ty| faces::type_text(context, ty))
    };
    let (old, new) = (text(out.before, before), text(out.after, after));
    let mut place = place.clone();
    place.item = "error answers".to_owned();
    if before.body != after.body {
        // Every call names the type of its errors.
        place
            .files
            .push(files::of_api(out.after, "resources/*").replace("*.rs", ""));
        let message = format!(
            "The body of an error is {} now, not {}.",
            quoted(&new),
            quoted(&old)
        );
        out.note(
            Subject::Api,
            Aspect::Errors,
            &place,
            Effect::new(Wire::Breaking, Rust::Breaking),
            message,
        );
    }
    let places = |errors: &ErrorModel| ErrorModel {
        body: None,
        ..errors.clone()
    };
    if places(before) != places(after) {
        let message = "What is read from an error stands elsewhere.";
        out.note(
            Subject::Api,
            Aspect::Values,
            &place,
            Effect::new(Wire::None, Rust::None),
            message,
        );
    }
}

fn webhooks(out: &mut Collector<'_>) {
    let (before, after) = (&out.before.api.webhooks, &out.after.api.webhooks);
    let names: BTreeSet<&String> = before
        .iter()
        .chain(after)
        .map(|webhook| &webhook.name.wire)
        .collect();
    for name in names {
        let find = |list: &'_ [crate::model::Webhook]| {
            list.iter()
                .find(|webhook| webhook.name.wire == *name)
                .cloned()
        };
        let (old, new) = (find(before), find(after));
        let path = |webhook: &Option<crate::model::Webhook>| {
            webhook
                .as_ref()
                .map(|webhook| format!("{}::webhooks::{}", out.api, webhook.name.ident))
        };
        let origin = |webhook: &Option<crate::model::Webhook>| {
            webhook.as_ref().map(|webhook| webhook.origin.to_string())
        };
        let place = Place {
            item: format!("webhook {name}"),
            path: Sides {
                before: path(&old),
                after: path(&new),
            },
            pointer: Sides {
                before: origin(&old),
                after: origin(&new),
            },
            files: vec![
                files::of_api(out.after, "webhooks"),
                files::of_api(out.after, "mod"),
            ],
        };
        let shown = quoted(name);
        let (old_context, new_context) = (out.before, out.after);
        let mut note = |aspect, wire, rust, message| {
            out.note(
                Subject::Webhook,
                aspect,
                &place,
                Effect::new(wire, rust),
                message,
            );
        };
        match (old, new) {
            (None, Some(_)) => note(
                Aspect::Added,
                Wire::Additive,
                Rust::Additive,
                format!("There is a new webhook, {shown}."),
            ),
            (Some(_), None) => note(
                Aspect::Removed,
                Wire::Breaking,
                Rust::Breaking,
                format!("The webhook {shown} is gone."),
            ),
            (Some(old), Some(new)) => {
                if old.name.ident != new.name.ident {
                    note(
                        Aspect::Renamed,
                        Wire::None,
                        Rust::Breaking,
                        format!(
                            "The webhook {shown} is called {} now.",
                            quoted(new.name.ident.as_str())
                        ),
                    );
                }
                if old.payload != new.payload {
                    let texts = [
                        faces::type_text(old_context, &old.payload),
                        faces::type_text(new_context, &new.payload),
                    ];
                    let rust = if texts[0] == texts[1] {
                        Rust::None
                    } else {
                        Rust::Breaking
                    };
                    note(
                        Aspect::Type,
                        Wire::Breaking,
                        rust,
                        format!(
                            "The webhook {shown} carries {} now, not {}.",
                            quoted(&texts[1]),
                            quoted(&texts[0])
                        ),
                    );
                }
                if faces::docs_text(&old.docs) != faces::docs_text(&new.docs) {
                    note(
                        Aspect::Docs,
                        Wire::None,
                        Rust::Docs,
                        format!("The webhook {shown} is described in other words."),
                    );
                }
            }
            (None, None) => {}
        }
    }
}

fn omissions(out: &mut Collector<'_>, before: &Api, after: &Api) {
    let whats = |api: &Api| -> BTreeMap<String, String> {
        api.omissions
            .iter()
            .map(|omission| (omission.what.clone(), omission.reason.clone()))
            .collect()
    };
    let (old, new) = (whats(before), whats(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let place = Place {
            item: format!("omission {name}"),
            files: vec!["README.md".to_owned()],
            ..Place::default()
        };
        let (aspect, message) = match (old.get(name), new.get(name)) {
            (None, Some(reason)) => (
                Aspect::Added,
                format!("{} is left out: {reason}.", quoted(name)),
            ),
            (Some(_), None) => (
                Aspect::Removed,
                format!("{} is no longer left out.", quoted(name)),
            ),
            (Some(old), Some(new)) if old != new => (
                Aspect::Docs,
                format!("{} is left out for another reason: {new}.", quoted(name)),
            ),
            _ => continue,
        };
        out.note(
            Subject::Omission,
            aspect,
            &place,
            Effect::new(Wire::None, Rust::None),
            message,
        );
    }
}
