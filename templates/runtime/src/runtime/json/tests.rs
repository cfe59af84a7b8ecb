use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{from_slice, from_value, parse};

#[derive(Debug, PartialEq, Deserialize)]
struct Device {
    id: String,
    count: i32,
    #[serde(default)]
    big: Option<u64>,
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
    assert!(from_slice::<u8>(b"256").is_err());
    assert!(from_slice::<u8>(b"-1.0").is_err());
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
fn what_other_crates_quote_is_left_out() {
    let error: super::Error = serde::de::Error::custom(r#"no "tok_\"secret" here"#);
    assert_eq!(error.message(), "no \"…\" here");
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
    assert_eq!(parse(b"\xEF\xBB\xBFtrue").unwrap(), json!(true));
}

#[test]
fn enums_and_numeric_keys_of_the_callers_own_types_work() {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    enum Shape {
        Point,
        Circle(i64),
        Square { side: i64 },
        Line(i64, i64),
    }
    let value =
        json!(["Point", {"Circle": 2.0}, {"Square": {"side": 3}}, {"Line": [1, 2]}]);
    let shapes: Vec<Shape> = from_value(value).unwrap();
    let wanted =
        [Shape::Point, Shape::Circle(2), Shape::Square { side: 3 }, Shape::Line(1, 2)];
    assert_eq!(shapes, wanted);
    assert!(from_value::<Shape>(json!({"Line": [1, 2, 3]})).is_err());
    assert!(from_value::<Shape>(json!(null)).is_err());

    let map: BTreeMap<u32, Shape> = from_value(json!({"7": "Point"})).unwrap();
    assert_eq!(map, BTreeMap::from([(7, Shape::Point)]));
    let map: BTreeMap<Shape, bool> = from_value(json!({"Point": true})).unwrap();
    assert_eq!(map.len(), 1);
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
    fn any_value_reads_back_as_itself(value in any_json()) {
        prop_assert_eq!(from_value::<Value>(value.clone()).unwrap(), value);
    }

    #[test]
    fn any_value_is_read_as_serde_json_reads_it(value in any_json()) {
        type T = Option<BTreeMap<String, Option<Vec<f64>>>>;
        let ours = from_value::<T>(value.clone()).ok();
        let theirs = serde_json::from_value::<T>(value).ok();
        prop_assert_eq!(ours, theirs);
    }
}
