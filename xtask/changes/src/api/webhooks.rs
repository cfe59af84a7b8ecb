//! What the API sends on its own.

use std::collections::BTreeSet;

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, Place},
    effects::same_order,
    files,
    kind::{Aspect, Subject},
    spelling,
    text::quoted,
    wire,
};
use sdk_generator::emit::public_api;
use sdk_model::{Usage, Webhook};

/// A payload is read as an answer is.
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
        let place = place(out, name, old.as_ref(), new.as_ref());
        let shown = quoted(name);
        let mut item = out.item(Subject::Webhook, &place);
        match (old, new) {
            (None, Some(_)) => {
                let message = format!("There is a new webhook, {shown}.");
                item.note(Aspect::Added, Effect::ADDS, message);
            }
            (Some(_), None) => {
                let message = format!("The webhook {shown} is gone.");
                item.note(Aspect::Removed, Effect::BREAKS, message);
            }
            (Some(old), Some(new)) => pair(out, &place, &old, &new),
            (None, None) => {}
        }
    }
    order(out, before, after);
}

fn place(out: &Collector<'_>, name: &str, old: Option<&Webhook>, new: Option<&Webhook>) -> Place {
    let path = |webhook: Option<&Webhook>| {
        webhook.map(|webhook| format!("{}::webhooks::{}", out.api, webhook.name.ident))
    };
    let origin = |webhook: Option<&Webhook>| webhook.map(|webhook| webhook.origin.to_string());
    Place {
        item: format!("webhook {name}"),
        path: Sides {
            before: path(old),
            after: path(new),
        },
        pointer: Sides {
            before: origin(old),
            after: origin(new),
        },
        files: vec![
            files::of_api(out.after, "webhooks"),
            files::of_api(out.after, "mod"),
        ],
    }
}

fn pair(out: &mut Collector<'_>, place: &Place, old: &Webhook, new: &Webhook) {
    let Webhook {
        name,
        docs,
        payload,
        // Told with every change, as its pointer.
        origin: _,
    } = old;
    let contexts = [out.before, out.after];
    let shown = quoted(&name.wire);
    let mut item = out.item(Subject::Webhook, place);
    if name.ident != new.name.ident {
        let message = format!(
            "The webhook {shown} is called {} now, not {}.",
            quoted(new.name.ident.as_str()),
            quoted(name.ident.as_str())
        );
        item.note(Aspect::Renamed, Effect::in_rust(Rust::Breaking), message);
    }
    if *payload != new.payload {
        let codes = [
            public_api::webhook(contexts[0], old),
            public_api::webhook(contexts[1], new),
        ];
        let same = codes[0].signature == codes[1].signature;
        let rust = if same { Rust::None } else { Rust::Breaking };
        let wire = wire::of_types(contexts, payload, &new.payload, READ);
        let [was, is] = spelling::apart(contexts, payload, &new.payload);
        let message = format!(
            "The webhook {shown} carries {} now, not {}.",
            quoted(&is),
            quoted(&was)
        );
        item.note(Aspect::Type, Effect::new(wire, rust).seen(!same), message);
    }
    if *docs != new.docs {
        let seen = public_api::webhook(contexts[0], old).docs
            != public_api::webhook(contexts[1], new).docs;
        let message = format!("The webhook {shown} is described in other words.");
        item.note(Aspect::Docs, Effect::DOCS.seen(seen), message);
    }
}

fn order(out: &mut Collector<'_>, before: &[Webhook], after: &[Webhook]) {
    let names = |webhooks: &[Webhook]| -> Vec<String> {
        webhooks.iter().map(|it| it.name.wire.clone()).collect()
    };
    if same_order(names(before), names(after)) {
        return;
    }
    let path = format!("{}::webhooks", out.api);
    let place = Place {
        item: "webhooks".to_owned(),
        path: Sides::both(&path, &path),
        files: vec![files::of_api(out.after, "webhooks")],
        ..Place::default()
    };
    let message = "The webhooks stand in another order.";
    out.note(
        Subject::Api,
        Aspect::Order,
        &place,
        Effect::in_rust(Rust::None),
        message,
    );
}
