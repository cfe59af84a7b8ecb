//! What belongs to the whole API.

mod credentials;
mod errors;
mod omissions;
mod servers;
mod webhooks;

use sdk_generator::emit::public_api;
use sdk_model::Api;

pub(super) use errors::ERRORS;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Effect, ItemPath},
    facets::{self, Facet},
    interface::Interface,
    kind::{Aspect, Subject},
    text::list,
    visible,
};

/// Compares what belongs to the whole API.
pub(super) fn compare(out: &mut Collector<'_>) {
    let (before, after) = (out.before.api, out.after.api);
    // Each part of the API is compared: a new one does not compile until it is.
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
        // Part of the code of the operations.
        waits: _,
        servers,
        auth,
        errors,
        resources: _,
        types: _,
        webhooks,
        omissions,
        // The reasons of removed operations.
        excluded: _,
    } = before;
    let client = path(out, "client", "Client", &["client", "mod"]);
    about(out, before, after);
    if public_api::client_example(before) != public_api::client_example(after) {
        let message = "example of the client changed";
        out.note(
            Subject::Api,
            Aspect::Example,
            &client,
            Effect::DOCS,
            message,
        );
    }
    servers::compare(out, servers, &after.servers);
    credentials::compare(out, auth, &after.auth);
    errors::compare(out, errors, &after.errors);
    webhooks::compare(out, webhooks, &after.webhooks);
    omissions::compare(out, omissions, &after.omissions);
    remainder(out, &client);
}

/// Differences in the client's code that no change so far explains.
fn remainder(out: &mut Collector<'_>, client: &ItemPath) {
    let codes = [out.before, out.after].map(public_api::api_code);
    let texts = codes.each_ref().map(ToString::to_string);
    if texts[0] == texts[1] {
        return;
    }
    let [old, new] = codes.map(Interface::of);
    let mut difference = old.difference(&new);
    // Accessors of resources change with the resources.
    let reported = out.changes.iter().filter(|change| {
        change.visible && change.files.iter().any(|file| client.files.contains(file))
    });
    let reported = reported.map(|change| change.rust).max();
    if reported.is_some_and(|reported| difference.effect <= reported) {
        return;
    }
    difference.attribute(out);
    let effect = Effect::in_rust(difference.effect);
    let by_security = difference.effect == Rust::None
        && out
            .changes
            .iter()
            .any(|change| change.kind.aspect == Aspect::Security);
    let message = if by_security {
        "generated code changed because the security of operations changed".to_owned()
    } else {
        difference.message()
    };
    let details = difference.details();
    out.note_with(Subject::Api, Aspect::Code, client, effect, message, details);
}

fn path(out: &Collector<'_>, item: &str, path: &str, files: &[&str]) -> ItemPath {
    let path = format!("{}::{path}", out.api);
    ItemPath {
        item: item.to_owned(),
        target: item.to_owned(),
        path: Sides::both(&path, &path),
        files: files.iter().map(|file| out.api_file(file)).collect(),
        ..ItemPath::default()
    }
}

/// The `info` object, and the configuration of the whole API.
fn about(out: &mut Collector<'_>, old: &Api, new: &Api) {
    let mut path = path(
        out,
        "API",
        "API_VERSION",
        &["mod", "client", "resources/mod"],
    );
    path.files.push("src/lib.rs".to_owned());
    path.pointer = Sides::both("#/info", "#/info");
    let titled = visible::by_api(old, new, |api, new| api.title.clone_from(&new.title));
    let documented = visible::by_api(old, new, |api, new| api.docs.clone_from(&new.docs));
    let features = |api: &Api| api.group_features.then(|| "one per resource".to_owned());
    let featured = if new.group_features {
        Rust::Additive
    } else {
        Rust::Breaking
    };
    let facets = [
        Facet::new(
            Aspect::Version,
            "version",
            [old, new].map(|api| Some(api.version.clone())),
            Effect::DOCS,
        ),
        Facet::new(
            Aspect::Title,
            "title",
            [old, new].map(|api| Some(api.title.clone())),
            Effect::DOCS.visible_if(titled),
        ),
        Facet::documentation("", [&old.docs, &new.docs], documented),
        Facet::new(
            Aspect::VersionHeader,
            "version header",
            [old, new].map(|api| api.version_header.clone()),
            Effect::in_rust(Rust::None),
        ),
        Facet::new(
            Aspect::Environment,
            "environment variable of the base URL",
            [old, new].map(|api| list(api.base_url_env.iter().map(String::as_str))),
            Effect::DOCS,
        ),
        Facet::new(
            Aspect::Features,
            "Cargo features",
            [old, new].map(features),
            Effect::in_rust(featured),
        ),
        // Operations are compared one by one.
        Facet::new(
            Aspect::Count,
            "number of operations",
            [old, new].map(|api| Some(api.operation_count.to_string())),
            Effect::on_wire(Wire::None),
        ),
    ];
    facets::compare(out, Subject::Api, &path, facets);
}
