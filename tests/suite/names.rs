//! Names from hostile documents become Rust that reads well, and never meet.

use sdk_golden::names::types::{OptionStatus, OptionType, option::OptionTypeStatus};

#[test]
fn keywords_symbols_and_prelude_names_make_fields() {
    let value: OptionType = serde_json::from_str(
        r#"{"type":"t","match":true,"async":true,"crate":false,"@id":"i","":"e","gen":"g"}"#,
    )
    .unwrap();
    assert_eq!(value.r#type.as_deref(), Some("t"));
    assert_eq!(value.r#match, Some(true));
    assert_eq!(value.r#async, Some(true));
    assert_eq!(value.crate_field, Some(false));
    assert_eq!(value.id.as_deref(), Some("i"));
    assert_eq!(value.empty.as_deref(), Some("e"));
    assert_eq!(value.r#gen.as_deref(), Some("g"));
}

#[test]
fn an_inline_type_and_a_component_of_its_name_stand_side_by_side() {
    let value: OptionType = serde_json::from_str(r#"{"status":"a","other":{"a":"b"}}"#).unwrap();
    assert_eq!(value.status, Some(OptionTypeStatus::A));
    let other: OptionStatus = value.other.unwrap();
    assert_eq!(other.a.as_deref(), Some("b"));
}
