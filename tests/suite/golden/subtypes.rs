//! Schemas that extend others, and what they declare anew.

use sdk_golden::subtypes::types::{
    Created, Event, Pet, Phase, Step, WideItem, pet::PetBase, step::StepStop,
};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn a_subtype_s_union_replaces_the_base_s() {
    let wire = json!({ "item": { "type": "search", "query": "x", "name": 1 } });
    let event: Event = from_value(wire.clone()).unwrap();
    assert!(matches!(&event.item, WideItem::Search(search) if search.query == "x"));
    assert_eq!(to_value(event).unwrap(), wire);
}

#[test]
fn a_subtype_s_type_replaces_the_base_s() {
    let wire = json!({ "customer": null, "at": "2026-01-02T03:04:05Z" });
    let created: Created = from_value(wire.clone()).unwrap();
    assert_eq!(created.customer, Value::Null);
    assert_eq!(to_value(created).unwrap(), wire);
}

#[test]
fn a_base_can_be_an_alternative_of_itself() {
    let wire = json!({ "petType": "pet", "name": "Rex" });
    assert!(matches!(from_value(wire.clone()).unwrap(), Pet::Pet(_)));
    assert_eq!(
        to_value(Pet::from(PetBase::new().name("Rex"))).unwrap(),
        wire
    );
}

#[test]
fn descendants_are_alternatives_of_the_base() {
    let read = |wire: Value| from_value::<Pet>(wire).unwrap();
    assert!(matches!(
        read(json!({ "petType": "lion", "lives": 9 })),
        Pet::Lion(_)
    ));
    assert!(matches!(
        read(json!({ "petType": "Tiger", "stripes": 9 })),
        Pet::Tiger(_)
    ));
}

#[test]
fn a_single_alternative_is_a_union_that_can_grow() {
    let step = Step::from(StepStop::new("x"));
    assert_eq!(
        to_value(step).unwrap(),
        json!({ "type": "STOP", "at": "x" })
    );
    let phase = json!({ "type": "wait", "seconds": 2 });
    assert!(matches!(from_value(phase).unwrap(), Phase::Wait(_)));
}
