//! `wait_done` of operations whose response reports the progress of what they started.

use sdk_generator::emit::public_api;
use sdk_model::{Wait, WaitLocation};

use super::{
    super::{
        change::{Rust, Sides},
        collect::{Collector, Effect, ItemPath},
        facets::{self, Facet},
        kind::{Aspect, Subject},
    },
    Pair,
};

/// Compares how callers wait for what an operation started.
pub(super) fn compare(out: &mut Collector<'_>, path: &ItemPath, pair: &Pair<'_>) {
    let [old, new] = pair.operations();
    let waits = [
        public_api::wait(out.before, old),
        public_api::wait(out.after, new),
    ];
    let rust = match waits {
        [None, Some(_)] => Rust::Additive,
        [Some(_), None] => Rust::Breaking,
        _ => Rust::None,
    };
    let name = |wait: &Option<_>| wait.as_ref().map(|_| "wait_done".to_owned());
    let [before, after] = waits.each_ref().map(name);
    let idents = Sides { before, after };
    let texts = waits
        .each_ref()
        .map(|wait| wait.as_ref().map(|(wait, _)| text(wait)));
    let paths = waits.map(|wait| wait.map(|(_, path)| path.trim_start_matches("::").to_owned()));
    let facet = if texts[0] == texts[1] {
        Facet::new(
            Aspect::Wait,
            "operation that `wait_done` polls",
            paths,
            Effect::in_rust(rust),
        )
    } else {
        Facet::new(Aspect::Wait, "`wait_done`", texts, Effect::in_rust(rust))
    };
    let path = path.part("method wait_done", idents, path.pointer.clone());
    facets::compare(out, Subject::Method, &path, [facet]);
}

fn text(wait: &Wait) -> String {
    let Wait {
        // The response, which is compared by itself.
        ty: _,
        id,
        status,
        pending,
        failed,
        operation,
        parameter,
        parameter_location,
    } = wait;
    let location = match parameter_location {
        WaitLocation::Path => "path",
        WaitLocation::Query => "query",
        WaitLocation::Field => "body",
    };
    format!(
        "polls {operation} with {id} as {parameter} in the {location} while {status} is {}, fails on {}",
        pending.join(" or "),
        match failed.as_slice() {
            [] => "nothing".to_owned(),
            failed => failed.join(" or "),
        }
    )
}
