//! `defaultMapping` of a discriminator.

use sdk_golden::default_mapping::types::{Opt, Pet};
use serde_json::{Value, from_value, json, to_value};

fn pet(wire: Value) -> Pet {
    let read: Pet = from_value(wire.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), wire);
    read
}

#[test]
fn an_unknown_value_selects_the_default() {
    assert!(matches!(
        pet(json!({ "petType": "cat", "lives": 9 })),
        Pet::Cat(_)
    ));
    assert!(matches!(
        pet(json!({ "petType": "bird", "note": "x" })),
        Pet::OtherPet(_)
    ));
}

#[test]
fn a_missing_value_selects_the_default() {
    assert!(matches!(pet(json!({ "note": "x" })), Pet::OtherPet(_)));
    let read = |wire: Value| from_value::<Opt>(wire).unwrap();
    assert!(matches!(read(json!({ "b": "x" })), Opt::Untyped(_)));
    assert!(matches!(
        read(json!({ "kind": "typed", "a": "x" })),
        Opt::Typed(_)
    ));
}

#[test]
fn what_is_not_an_object_is_kept() {
    assert_eq!(pet(json!(7)), Pet::Unrecognized(json!(7)));
}
