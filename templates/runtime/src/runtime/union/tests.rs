#![allow(unreachable_pub, reason = "the macros are for public types")]

mod selection;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::runtime::expose_secrets;
use crate::runtime::json::{Error, FromJson, from_slice};
use crate::runtime::serde::Secret;

fn read<T: FromJson>(value: Value) -> T {
    from_slice(value.to_string().as_bytes()).unwrap()
}

fn fail<T: FromJson + std::fmt::Debug>(value: Value) -> Error {
    from_slice::<T>(value.to_string().as_bytes()).unwrap_err()
}

#[derive(Debug, PartialEq)]
struct Connected {
    event_type: String,
    ids: Vec<i64>,
}
crate::json_object!(Connected {
    event_type = required("event_type"),
    ids = required("ids"),
});

#[derive(Debug, PartialEq)]
struct Removed {
    event_type: String,
}
crate::json_object!(Removed {
    event_type = required("event_type"),
});

#[derive(PartialEq)]
enum Event {
    Connected(Box<Connected>),
    Removed(Removed),
    Note(String),
    Unrecognized(Value),
}
crate::union_enum!(Event by "event_type" {
    Connected ["device.connected"],
    Removed ["device.removed", "device.deleted"],
    Note: string,
});

#[test]
fn the_tag_selects_the_variant() {
    let wire = json!({"event_type": "device.deleted"});
    let event: Event = read(wire.clone());
    assert!(matches!(&event, Event::Removed(_)));
    assert_eq!(serde_json::to_value(&event).unwrap(), wire);
    assert_eq!(read::<Event>(json!("hi")), Event::Note("hi".to_owned()));
}

#[test]
fn debug_of_an_unrecognized_value_has_its_type_only() {
    let shown = |wire: Value| format!("{:?}", read::<Event>(wire));
    let wire = json!({"event_type": "new", "token": "planted"});
    assert_eq!(shown(wire), r#"Unrecognized({"event_type", "token"})"#);
    assert_eq!(shown(json!(["planted", {"a": "planted"}])), "Unrecognized(a list of 2)");
    assert_eq!(shown(json!(7)), "Unrecognized(a number)");
    let removed = shown(json!({"event_type": "device.removed"}));
    assert_eq!(removed, r#"Removed(Removed { event_type: "device.removed" })"#);
}

#[test]
fn an_unknown_tag_is_unrecognized_and_kept() {
    for wire in
        [json!({"event_type": "new", "x": 1}), json!({}), json!(null), json!([1])]
    {
        let event: Event = read(wire.clone());
        assert_eq!(event, Event::Unrecognized(wire.clone()));
        assert_eq!(serde_json::to_value(&event).unwrap(), wire);
    }
}

#[test]
fn the_error_of_a_selected_variant_has_the_whole_path() {
    let bad = json!({"events": [{"event_type": "device.connected", "ids": [1, "x"]}]});
    #[derive(Debug)]
    struct Page {
        events: Vec<Event>,
    }
    crate::json_object!(Page {
        events = required("events"),
    });
    let error = fail::<Page>(bad.clone());
    assert_eq!(error.path().as_deref(), Some("$.events[0].ids[1]"));
    let error = serde_json::from_value::<Page>(bad).unwrap_err();
    assert_eq!(error.to_string(), "expected i64, got a string at $.events[0].ids[1]");
    assert_eq!(fail::<Page>(json!({})).to_string(), "missing field `events` at $");
}

#[derive(Debug, PartialEq)]
struct Attempt {
    status: String,
    error: Option<String>,
}
crate::json_object!(Attempt {
    status = required("status"),
    error = nullable("error"),
});

#[derive(PartialEq)]
enum Action {
    Any(Value),
    Pending(Attempt),
    Unlock(Attempt),
    UnlockFailed(Attempt),
    Unrecognized(Value),
}
crate::union_enum!(Action {
    Any: object(),
    Pending: object(constants: {"status" = text("pending")}),
    Unlock: object(
        constants: {"status" = text("ok"), "type" = text("unlock")},
        defaults: {"version" = integer(-1)},
    ),
    UnlockFailed: object(
        required: ["status", "error"],
        constants: {"type" = text("unlock")},
        defaults: {"final" = boolean(true), "next" = null()},
    ),
});

#[test]
fn the_most_specific_variant_is_selected_in_any_order() {
    let unlock = json!({"status": "ok", "type": "unlock", "error": null});
    assert!(matches!(read(unlock), Action::Unlock(_)));
    let failed = json!({"status": "bad", "type": "unlock", "error": "e", "next": null});
    assert!(matches!(read(failed), Action::UnlockFailed(_)));
    assert!(matches!(read(json!({"status": "pending"})), Action::Pending(_)));
    assert!(matches!(read(json!({"status": "new"})), Action::Any(_)));
    assert!(matches!(read(json!({"type": "unlock"})), Action::Any(_)));
    assert!(matches!(read(json!(7)), Action::Unrecognized(_)));
    let other = json!({"status": "ok", "type": "unlock", "version": 2});
    assert!(matches!(read(other), Action::Any(_)));
}

#[derive(PartialEq)]
enum Sloppy {
    Good(Attempt),
    Unrecognized(Value),
}
crate::union_enum!(Sloppy {
    Good: object(required: ["status", "error"], constants: {"type" = text("good")}),
});

#[test]
fn a_variant_is_selected_by_constants_if_it_decodes() {
    let sloppy = json!({"type": "good", "status": "ok"});
    assert!(matches!(read(sloppy), Sloppy::Good(_)));
    assert!(matches!(read(json!({"error": "e"})), Sloppy::Unrecognized(_)));
    assert!(matches!(read(json!({"type": "new"})), Sloppy::Unrecognized(_)));
}

#[test]
fn a_required_constant_that_matches_keeps_its_error() {
    let error = fail::<Sloppy>(json!({"type": "good"}));
    assert_eq!(error.to_string(), "missing field `status` at $");
}

#[derive(Debug, Clone)]
enum Mode {
    Auto,
    Unrecognized(String),
}
crate::string_enum!(Mode { Auto = "auto" });

enum Input {
    Whole(i64),
    Number(f64),
    At(jiff::Timestamp),
    Day(jiff::civil::Date),
    Mode(Mode),
    Token(SecretString),
    Tokens(Vec<i64>),
    Batches(Vec<Vec<i64>>),
    Texts(Vec<String>),
    Ranks(std::collections::BTreeMap<String, Option<i64>>),
    Again(Box<Input>),
    Unrecognized(Value),
}
crate::union_enum!(Input {
    Again: union(Input),
    Number: number,
    Whole: integer,
    Token as Secret: string,
    At: timestamp,
    Day: date,
    Mode: values(Mode),
    Texts: list(string),
    Tokens: list(integer),
    Batches: list(list(integer)),
    Ranks: map(nullable(integer)),
});

#[test]
fn scalars_lists_and_maps_are_selected_by_type() {
    assert!(matches!(read(json!(4)), Input::Whole(4)));
    assert!(matches!(read(json!(4.5)), Input::Number(_)));
    assert!(matches!(read(json!("2026-01-02T03:04:05Z")), Input::At(_)));
    assert!(matches!(read(json!("2026-01-02")), Input::Day(_)));
    assert!(matches!(read(json!("auto")), Input::Mode(Mode::Auto)));
    assert!(matches!(read(json!(["a"])), Input::Texts(_)));
    assert!(matches!(read(json!([1, 2.0])), Input::Tokens(_)));
    assert!(matches!(read(json!([[1], [2]])), Input::Batches(_)));
    assert!(matches!(read(json!({"a": 1, "b": null})), Input::Ranks(_)));
    assert!(matches!(read(json!([1, "a"])), Input::Unrecognized(_)));
    assert!(matches!(read(json!(true)), Input::Unrecognized(_)));
}

#[test]
fn duplicate_properties_do_not_affect_the_selection() {
    let input: Input = from_slice(br#"{"a": 1, "b": 2, "a": "text"}"#).unwrap();
    assert!(matches!(input, Input::Ranks(_)), "{input:?}");
    assert_eq!(serde_json::to_value(&input).unwrap(), json!({"a": 1, "b": 2}));
}

#[test]
fn a_payload_can_have_a_wire_format() {
    let input: Input = read(json!("hush"));
    assert!(!format!("{input:?}").contains("hush"));
    let Input::Token(token) = &input else { panic!("a token") };
    assert_eq!(token.expose_secret(), "hush");
    let written = expose_secrets(|| serde_json::to_value(&input));
    assert_eq!(written.unwrap(), json!("hush"));
    let redacted = serde_json::to_value(&input).unwrap();
    assert_eq!(redacted, json!("[redacted]"));
    // A secret cannot be read from the placeholder.
    assert!(!matches!(read(redacted), Input::Token(_)));
}

#[test]
fn the_selection_of_a_recursive_union_ends() {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let _ = from_slice::<Input>(deep.to_string().as_bytes());
}
