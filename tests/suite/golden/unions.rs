//! A union takes the variant that fits, never the first that happens to parse.

use sdk_golden::unions::types::{
    Animal, Attempt, Being, Car, Circle, Dog, Plant, Reason, Shape, Vehicle,
    attempt::AttemptSuccess,
};
use serde_json::{Value, from_value, json, to_value};

fn attempt(value: Value) -> Attempt {
    from_value(value).unwrap()
}

#[test]
fn the_discriminator_decides() {
    let shape: Shape = from_value(json!({ "kind": "circle", "radius": 2, "side": 3 })).unwrap();
    assert_eq!(shape, Shape::from(Circle::new(2.0)));
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

#[test]
fn the_tag_is_sent_without_being_asked_for() {
    let shape = Shape::from(Circle::new(2.0));
    assert_eq!(
        to_value(shape).unwrap(),
        json!({ "kind": "circle", "radius": 2.0 })
    );
    let animal = Animal::from(Dog::new("Rex", true));
    let sent = json!({ "species": "Dog", "name": "Rex", "barks": true });
    assert_eq!(to_value(animal).unwrap(), sent);
    let vehicle = Vehicle::from(Car::new().wheels(4));
    assert_eq!(
        to_value(vehicle).unwrap(),
        json!({ "type": "car", "wheels": 4 })
    );
}

#[test]
fn a_union_in_a_union_takes_all_its_tags() {
    let read = |value: Value| from_value::<Being>(value).unwrap();
    let tree = read(json!({ "species": "Tree", "height": 2 }));
    assert!(matches!(tree, Being::Plant(Plant::Tree(_))));
    assert!(matches!(
        read(json!({ "species": "Fern" })),
        Being::Plant(Plant::Fern(_))
    ));
    for tag in ["stone", "rock"] {
        let stone = read(json!({ "species": tag }));
        assert!(matches!(&stone, Being::Stone(stone) if stone.species == tag));
        assert_eq!(to_value(stone).unwrap(), json!({ "species": tag }));
    }
}

#[test]
fn what_all_variants_have_is_a_method() {
    let pending = attempt(json!({ "status": "pending" }));
    assert_eq!(pending.status(), Some("pending"));
    let future = attempt(json!({ "status": "later", "until": 7 }));
    assert!(matches!(future, Attempt::Unrecognized(_)));
    assert_eq!(future.status(), Some("later"));
}
