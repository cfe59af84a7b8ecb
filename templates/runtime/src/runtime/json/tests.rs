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
fn a_whole_number_is_an_integer_in_any_spelling() {
    assert_eq!(from_slice::<i32>(b"4.0").unwrap(), 4);
    assert_eq!(from_slice::<Vec<i64>>(b"[1e3, -2.0, 5]").unwrap(), [1000, -2, 5]);
    let device: Device =
        from_value(json!({"id": "d", "count": 4.0, "big": 7.0})).unwrap();
    assert_eq!(device, Device { id: "d".to_owned(), count: 4, big: Some(7) });
    assert_eq!(from_slice::<f64>(b"4").unwrap(), 4.0);
}

#[test]
fn a_fraction_is_no_integer() {
    let error = from_slice::<i64>(b"4.5").unwrap_err();
    assert_eq!(error.to_string(), "expected i64, got a number with a fraction at $");
    assert!(from_slice::<i64>(b"1e300").is_err());
    assert!(from_slice::<i32>(b"2147483648").is_err());
    assert!(from_slice::<u64>(b"-1.0").is_err());
}

#[test]
fn a_failure_tells_its_path_and_no_content() {
    let value = json!({"odd key": [{"id": "tok_secret", "count": "tok_secret"}]});
    let error = from_value::<BTreeMap<String, Vec<Device>>>(value).unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$[\"odd key\"][0].count"));
    assert_eq!(error.message(), "expected i32, got a string");
    assert!(!format!("{error} {error:?}").contains("tok_secret"));

    let error = from_value::<Vec<Device>>(json!([{"id": "x"}])).unwrap_err();
    assert_eq!(error.to_string(), "missing field `count` at $[0]");
}

#[test]
fn a_text_that_cannot_be_read_is_not_quoted() {
    let error = from_slice::<Vec<jiff::civil::Date>>(b"[\"tok_secret\"]").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("tok"), "{error}");
}

#[test]
fn what_is_not_json_is_told_by_what_it_is() {
    let told = |text: &str| {
        let error = parse(text.as_bytes()).unwrap_err();
        assert!(error.is_syntax() && error.path().is_none());
        error.to_string()
    };
    assert_eq!(told(" \n"), "expected JSON, got an empty body");
    assert_eq!(told("<!DOCTYPE html>…"), "expected JSON, got an HTML page of 18 bytes");
    assert_eq!(told("<x/>"), "expected JSON, got markup (HTML or XML) of 4 bytes");
    assert_eq!(
        told("{\"a\": [1, "),
        "the JSON is cut off: it ends in the middle, after 10 bytes"
    );
    assert!(told("nope").starts_with("the body is not JSON: expected "));
    assert!(told(&"[".repeat(200)).contains("recursion limit"));
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
    fn any_text_is_read_as_serde_json_reads_it(value in any_json()) {
        let text = value.to_string();
        let theirs: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(from_slice::<Value>(text.as_bytes()).unwrap(), theirs);
    }

    #[test]
    fn members_are_found_in_any_order(order in Just([0, 1, 2, 3]).prop_shuffle()) {
        let members =
            [r#""id": "d""#, r#""count": 7"#, r#""big": 8"#, r#""new": {"id": "x"}"#];
        let members: Vec<_> = order.iter().map(|index| members[*index]).collect();
        let device: Device = from_slice(format!("{{{}}}", members.join(",")).as_bytes()).unwrap();
        prop_assert_eq!(device, Device { id: "d".to_owned(), count: 7, big: Some(8) });
    }

    #[test]
    fn any_type_is_read_as_serde_json_reads_it(value in any_json()) {
        type T = Option<BTreeMap<String, Option<Vec<f64>>>>;
        let text = value.to_string();
        let ours = from_slice::<T>(text.as_bytes()).ok();
        let theirs = serde_json::from_str::<T>(&text).ok();
        prop_assert_eq!(ours, theirs);
    }
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    for text in ["-0.11111111131111111", "0.1", "1.7976931348623157e308", "5e-324"] {
        let read = from_slice::<f64>(text.as_bytes()).unwrap();
        assert_eq!(read.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
    }
}

#[test]
fn of_members_with_one_name_the_first_counts_everywhere() {
    let text = br#"{"a": 1, "b": 2, "a": 3}"#;
    let value: Value = from_slice(text).unwrap();
    assert_eq!(value, serde_json::json!({"a": 1, "b": 2}));
    let map: BTreeMap<String, i64> = from_slice(text).unwrap();
    assert_eq!(map, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    assert!(from_slice::<BTreeMap<String, i64>>(br#"{"a": 1, "a": "b"}"#).is_ok());
}
