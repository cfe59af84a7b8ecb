use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::runtime::json::from_slice;

const LONG: &str = "-12345678901234567890.123456789012345678901234567890";

#[derive(Debug)]
struct Price {
    note: String,
    amounts: Vec<Decimal>,
    rate: f64,
}
crate::json_object!(Price {
    note = required("note"),
    amounts = required("amounts"),
    rate = required("rate"),
});

#[test]
fn all_digits_are_kept() {
    let text = format!(
        r#"{{"note":"\" 1.5 \\","amounts":[{LONG},1.10,2e40,7,340282366920938463463374607431768211455],"rate":0.1}}"#
    );
    let price: Price = from_slice(text.as_bytes()).unwrap();
    let digits: Vec<_> = price.amounts.iter().map(Decimal::as_str).collect();
    let wanted = [LONG, "1.10", "2e40", "7", "340282366920938463463374607431768211455"];
    assert_eq!(digits, wanted);
    assert_eq!((price.rate, price.note.as_str()), (0.1, "\" 1.5 \\"));
    assert_eq!(serde_json::to_string(&price).unwrap(), text);
}

#[test]
fn text_is_read_too() {
    assert_eq!(from_slice::<Decimal>(br#""0.10""#).unwrap().as_str(), "0.10");
    for text in ["", "-", "1.", ".5", "+1", "01", "1 ", "NaN", "true", "\"1\""] {
        assert_eq!(text.parse::<Decimal>(), Err(InvalidDecimal), "{text}");
    }
    assert!(from_slice::<Decimal>(b"[1]").is_err());
}

#[test]
fn values_without_their_text_have_the_shortest_digits() {
    let read: Decimal = serde_json::from_value(json!(0.1)).unwrap();
    assert_eq!(read.as_str(), "0.1");
}

proptest! {
    #[test]
    fn any_number_round_trips(whole: i64, fraction in "[0-9]{0,30}", exponent in -20..20) {
        let point = if fraction.is_empty() { "" } else { "." };
        let text = format!("{whole}{point}{fraction}e{exponent}");
        let read: Decimal = from_slice(text.as_bytes()).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}
