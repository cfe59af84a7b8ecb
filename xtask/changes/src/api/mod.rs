//! What belongs to the whole API.

mod credentials;
mod errors;
mod omissions;
mod servers;
mod webhooks;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, Place},
    files,
    interface::Interface,
    kind::{Aspect, Subject},
    shown,
    text::{list, quoted},
};
use sdk_generator::emit::public_api;
use sdk_model::Api;

/// Compares what belongs to the whole API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before.api, out.after.api);
    // Each part of the API is compared somewhere: a new one does not compile until it is.
    let Api {
        name: _,
        title: _,
        docs: _,
        version: _,
        version_header: _,
        base_url_env: _,
        // Part of the client's code, whose remainder is compared as a whole.
        success_flag: _,
        group_features: _,
        operation_count: _,
        servers,
        auth,
        errors,
        resources: _,
        types: _,
        webhooks,
        omissions,
    } = before;
    let place = place(out, "client", "Client", &["client", "mod"]);
    about(out, before, after);
    example(out, &place);
    servers::compare(out, servers, &after.servers);
    credentials::compare(out, auth, &after.auth);
    errors::compare(out, errors, &after.errors);
    webhooks::compare(out, webhooks, &after.webhooks);
    omissions::compare(out, omissions, &after.omissions);
    remainder(out, &place);
}

/// What the client's code shows beyond all that was told.
fn remainder(out: &mut Collector<'_>, place: &Place) {
    let codes = [out.before, out.after].map(public_api::api_code);
    let texts = codes.each_ref().map(ToString::to_string);
    if texts[0] == texts[1] {
        return;
    }
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
        let effect = Effect::in_rust(rust);
        out.note(Subject::Api, Aspect::Form, place, effect, message);
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
    if public_api::client_example(out.before.api) != public_api::client_example(out.after.api) {
        let message = "The example of the client shows another call.";
        out.note(Subject::Api, Aspect::Example, place, Effect::DOCS, message);
    }
}

/// `info`, and what codegen.yaml says of the whole API.
fn about(out: &mut Collector<'_>, old: &Api, new: &Api) {
    let mut place = place(
        out,
        "API",
        "API_VERSION",
        &["mod", "client", "resources/mod"],
    );
    place.files.push("src/lib.rs".to_owned());
    place.pointer = Sides::both("#/info", "#/info");
    let mut item = out.item(Subject::Api, &place);
    if old.version != new.version {
        let message = format!(
            "The API's version is {} now, not {}.",
            quoted(&new.version),
            quoted(&old.version)
        );
        item.note(Aspect::Version, Effect::DOCS, message);
    }
    if old.title != new.title {
        let seen = shown::by_api(old, new, |api, new| api.title.clone_from(&new.title));
        let message = format!(
            "The API's title is {} now, not {}.",
            quoted(&new.title),
            quoted(&old.title)
        );
        item.note(Aspect::Title, Effect::DOCS.seen(seen), message);
    }
    if old.docs != new.docs {
        let seen = shown::by_api(old, new, |api, new| api.docs.clone_from(&new.docs));
        let message = "The API is described in other words.";
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
    if old.version_header != new.version_header {
        let headers = [old, new].map(|api| list(api.version_header.as_deref()));
        let message = format!(
            "The header that carries the version is {} now, not {}.",
            headers[1], headers[0]
        );
        item.note(Aspect::VersionHeader, Effect::in_rust(Rust::None), message);
    }
    if old.base_url_env != new.base_url_env {
        let names = [old, new].map(|api| list(api.base_url_env.iter().map(String::as_str)));
        let message = format!(
            "The base address is read from {} now, not {}.",
            names[1], names[0]
        );
        item.note(Aspect::Environment, Effect::DOCS, message);
    }
    if old.group_features != new.group_features {
        let (message, rust) = match new.group_features {
            true => (
                "Each group of operations has a Cargo feature now.",
                Rust::Additive,
            ),
            false => (
                "Groups of operations have no Cargo features now.",
                Rust::Breaking,
            ),
        };
        item.note(Aspect::Features, Effect::in_rust(rust), message);
    }
    if old.operation_count != new.operation_count {
        let message = format!(
            "There are {} operations now, not {}.",
            new.operation_count, old.operation_count
        );
        // Operations are told one by one; where they are omitted, so are the omissions.
        let effect = Effect::new(Wire::None, Rust::None).seen(false);
        item.note(Aspect::Count, effect, message);
    }
}
