use jiff::Timestamp;
use proptest::prelude::*;

use super::{from_nanoseconds, parse};

fn parsed(text: &str) -> String {
    parse(text).map_or_else(|_| "error".to_owned(), |timestamp| timestamp.to_string())
}

#[test]
fn rfc_3339_is_parsed() {
    let rows = [
        ("2024-02-29T12:34:56Z", "2024-02-29T12:34:56Z"),
        ("2024-02-29t12:34:56z", "2024-02-29T12:34:56Z"),
        ("2024-02-29 12:34:56+02:30", "2024-02-29T10:04:56Z"),
        ("2024-02-29T12:34:56-0800", "2024-02-29T20:34:56Z"),
        ("2024-02-29T12:34:56+23:59", "2024-02-28T12:35:56Z"),
        ("2024-02-29T12:34:56+01:00[Europe/Berlin]", "2024-02-29T11:34:56Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ];
    for (text, expected) in rows {
        assert_eq!(parsed(text), expected, "{text}");
    }
}

#[test]
fn a_text_without_an_offset_is_in_utc() {
    assert_eq!(parsed("2024-02-29T12:34:56"), "2024-02-29T12:34:56Z");
    assert_eq!(parsed("0001-01-01T00:00:00"), "0001-01-01T00:00:00Z");
    assert_eq!(parsed("2024-02-29 12:34:56.5"), "2024-02-29T12:34:56.5Z");
}

#[test]
fn digits_beyond_nanoseconds_are_dropped() {
    let expected = "2024-02-29T12:34:56.123456789Z";
    assert_eq!(parsed("2024-02-29T12:34:56.123456789999Z"), expected);
    assert_eq!(parsed("2024-02-29T12:34:56.123456789123+00:00"), expected);
}

#[test]
fn times_after_the_last_timestamp_are_the_last_timestamp() {
    for text in [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T00:00:00",
        "9999-12-31T23:59:59-12:00",
    ] {
        assert_eq!(parse(text), Ok(Timestamp::MAX), "{text}");
    }
    assert_eq!(from_nanoseconds(253_402_300_799_000_000_000), Some(Timestamp::MAX));
    assert_eq!(from_nanoseconds(253_402_300_800_000_000_000), None);
    assert_eq!(from_nanoseconds(i128::MIN), None);
}

#[test]
fn other_texts_are_errors() {
    for text in [
        "",
        "2024-02-29",
        "12:34:56Z",
        "2024-02-30T12:34:56Z",
        "2024-02-29T12:34:56+24:00",
        "2024-02-29T12:34:56+25:00",
        "2024-02-29T12:34:56+01:60",
        "2024-02-29T12:34:56+1:00",
        "2024-02-29T12:34:56+01:00:00",
        "2024-02-29T12:34:56.Z",
        "2024-02-29T12:34:56.1x",
        "2024-02-29T25:00:00Z",
        "10000-01-01T00:00:00Z",
        "now",
    ] {
        assert_eq!(parsed(text), "error", "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_timestamp_or_an_error(text in "[0-9TtZz:.,+\\[ é-]{0,40}") {
        let _ = parse(&text);
    }

    #[test]
    fn timestamps_round_trip(seconds in -377_705_023_201_i64..253_402_207_200, nanos in 0..1_000_000_000) {
        let timestamp = Timestamp::new(seconds, nanos).unwrap();
        prop_assert_eq!(parse(&timestamp.to_string()), Ok(timestamp));
        let with_offset = timestamp.to_string().replace('Z', "+00:00");
        prop_assert_eq!(parse(&with_offset), Ok(timestamp));
    }
}
