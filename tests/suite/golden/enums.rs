//! Enums of integers, of several kinds of values, and of values that are hard to name.

use sdk_golden::{
    enums::types::Operator,
    mixed_enums::types::settings::{SettingsLevel, SettingsMode, SettingsSpoken, mode},
    testing::MockTransport,
};
use serde_json::{from_value, json, to_value};

#[test]
fn mixed_values_are_distinguished_by_type() {
    let read = |value| from_value::<SettingsMode>(value).unwrap();
    let auto = mode::SettingsModeString::Auto;
    assert_eq!(read(json!("auto")), SettingsMode::String(auto));
    let one = mode::SettingsModeNumber::Value1;
    assert_eq!(read(json!(1)), SettingsMode::Number(one));
    assert_eq!(read(json!(true)), SettingsMode::Boolean(true));
    for value in [
        json!("auto"),
        json!("of the future"),
        json!(0),
        json!(9),
        json!(false),
        json!([1]),
    ] {
        assert_eq!(to_value(read(value.clone())).unwrap(), value);
    }
}

#[test]
fn integers_have_names() {
    let level: SettingsLevel = from_value(json!(2)).unwrap();
    assert_eq!(level, SettingsLevel::Middle);
    assert_eq!(
        from_value::<SettingsLevel>(json!(9)).unwrap(),
        SettingsLevel::Unrecognized(9)
    );
    assert_eq!(to_value(SettingsLevel::High).unwrap(), json!(3));
}

#[test]
fn every_value_survives() {
    for wire in ["yes", "no", "1", "YES", "maybe"] {
        assert_eq!(SettingsSpoken::from(wire).as_str(), wire);
    }
    for wire in [
        "=",
        "!=",
        "<",
        "<=",
        "*",
        "",
        "2fa",
        "self",
        "unrecognized",
        "new",
    ] {
        assert_eq!(Operator::from(wire).as_str(), wire);
    }
}

#[tokio::test]
async fn integers_travel_as_integers() {
    let mock = MockTransport::new().json(200, r#"{"mode":"auto","level":1}"#);
    let settings = client!(mixed_enums, mock)
        .settings()
        .get()
        .level(3)
        .flag(true)
        .await
        .unwrap();
    assert_eq!(mock.requests()[0].query(), "level=3&flag=true");
    assert_eq!(settings.level, SettingsLevel::Low);
}
