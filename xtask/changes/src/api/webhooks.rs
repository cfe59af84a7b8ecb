//! Webhooks and callbacks.

use std::collections::BTreeSet;

use sdk_generator::emit::public_api;
use sdk_model::{Usage, Webhook};

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Details, Effect, ItemPath},
    effects::same_order,
    facets::{self, Facet},
    kind::{Aspect, Subject},
    reach::webhook_line,
    type_text, wire,
};

/// A payload is read as a response is.
const READ: Usage = Usage {
    request: false,
    response: true,
};

/// Compares the webhooks and callbacks.
pub(super) fn compare(out: &mut Collector<'_>, before: &[Webhook], after: &[Webhook]) {
    let names: BTreeSet<&String> = before
        .iter()
        .chain(after)
        .map(|webhook| &webhook.name.wire)
        .collect();
    for name in names {
        let find = |list: &'_ [Webhook]| {
            list.iter()
                .find(|webhook| webhook.name.wire == *name)
                .cloned()
        };
        let (old, new) = (find(before), find(after));
        let path = path(out, name, old.as_ref(), new.as_ref());
        let subject = Subject::Webhook;
        match (old, new) {
            (None, Some(_)) => {
                out.note(subject, Aspect::Added, &path, Effect::ADDS, "new webhook");
            }
            (Some(_), None) => {
                let message = "webhook removed";
                out.note(subject, Aspect::Removed, &path, Effect::BREAKS, message);
            }
            (Some(old), Some(new)) => pair(out, &path, &old, &new),
            (None, None) => {}
        }
    }
    order(out, before, after);
}

fn path(out: &Collector<'_>, name: &str, old: Option<&Webhook>, new: Option<&Webhook>) -> ItemPath {
    let path = |webhook: Option<&Webhook>| {
        webhook.map(|webhook| format!("{}::webhooks::{}", out.api, webhook.name.ident))
    };
    let origin = |webhook: Option<&Webhook>| webhook.map(|webhook| webhook.origin.to_string());
    ItemPath {
        item: format!("webhook {name}"),
        target: format!("webhook {name}"),
        path: Sides {
            before: path(old),
            after: path(new),
        },
        pointer: Sides {
            before: origin(old),
            after: origin(new),
        },
        files: vec![out.api_file("webhooks"), out.api_file("mod")],
        operations: new.or(old).map(webhook_line).into_iter().collect(),
    }
}

fn pair(out: &mut Collector<'_>, path: &ItemPath, old: &Webhook, new: &Webhook) {
    let Webhook {
        name,
        docs,
        payload,
        // Part of every change, as its pointer.
        origin: _,
    } = old;
    let contexts = out.contexts();
    let views = [
        public_api::webhook(contexts[0], old),
        public_api::webhook(contexts[1], new),
    ];
    if *payload != new.payload {
        let same = views[0].signature == views[1].signature;
        let rust = if same { Rust::None } else { Rust::Breaking };
        let wire = wire::of_types(out, payload, &new.payload, READ);
        let [was, is] = type_text::distinct(contexts, payload, &new.payload);
        let message = format!("payload changed from `{was}` to `{is}`");
        let effect = Effect::new(wire, rust).visible_if(!same);
        let details = Details {
            value: Sides::both(was, is),
            cause: out.renamed_in(payload, &new.payload).map(|id| id.0.clone()),
            ..Details::default()
        };
        let (subject, aspect) = (Subject::Webhook, Aspect::Type);
        out.note_with(subject, aspect, path, effect, message, details);
    }
    let facets = [
        Facet::new(
            Aspect::Renamed,
            "Rust name",
            [name, &new.name].map(|name| Some(name.ident.to_string())),
            Effect::in_rust(Rust::Breaking),
        ),
        Facet::documentation("", [docs, &new.docs], views[0].docs != views[1].docs),
    ];
    facets::compare(out, Subject::Webhook, path, facets);
}

fn order(out: &mut Collector<'_>, before: &[Webhook], after: &[Webhook]) {
    let names = |webhooks: &[Webhook]| -> Vec<String> {
        webhooks.iter().map(|it| it.name.wire.clone()).collect()
    };
    if same_order(names(before), names(after)) {
        return;
    }
    let path = format!("{}::webhooks", out.api);
    let path = ItemPath {
        item: "webhooks".to_owned(),
        target: "webhooks".to_owned(),
        path: Sides::both(&path, &path),
        files: vec![out.api_file("webhooks")],
        ..ItemPath::default()
    };
    let effect = Effect::in_rust(Rust::None);
    out.note(
        Subject::Api,
        Aspect::Order,
        &path,
        effect,
        "order of webhooks changed",
    );
}
