//! Names that would be code, paths or nothing at all.

use sdk_golden::{
    hostile::types::{SelfType, StringType, VecType, vec::VecTypeEnum},
    testing::MockTransport,
};
use serde_json::{from_value, json, to_value};

#[tokio::test]
async fn they_travel_as_they_are() {
    let mock = MockTransport::new().json(200, "{}");
    client!(hostile, mock)
        .src_lib()
        .etc_passwd("a b", "t", "f")
        .q_uote("1")
        .new_line("2")
        .ri_ben("3")
        .crab("4")
        .underscore("5")
        .self_field("6")
        .super_field("7")
        .await
        .unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.path(), "/things/a%20b/t/f");
    assert_eq!(
        request.query(),
        "q%22uote=1&new%0Aline=2&%E6%97%A5%E6%9C%AC=3&%F0%9F%A6%80=4&_=5&Self=6&super=7"
    );
}

#[test]
fn members_keep_their_wire_names() {
    let value = json!({
        "a\"b": "1", "a\\b": "2", "\u{0}": "3", "]; fn evil() {} #[": "4", "*/": "5", "//": "6",
        "Self": { "self": {} }, "String": { "len": 1 }, "Box": [{ "Ok": "o" }], "enum": "\n",
        "evil": { "a": "b" }, "mod": { "lib": {} },
    });
    let read: VecType = from_value(value.clone()).unwrap();
    assert_eq!(read.r#enum, Some(VecTypeEnum::Newline));
    assert_eq!(read.fn_evil.as_deref(), Some("4"));
    let _: (&Option<SelfType>, &Option<StringType>) = (&read.self_field, &read.string);
    assert_eq!(to_value(read).unwrap(), value);
}
