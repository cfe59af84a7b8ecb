//! Alternatives of `anyOf` that one value matches together.

use sdk_golden::any_of_overlap::types::{K, k::KCombined};
use serde_json::{Value, from_value, json, to_value};

fn read(wire: Value) -> K {
    let read: K = from_value(wire.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), wire);
    read
}

#[test]
fn members_of_several_alternatives_are_kept() {
    let both = read(json!({ "id": "x", "a": "y", "b": 1 }));
    assert!(
        matches!(both, K::Combined(both) if both.a.as_deref() == Some("y") && both.b == Some(1))
    );
}

#[test]
fn a_value_of_one_alternative_is_that_one() {
    assert!(matches!(read(json!({ "id": "x" })), K::A(_)));
    assert!(matches!(read(json!({ "id": "x", "a": "y" })), K::A(_)));
    assert!(matches!(read(json!({ "id": "x", "b": 1 })), K::B(_)));
    assert!(matches!(
        read(json!({ "id": "x", "b": 1, "c": "z" })),
        K::Super(_)
    ));
}

#[test]
fn members_of_several_alternatives_can_be_sent() {
    let sent = K::from(KCombined::new("x").a("y").b(1));
    assert_eq!(
        to_value(sent).unwrap(),
        json!({ "id": "x", "a": "y", "b": 1 })
    );
}
