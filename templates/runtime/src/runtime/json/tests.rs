use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Error, FromJson, from_slice, parse};

#[derive(Debug, PartialEq)]
struct Device {
    id: String,
    count: i32,
    big: Option<u64>,
}

crate::json_object!(Device {
    id = required("id"),
    count = required("count"),
    big = optional("big"),
});

fn from_value<T: FromJson>(value: Value) -> Result<T, Error> {
    from_slice(value.to_string().as_bytes())
}

#[test]
fn a_number_without_a_fraction_is_an_integer() {
    assert_eq!(from_slice::<i32>(b"4.0").unwrap(), 4);
    assert_eq!(from_slice::<Vec<i64>>(b"[1e3, -2.0, 5]").unwrap(), [1000, -2, 5]);
    let device: Device =
        from_value(json!({"id": "d", "count": 4.0, "big": 7.0})).unwrap();
    assert_eq!(device, Device { id: "d".to_owned(), count: 4, big: Some(7) });
    assert_eq!(from_slice::<f64>(b"4").unwrap(), 4.0);
}

#[test]
fn a_number_with_a_fraction_is_not_an_integer() {
    let error = from_slice::<i64>(b"4.5").unwrap_err();
    assert_eq!(error.to_string(), "expected i64, got a number with a fraction at $");
    assert!(from_slice::<i64>(b"1e300").is_err());
    assert!(from_slice::<i32>(b"2147483648").is_err());
    assert!(from_slice::<u64>(b"-1.0").is_err());
}

#[test]
fn an_error_has_a_path_and_no_value() {
    let value = json!({"odd key": [{"id": "tok_secret", "count": "tok_secret"}]});
    let error = from_value::<BTreeMap<String, Vec<Device>>>(value).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$[\"odd key\"][0].count"));
    assert_eq!(error.message(), "expected i32, got a string");
    assert!(!format!("{error} {error:?}").contains("tok_secret"));

    let error = from_value::<Vec<Device>>(json!([{"id": "x"}])).unwrap_err();
    assert_eq!(error.to_string(), "missing field `count` at $[0]");
}

#[test]
fn an_invalid_string_is_not_quoted() {
    let error = from_slice::<Vec<jiff::civil::Date>>(b"[\"tok_secret\"]").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("tok"), "{error}");
}

#[test]
fn the_error_of_other_text_names_its_type() {
    let message = |text: &str| {
        let error = parse(text.as_bytes()).unwrap_err();
        assert!(error.is_syntax() && error.path().is_none());
        error.to_string()
    };
    assert_eq!(message(" \n"), "expected JSON, got an empty body");
    assert_eq!(
        message("<!DOCTYPE html>…"),
        "expected JSON, got an HTML page of 18 bytes"
    );
    assert_eq!(message("<x/>"), "expected JSON, got markup (HTML or XML) of 4 bytes");
    assert_eq!(
        message("{\"a\": [1, "),
        "the JSON is incomplete: it ends after 10 bytes"
    );
    assert!(message("nope").starts_with("the body is not JSON: expected "));
    assert!(message(&"[".repeat(200)).contains("recursion limit"));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert!(from_slice::<bool>(b"\xEF\xBB\xBFtrue").unwrap());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes: Vec<u8>) {
        let _ = from_slice::<Vec<Device>>(&bytes);
    }

    #[test]
    fn any_value_is_decoded_as_by_serde_json(value in any_json()) {
        let text = value.to_string();
        let theirs: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(from_slice::<Value>(text.as_bytes()).unwrap(), theirs);
    }

    #[test]
    fn properties_are_found_in_any_order(order in Just([0, 1, 2, 3]).prop_shuffle()) {
        let members =
            [r#""id": "d""#, r#""count": 7"#, r#""big": 8"#, r#""new": {"id": "x"}"#];
        let members: Vec<_> = order.iter().map(|index| members[*index]).collect();
        let device: Device = from_slice(format!("{{{}}}", members.join(",")).as_bytes()).unwrap();
        prop_assert_eq!(device, Device { id: "d".to_owned(), count: 7, big: Some(8) });
    }

    #[test]
    fn a_typed_value_is_decoded_as_by_serde_json(value in any_json()) {
        type T = Option<BTreeMap<String, Option<Vec<f64>>>>;
        let text = value.to_string();
        let ours = from_slice::<T>(text.as_bytes()).ok();
        let theirs = serde_json::from_str::<T>(&text).ok();
        prop_assert_eq!(ours, theirs);
    }
}

#[test]
fn numbers_are_decoded_exactly() {
    for text in ["-0.11111111131111111", "0.1", "1.7976931348623157e308", "5e-324"] {
        let read = from_slice::<f64>(text.as_bytes()).unwrap();
        assert_eq!(read.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
    }
}

#[test]
fn the_first_of_duplicate_properties_is_used() {
    let text = br#"{"a": 1, "b": 2, "a": 3}"#;
    let value: Value = from_slice(text).unwrap();
    assert_eq!(value, serde_json::json!({"a": 1, "b": 2}));
    let map: BTreeMap<String, i64> = from_slice(text).unwrap();
    assert_eq!(map, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    assert!(from_slice::<BTreeMap<String, i64>>(br#"{"a": 1, "a": "b"}"#).is_ok());
}
