//! Numbers beyond 64-bit integers and floats.

use sdk_golden::{numbers::types::N, runtime::Decimal, testing::MockTransport};
use serde_json::{from_value, json, to_value};

#[tokio::test]
async fn all_digits_of_decimals_are_kept() {
    let text = r#"{"dec":1234567890.12345678901234567890,"int128":170141183460469231731687303715884105727}"#;
    let mock = MockTransport::new().json(200, text);
    let sent = N::new().dec("0.10".parse::<Decimal>().unwrap());
    let read = client!(numbers, mock).n().numbers(sent).await.unwrap();
    assert_eq!(mock.requests()[0].text(), r#"{"dec":0.10}"#);
    assert_eq!(
        read.dec.as_ref().map(Decimal::as_str),
        Some("1234567890.12345678901234567890")
    );
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn integers_beyond_i64_do_not_overflow() {
    let wire =
        json!({ "u64": u64::MAX, "big": u64::MAX, "bigmax": u64::MAX, "u32": u32::MAX, "min0": 7 });
    let read: N = from_value(wire.clone()).unwrap();
    assert_eq!(
        (read.u64, read.big, read.bigmax),
        (Some(u64::MAX), Some(u64::MAX), Some(u64::MAX))
    );
    assert_eq!(to_value(&read).unwrap(), wire);
}
