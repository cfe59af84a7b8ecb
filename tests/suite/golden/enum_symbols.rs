//! Values of enums that are symbols.

use sdk_golden::enum_symbols::types::{Emoji, Letter, Operator};

#[test]
fn symbols_have_words() {
    assert_eq!(Operator::from("≥"), Operator::GreaterThanOrEqualToSign);
    assert_eq!(Operator::from(">="), Operator::GreaterThanOrEqualTo);
    assert_eq!(Operator::from("≠"), Operator::NotEqualToSign);
    assert_eq!(Letter::from("Á"), Letter::AAcute);
    assert_eq!(Letter::from("á"), Letter::AAcuteLowerCase);
    assert_eq!(Emoji::from("👍"), Emoji::ThumbsUp);
    assert_eq!(Emoji::from("👎"), Emoji::ThumbsDown);
}

#[test]
fn each_value_keeps_its_text() {
    for values in [Operator::VALUES, Letter::VALUES, Emoji::VALUES] {
        assert!(!values.is_empty());
    }
    for value in Operator::VALUES {
        assert_eq!(Operator::from(*value).as_str(), *value);
        assert!(!matches!(Operator::from(*value), Operator::Unrecognized(_)));
    }
}
