//! Names from hostile documents become Rust that reads well, and never meet.

use sdk_golden::{
    names::types::{OptionStatus, OptionType, option::OptionTypeStatus},
    taken_names::{
        Client,
        resources::get_required::GetRequired,
        types::{
            NewType, Thing,
            new::NewTypeKind,
            thing::{ThingRequired, ThingRequiredType},
        },
    },
    testing::MockTransport,
};
use serde_json::json;

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

/// Every name that the generated code needs itself gives way, and travels as the document has it.
#[tokio::test]
async fn taken_names_get_words_and_travel_as_they_are() {
    let mock = MockTransport::new()
        .json(204, "")
        .json(200, r#"{"kind":"err"}"#)
        .json(204, "")
        .json(204, "");
    let client = Client::builder()
        .timeout_variable("a")
        .token("b")
        .token_credential("secret")
        .transport(mock.clone())
        .build()
        .unwrap();

    let things = client.new_resource();
    things
        .clone_call()
        .add_param(1)
        .send_param(true)
        .body("b")
        .await
        .unwrap();
    assert_eq!(mock.requests()[0].query(), "add=1&send=true&body=b");

    let mut new = NewType::new().name_null_field("n");
    new.name = Some(None);
    new.default = Some("d".to_owned());
    new.clone = Some(true);
    new.add = Some(1);
    let answer = things.eq_call(new).body_param("b").await.unwrap();
    assert_eq!(answer.kind, Some(NewTypeKind::Err));
    let sent: serde_json::Value = serde_json::from_str(mock.requests()[1].text()).unwrap();
    assert_eq!(
        sent,
        json!({"default": "d", "clone": true, "add": 1, "name": null, "name_null": "n"})
    );
    assert_eq!(mock.requests()[1].query(), "body=b");

    let letter = || "x".to_owned();
    let required = GetRequired {
        a: letter(),
        b: letter(),
        c: letter(),
        d: letter(),
        e: letter(),
        f: letter(),
        g: letter(),
    };
    let put = client.get_required().get("r", required);
    put.name_null().name_null_field("n").await.unwrap();
    assert_eq!(mock.requests()[2].path(), "/b/things/r");
    assert!(
        mock.requests()[2]
            .text()
            .ends_with(r#""name":null,"name_null":"n"}"#)
    );

    let thing = Thing::new(ThingRequired {
        a: letter(),
        b: letter(),
        c: letter(),
        d: letter(),
        e: letter(),
        f: letter(),
        g: letter(),
    });
    let inner = ThingRequiredType::new().all(true);
    let post = client.get_required().replace("r");
    post.body(thing.required(inner)).await.unwrap();
    assert!(
        mock.requests()[3]
            .text()
            .ends_with(r#""required":{"all":true}}"#)
    );
}

/// An operation without an id is called by its method and path.
#[tokio::test]
async fn an_operation_without_an_id_has_a_method() {
    let mock = MockTransport::new().json(204, "");
    let client = sdk_golden::names::Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap();
    client.things().create().await.unwrap();
    let request = &mock.requests()[0];
    assert_eq!(
        (request.method.as_str(), request.path()),
        ("POST", "/things")
    );
}
