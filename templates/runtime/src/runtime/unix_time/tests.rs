use proptest::prelude::*;

use super::*;
use crate::runtime::json;

#[test]
fn integers_and_fractions_are_timestamps() {
    let at = |text: &str| json::from_slice::<UnixSeconds>(text.as_bytes()).unwrap().0;
    assert_eq!(at("1700000000").to_string(), "2023-11-14T22:13:20Z");
    assert_eq!(at("1700000000.0"), at("1700000000"));
    assert_eq!(at("1700000000.25").to_string(), "2023-11-14T22:13:20.25Z");
    assert_eq!(at("-1").to_string(), "1969-12-31T23:59:59Z");
    let millis: UnixMillis = json::from_slice(b"1700000000001").unwrap();
    assert_eq!(millis.0.to_string(), "2023-11-14T22:13:20.001Z");
    let never: UnixMillis = json::from_slice(b"253402300799000").unwrap();
    assert_eq!(never.0, Timestamp::MAX);
}

#[test]
fn a_number_out_of_range_or_another_type_is_an_error() {
    for text in ["9223372036854775807", "18446744073709551615", "1e300", "\"x\"", "null"]
    {
        let error = json::from_slice::<UnixSeconds>(text.as_bytes()).unwrap_err();
        assert_eq!(error.path().as_deref(), Some("$"), "{text}");
    }
    let error = json::from_slice::<UnixSeconds>(b"18446744073709551616").unwrap_err();
    let message = "expected a time between the years -9999 and 9999, \
                   got another integer of more than 64 bits";
    assert_eq!(error.message(), message);
}

proptest! {
    #[test]
    fn every_number_is_a_timestamp_or_an_error(number: i64, fraction: f64) {
        let _ = json::from_slice::<UnixMillis>(number.to_string().as_bytes());
        let _ = json::from_slice::<UnixSeconds>(fraction.to_string().as_bytes());
    }

    #[test]
    fn timestamps_round_trip(number in -300_000_000_000_i64..250_000_000_000_000) {
        let at: UnixMillis = json::from_slice(number.to_string().as_bytes()).unwrap();
        prop_assert_eq!(serde_json::to_value(at).unwrap(), number);
    }
}
