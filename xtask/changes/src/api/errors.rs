//! The bodies of error responses.

use sdk_generator::emit::public_api;
use sdk_model::{ErrorModel, Type, Usage};

use super::super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath},
    facets::{self, Facet},
    kind::{Aspect, Subject},
    text::list,
    type_text, wire,
};

/// The item that holds the error type.
pub(in super::super) const ERRORS: &str = "error responses";

/// Part of responses only.
const RESPONSE: Usage = Usage {
    request: false,
    response: true,
};

/// Compares the type of error bodies, and where its parts are found.
pub(super) fn compare(out: &mut Collector<'_>, old: &ErrorModel, new: &ErrorModel) {
    let ErrorModel {
        body,
        code,
        message,
        request_id,
        request_id_headers,
    } = old;
    let path = format!("{}::Error", out.api);
    let path = ItemPath {
        item: ERRORS.to_owned(),
        target: ERRORS.to_owned(),
        path: Sides::both(&path, &path),
        files: vec![out.api_file("client"), out.api_file("mod")],
        ..ItemPath::default()
    };
    if *body != new.body {
        self::body(out, &path, body.as_ref(), new.body.as_ref());
    }
    let pointers = [
        ("pointer to the code", code, &new.code),
        ("pointer to the message", message, &new.message),
        ("pointer to the request id", request_id, &new.request_id),
        (
            "header with the request id",
            request_id_headers,
            &new.request_id_headers,
        ),
    ];
    for (noun, old, new) in pointers {
        let texts = [old, new].map(|texts| list(texts.iter().map(String::as_str)));
        let facet = Facet::new(Aspect::Values, noun, texts, Effect::in_rust(Rust::None));
        facets::compare(out, Subject::Api, &path.named(noun), [facet]);
    }
}

fn body(out: &mut Collector<'_>, path: &ItemPath, before: Option<&Type>, after: Option<&Type>) {
    let any = Type::Json;
    let (old, new) = (before.unwrap_or(&any), after.unwrap_or(&any));
    let wire = match (before, after) {
        (Some(old), Some(new)) => wire::of_types(out, old, new, RESPONSE),
        // Each operation's errors are compared by themselves.
        _ => Wire::None,
    };
    let texts = [
        public_api::type_text(out.before, old),
        public_api::type_text(out.after, new),
    ];
    let same = texts[0] == texts[1];
    let rust = if same { Rust::None } else { Rust::Breaking };
    let [was, is] = type_text::distinct(out.contexts(), old, new);
    let message = format!("body changed from `{was}` to `{is}`");
    let mut path = path.clone();
    // Every request builder names the type of its errors.
    path.files.push(format!("src/{}/resources/", out.api));
    let [before, after] = texts;
    let details = Details {
        value: Sides::both(was, is),
        signature: Sides::both(before, after),
        cause: out.renamed_in(old, new).map(|id| id.0.clone()),
    };
    let effect = Effect::new(wire, rust).visible_if(!same);
    let (subject, aspect) = (Subject::Api, Aspect::Errors);
    out.note_with(subject, aspect, &path, effect, message, details);
}
