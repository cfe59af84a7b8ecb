//! Formats are types, and come out as they went in.

use sdk_golden::{
    composition::types::Dog, formats::types::Sample, openapi31::webhooks::ThingChanged,
};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn every_format_survives() {
    let value = json!({
        "at": "2024-01-01T00:00:00Z", "seconds": 1, "millis": 2, "seen": null, "day": "2024-02-29",
        "uuid": "not one", "small": -1, "large": 9_007_199_254_740_993_i64, "ratio": 0.1,
        "blob": "AAE=", "secret": "s", "hint": "h", "anything": [null], "free": { "a": {} },
        "counts": { "b": 2 },
    });
    let sample: Sample = from_value(value.clone()).unwrap();
    assert_eq!(sample.millis.as_millisecond(), 2);
    assert_eq!(sample.day.day(), 29);
    assert_eq!(sample.blob.as_ref(), [0, 1]);
    assert!(!format!("{sample:?}").contains("\"s\""));
    let without_null = |mut value: Value| {
        value
            .as_object_mut()
            .unwrap()
            .retain(|_, member| !member.is_null());
        value
    };
    let written = sdk_golden::expose_secrets(|| to_value(sample)).unwrap();
    assert_eq!(without_null(written), without_null(value));
}

#[test]
fn the_forms_of_3_1_survive_in_a_webhook() {
    let value = json!({
        "kind": "thing", "name": "n", "size": 1, "pair": ["a", 1], "either": 2,
        "parent": { "kind": "thing", "name": null, "size": 2, "pair": ["b", 2], "either": "x" },
        "data": "AAE=", "owner": { "id": "o" },
    });
    let thing: ThingChanged = from_value(value.clone()).unwrap();
    assert_eq!(thing.pair, (Some("a".to_owned()), Some(1)));
    assert_eq!(thing.parent.as_ref().unwrap().name, None);
    assert_eq!(to_value(thing).unwrap()["either"], value["either"]);
}

#[test]
fn properties_beside_all_of_belong_to_it() {
    let value = json!({
        "name": "n", "barks": true, "owner": null, "extras": { "chip": "c", "tag": "t" },
    });
    let dog: Dog = from_value(value).unwrap();
    assert!(dog.barks && dog.owner.is_none());
    assert_eq!(dog.extras.unwrap().additional["tag"], "t");
}
