//! `additionalProperties` in every form.

use sdk_golden::maps::types::{Closed, Maps, Open, Typed};
use serde_json::{from_value, json, to_value};

#[test]
fn every_form_survives() {
    let value = json!({
        "anything": { "a": [1] }, "empty_schema": { "b": null }, "numbers": { "n": 1 },
        "lists": { "l": ["x"] }, "objects": { "o": { "n": 2 } }, "nested": { "x": { "y": true } },
        "closed": { "a": "1" }, "nothing": {}, "open": { "a": "1", "more": [2] },
        "typed": { "a": "1", "more": 2 }, "times": { "t": 1500 },
    });
    let maps: Maps = from_value(value.clone()).unwrap();
    let times = maps.times.as_ref().unwrap();
    assert_eq!(times["t"].as_millisecond(), 1500);
    assert_eq!(maps.typed.as_ref().unwrap().additional["more"], 2);
    assert_eq!(maps.open.as_ref().unwrap().additional["more"], json!([2]));
    assert_eq!(to_value(&maps).unwrap(), value);
}

#[test]
fn a_closed_object_tolerates_the_future() {
    let closed: Closed = from_value(json!({ "a": "1", "new": 2 })).unwrap();
    assert_eq!(to_value(closed).unwrap(), json!({ "a": "1" }));
}

#[test]
fn further_members_are_sent() {
    let mut open = Open::new().a("1");
    open.additional.insert("b".to_owned(), json!({ "c": null }));
    assert_eq!(
        to_value(open).unwrap(),
        json!({ "a": "1", "b": { "c": null } })
    );
    let mut typed = Typed::new("1");
    typed.additional.insert("n".to_owned(), 7);
    assert_eq!(to_value(typed).unwrap(), json!({ "a": "1", "n": 7 }));
}
