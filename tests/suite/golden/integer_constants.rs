//! `oneOf` of constants with titles.

use sdk_golden::integer_constants::types::{K, Level, Named, Str};
use serde_json::{from_value, json, to_value};

#[test]
fn integers_with_titles_are_an_enum() {
    let wire = json!({ "level": 2, "named": 1, "str": "a" });
    let read: K = from_value(wire.clone()).unwrap();
    assert_eq!(read.level, Some(Level::High));
    assert_eq!(read.named, Some(Named::Low));
    assert_eq!(read.str, Some(Str::Alpha));
    assert_eq!(to_value(&read).unwrap(), wire);
}

#[test]
fn an_integer_of_the_future_is_kept() {
    assert_eq!(
        from_value::<Level>(json!(7)).unwrap(),
        Level::Unrecognized(7)
    );
}
