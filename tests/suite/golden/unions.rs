//! A union takes the variant that fits, never the first that happens to parse.

use sdk_golden::unions::types::{Attempt, Circle, Reason, Shape, attempt::AttemptSuccess};
use serde_json::{Value, from_value, json};

fn attempt(value: Value) -> Attempt {
    from_value(value).unwrap()
}

#[test]
fn the_discriminator_decides() {
    let shape: Shape = from_value(json!({ "kind": "circle", "radius": 2, "side": 3 })).unwrap();
    assert_eq!(shape, Shape::from(Circle::new("circle", 2.0)));
}

#[test]
fn single_values_decide_where_there_is_no_discriminator() {
    assert!(matches!(
        attempt(json!({ "status": "pending" })),
        Attempt::Pending(_)
    ));
    assert!(matches!(
        attempt(json!({ "status": "error", "error": "no" })),
        Attempt::Error(_)
    ));
    let success = json!({ "status": "success", "shape": { "kind": "square", "side": 1 } });
    let Attempt::Success(inner) = attempt(success) else {
        panic!("not a success")
    };
    let AttemptSuccess {
        shape: Shape::Square(square),
        ..
    } = *inner
    else {
        panic!("no square")
    };
    assert_eq!(square.side, 1.0);
}

#[test]
fn a_variant_of_the_future_is_kept_as_json() {
    let unknown = json!({ "kind": "hexagon", "sides": 6 });
    let shape: Shape = from_value(unknown.clone()).unwrap();
    assert_eq!(shape, Shape::Unrecognized(unknown.clone()));
    assert_eq!(serde_json::to_value(shape).unwrap(), unknown);
}

#[test]
fn the_kind_of_json_decides_between_scalars() {
    assert_eq!(
        from_value::<Reason>(json!("x")).unwrap(),
        Reason::String("x".to_owned())
    );
    assert_eq!(from_value::<Reason>(json!(7)).unwrap(), Reason::Integer(7));
    assert_eq!(
        from_value::<Reason>(json!(["a"])).unwrap(),
        Reason::StringList(vec!["a".to_owned()])
    );
}
