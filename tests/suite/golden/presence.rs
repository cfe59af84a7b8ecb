//! Absent, null and present are three things in a request.

use sdk_golden::{
    presence::{Client, types::Address},
    testing::MockTransport,
};
use serde_json::{Value, json};

#[tokio::test]
async fn each_is_sent_as_the_caller_said() {
    let mock = MockTransport::new().json(200, r#"{"id":"1","nickname":null,"tags":null}"#);
    let client = Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap();
    let mut address = Address::new("Main St", None);
    address.door = Some(None);
    let profile = client
        .profiles()
        .update_profile("1", "Ann", None)
        .bio_null()
        .address(address)
        .await
        .unwrap();
    let sent: Value = serde_json::from_str(mock.requests()[0].text()).unwrap();
    assert_eq!(
        sent,
        json!({
            "name": "Ann",
            "nickname": null,
            "bio": null,
            "address": { "street": "Main St", "floor": null, "door": null },
        })
    );
    assert!(profile.tags.is_empty(), "a missing list reads as empty");
    assert!(profile.notes.is_empty());
}
