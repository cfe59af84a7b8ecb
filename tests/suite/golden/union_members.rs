//! Alternatives with the same members: values, types, formats and nested objects decide.

use sdk_golden::union_members::types::{
    U,
    u::{UA, UB, UC, UD, UE, UF, UG, UH, UI, UJ, UK},
};
use serde_json::{from_value, json, to_value};

fn read(member: &str, value: serde_json::Value) -> U {
    let wire = json!({ member: value });
    let read: U = from_value(wire.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), wire);
    read
}

macro_rules! decides {
    ($($test:ident: $member:ident, $value:tt => $variant:pat,)*) => {$(
        #[test]
        fn $test() {
            let read = read(stringify!($member), json!($value)).$member.unwrap();
            assert!(matches!(read, $variant), "{read:?}");
        }
    )*};
}

decides! {
    a_required_member_of_the_first_type: a, { "v": "x" } => UA::VString(_),
    a_required_member_of_the_second_type: a, { "v": 7 } => UA::VInteger(_),
    an_optional_member_that_is_text: b, { "v": "x" } => UB::VString(_),
    an_optional_member_that_is_a_list: b, { "v": ["x"] } => UB::VStringList(_),
    an_optional_constant: c, { "kind": "dog", "name": "Rex", "age": 7 } => UC::Dog(_),
    an_optional_constant_alone: c, { "kind": "dog" } => UC::Dog(_),
    a_type_where_the_constant_is_missing: c, { "name": "Rex", "age": 7 } => UC::Dog(_),
    an_unknown_constant: c, { "kind": "bird", "wings": 2 } => UC::Unrecognized(_),
    a_nested_object: d, { "d": { "y": "x" } } => UD::DY(_),
    the_values_of_a_map: e, { "k": 1 } => UE::IntegerMap(_),
    the_objects_of_a_list: f, [{ "q": "x" }] => UF::QList(_),
    a_value_of_an_enum: g, { "k": "c", "v": 7 } => UG::COrD(_),
    null: h, { "v": null } => UH::VNull(_),
    text_where_null_is_the_alternative: h, { "v": "x" } => UH::VString(_),
    text_of_a_format: i, { "v": "2026-01-02T03:04:05Z" } => UI::VTimestamp(_),
    text_of_no_format: i, { "v": "soon" } => UI::VString(_),
    a_fraction: j, { "v": 1.5 } => UJ::VNumber(_),
    a_whole_number: j, { "v": 1 } => UJ::VInteger(_),
    the_members_of_the_smaller_one: k, { "id": "x" } => UK::Small(_),
    the_members_of_the_bigger_one: k, { "id": "x", "more": "y" } => UK::Big(_),
}
