//! What error answers look like.

use super::super::{
    change::{Rust, Sides},
    collect::{Collector, Effect, Place},
    files,
    kind::{Aspect, Subject},
    spelling,
    text::{list, quoted},
    wire,
};
use sdk_generator::emit::public_api;
use sdk_model::{ErrorModel, Type, Usage};

/// Only what is answered.
const ANSWERED: Usage = Usage {
    request: false,
    response: true,
};

/// Compares the body of errors, and where its parts are found.
pub(super) fn compare(out: &mut Collector<'_>, old: &ErrorModel, new: &ErrorModel) {
    let ErrorModel {
        body,
        code,
        message,
        request_id,
        request_id_headers,
    } = old;
    let path = format!("{}::Error", out.api);
    let place = Place {
        item: "error answers".to_owned(),
        path: Sides::both(&path, &path),
        files: vec![
            files::of_api(out.after, "client"),
            files::of_api(out.after, "mod"),
        ],
        ..Place::default()
    };
    if *body != new.body {
        self::body(out, &place, body.as_ref(), new.body.as_ref());
    }
    let places = [
        ("code", code, &new.code),
        ("message", message, &new.message),
        ("request id", request_id, &new.request_id),
        (
            "request id's headers",
            request_id_headers,
            &new.request_id_headers,
        ),
    ];
    for (what, old, new) in places.into_iter().filter(|(_, old, new)| old != new) {
        let place = Place {
            item: format!("error answers, {what}"),
            ..place.clone()
        };
        let message = format!(
            "The {what} of an error is found at {} now, not at {}.",
            list(new.iter().map(String::as_str)),
            list(old.iter().map(String::as_str))
        );
        let effect = Effect::in_rust(Rust::None);
        out.note(Subject::Api, Aspect::Values, &place, effect, message);
    }
}

fn body(out: &mut Collector<'_>, place: &Place, old: Option<&Type>, new: Option<&Type>) {
    let any = Type::Json;
    let (old, new) = (old.unwrap_or(&any), new.unwrap_or(&any));
    let contexts = [out.before, out.after];
    let [was, is] = spelling::apart(contexts, old, new);
    let message = format!(
        "The body of an error is {} now, not {}.",
        quoted(&is),
        quoted(&was)
    );
    let same = public_api::type_text(out.before, old) == public_api::type_text(out.after, new);
    let rust = if same { Rust::None } else { Rust::Breaking };
    let effect = Effect::new(wire::of_types(contexts, old, new, ANSWERED), rust).seen(!same);
    let mut place = place.clone();
    // Every call names the type of its errors.
    place.files.push(format!("src/{}/resources/", out.api));
    out.note(Subject::Api, Aspect::Errors, &place, effect, message);
}
