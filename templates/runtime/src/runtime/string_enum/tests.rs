#![allow(unreachable_pub, reason = "the macros are for public types")]

use serde_json::{Value, json};

use crate::runtime::json::{Error, FromJson, from_slice};

fn from_value<T: FromJson>(value: Value) -> Result<T, Error> {
    from_slice(value.to_string().as_bytes())
}

#[derive(Debug, Clone)]
enum Status {
    Active,
    Empty,
    Unrecognized(String),
}
crate::string_enum!(Status { Active = "active", Empty = "" });

#[derive(Debug, Clone)]
enum Level {
    #[deprecated = "to prove that the macro does not mind"]
    Lowest,
    Low,
    Minus,
    Unrecognized(i64),
}
crate::integer_enum!(Level { Lowest = -9, Low = 0, Minus = -1 });

#[test]
fn every_conversion_of_a_declared_string_gives_its_variant() {
    assert_eq!(Status::from("active"), Status::Active);
    assert_eq!(Status::from("active".to_owned()), Status::Active);
    assert_eq!("".parse(), Ok(Status::Empty));
    assert_eq!(from_value::<Status>(json!("active")).unwrap(), Status::Active);
    assert_eq!(Status::VALUES, ["active", ""]);
    assert_eq!(format!("{:>8}", Status::Active), "  active");
}

#[test]
fn an_unknown_string_is_kept() {
    let status: Status = from_value(json!("ACTIVE")).unwrap();
    assert_eq!(status, Status::Unrecognized("ACTIVE".to_owned()));
    assert_eq!(serde_json::to_value(&status).unwrap(), json!("ACTIVE"));
    assert_eq!(status.to_string(), "ACTIVE");
}

#[test]
fn another_type_is_an_error() {
    let error = from_value::<Vec<Status>>(json!(["active", 1])).unwrap_err();
    assert_eq!(error.to_string(), "expected a string, got an integer at $[1]");
}

#[test]
fn integers_are_declared_or_kept() {
    let levels: Vec<Level> = from_value(json!([0.0, -1, 7])).unwrap();
    assert_eq!(levels, [Level::Low, Level::Minus, Level::Unrecognized(7)]);
    assert_eq!(serde_json::to_value(&levels).unwrap(), json!([0, -1, 7]));
    assert_eq!(Level::from(-1), Level::Minus);
    assert_eq!("0".parse(), Ok(Level::Low));
    assert!("low".parse::<Level>().is_err());
    assert_eq!(Level::Unrecognized(7).to_string(), "7");
    assert_eq!(Level::VALUES, [-9, 0, -1]);
}
