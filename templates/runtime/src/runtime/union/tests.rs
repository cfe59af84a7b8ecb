#![allow(unreachable_pub, reason = "the macros are for public types")]

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

#[derive(Debug, Default, PartialEq)]
struct Cat {
    kind: Option<String>,
    name: String,
    age: Option<String>,
}
crate::json_object!(Cat without_default {
    kind = optional("kind"),
    name = required("name"),
    age = optional("age"),
});

#[derive(Debug, PartialEq)]
struct Dog {
    kind: Option<String>,
    name: String,
    age: Option<i64>,
}
crate::json_object!(Dog {
    kind = optional("kind"),
    name = required("name"),
    age = optional("age"),
});

#[derive(PartialEq)]
enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Unrecognized(Value),
}
crate::union_enum!(Pet {
    Cat: object(
        required: ["name"],
        optional: ["age"],
        defaults: {"kind" = text("cat")},
        members: {"age" = nullable(string)},
    ),
    Dog: object(
        required: ["name"],
        optional: ["age"],
        defaults: {"kind" = text("dog")},
        members: {"age" = nullable(integer)},
    ),
});

#[test]
fn a_constant_that_may_be_missing_decides_where_it_is_there() {
    assert!(matches!(read(json!({"kind": "dog", "name": "Rex"})), Pet::Dog(_)));
    assert!(matches!(read(json!({"kind": "cat", "name": "Tom"})), Pet::Cat(_)));
    let bird = json!({"kind": "bird", "name": "Tweety"});
    assert_eq!(read::<Pet>(bird.clone()), Pet::Unrecognized(bird));
    // It does not identify the variant well enough to fail the whole response.
    let nameless = json!({"kind": "dog"});
    assert_eq!(read::<Pet>(nameless.clone()), Pet::Unrecognized(nameless));
}

#[test]
fn the_types_of_members_decide_where_nothing_else_does() {
    assert!(matches!(read(json!({"name": "Rex", "age": 7})), Pet::Dog(_)));
    assert!(matches!(read(json!({"name": "Tom", "age": "7"})), Pet::Cat(_)));
    assert!(matches!(read(json!({"name": "Tom", "age": null})), Pet::Cat(_)));
    let other = json!({"name": "Tom", "age": [7]});
    assert_eq!(read::<Pet>(other.clone()), Pet::Unrecognized(other));
}

#[derive(PartialEq)]
enum Turns {
    Cat(Cat),
    Dog(Dog),
    Unrecognized(Value),
}
crate::union_enum!(Turns {
    Cat: object(required: ["name"], optional: ["kind", "age"]),
    Dog: object(required: ["name"], optional: ["kind", "age"]),
});

#[test]
fn of_equals_the_first_that_decodes_is_taken() {
    assert!(matches!(read(json!({"name": "Rex", "age": 7})), Turns::Dog(_)));
    assert!(matches!(read(json!({"name": "Tom"})), Turns::Cat(_)));
    assert!(matches!(read(json!({"name": 7})), Turns::Unrecognized(_)));
}

#[derive(Debug, PartialEq)]
struct Small {
    id: String,
    more: Option<String>,
    seen: Option<Value>,
}
crate::json_object!(Small {
    id = required("id"),
    more = optional("more"),
    seen = optional("seen"),
});

#[derive(PartialEq)]
enum Sized {
    Small(Small),
    Big(Small),
    Nested(Small),
    Unrecognized(Value),
}
crate::union_enum!(Sized {
    Small: object(required: ["id"]),
    Big: object(required: ["id"], optional: ["more"], members: {"more" = values(Mode)}),
    Nested: object(
        required: ["id"],
        optional: ["more", "seen"],
        members: {
            "more" = literals("x"),
            "seen" = object(required: ["at"], optional: ["by"]),
        },
    ),
});

#[test]
fn the_variant_that_knows_most_members_is_taken() {
    assert!(matches!(read(json!({"id": "a"})), Sized::Small(_)));
    assert!(matches!(read(json!({"id": "a", "more": "auto"})), Sized::Big(_)));
    assert!(matches!(read(json!({"id": "a", "more": "x"})), Sized::Nested(_)));
    let seen = json!({"id": "a", "seen": {"at": 1, "by": "b"}});
    assert!(matches!(read(seen), Sized::Nested(_)));
}

#[derive(PartialEq)]
enum Pair {
    Two((String, i64)),
    Three((String, i64, bool)),
    Unrecognized(Value),
}
crate::union_enum!(Pair {
    Two: tuple(2, string, integer),
    Three: tuple(3, string, integer, boolean),
});

#[test]
fn the_length_of_a_list_decides_between_tuples() {
    assert!(matches!(read(json!(["a", 1])), Pair::Two(_)));
    assert!(matches!(read(json!(["a", 1, true])), Pair::Three(_)));
    assert!(matches!(read(json!(["a"])), Pair::Unrecognized(_)));
    assert!(matches!(read(json!([1, "a", true])), Pair::Unrecognized(_)));
}

#[derive(PartialEq)]
enum Fallback {
    Removed(Removed),
    Other(std::collections::BTreeMap<String, Value>),
    Unrecognized(Value),
}
crate::union_enum!(Fallback by "event_type" {
    Removed ["removed"],
    Other: default,
});

#[test]
fn a_missing_or_unknown_discriminator_selects_the_default_variant() {
    assert!(matches!(read(json!({"event_type": "removed"})), Fallback::Removed(_)));
    assert!(matches!(read(json!({"event_type": "new", "x": 1})), Fallback::Other(_)));
    assert!(matches!(read(json!({"x": 1})), Fallback::Other(_)));
    assert!(matches!(read(json!(7)), Fallback::Unrecognized(_)));
}

#[derive(Debug, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    left: i64,
}
crate::json_object!(Left without_default {
    child = optional("child"),
    left = required("left"),
});

#[derive(Debug, PartialEq)]
struct Right {
    child: Option<Box<Tree>>,
    left: bool,
}
crate::json_object!(Right without_default {
    child = optional("child"),
    left = required("left"),
});

#[derive(PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
    Same(Box<Tree>),
    Unrecognized(Value),
}
crate::union_enum!(Tree {
    Left: object(required: ["left"], optional: ["child"], constants: {}),
    Right: object(required: ["left"], optional: ["child"], constants: {}),
    Same: union(Tree),
});

/// Without a limit, each level doubles the number of candidates.
#[test]
fn the_time_of_a_recursive_union_is_bounded() {
    let mut tree = json!({"left": "neither"});
    for _ in 0..60 {
        tree = json!({"left": "neither", "child": tree});
    }
    assert!(matches!(read(tree), Tree::Unrecognized(_)));
    // The limit applies to each value anew.
    assert!(matches!(read(json!({"left": true})), Tree::Right(_)));
}
