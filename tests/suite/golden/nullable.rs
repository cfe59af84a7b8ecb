//! Null in every form of OpenAPI 3.0 and 3.1 is the same in Rust.

use sdk_golden::{nullable, nullable31, testing::MockTransport};
use serde_json::{from_value, json, to_value};

macro_rules! nulls {
    ($test:ident, $api:ident) => {
        #[tokio::test]
        async fn $test() {
            use $api::types::Record;

            let value = json!({
                "id": "1", "text": null, "state": null, "parent": null, "either": null,
                "list": null, "map": null, "alias": null,
            });
            let read: Record = from_value(value.clone()).unwrap();
            assert_eq!((read.text.as_deref(), &read.state), (None, &Some(None)));
            assert_eq!(to_value(&read).unwrap(), value, "null stays null");

            let value = json!({
                "id": "1", "text": "t", "state": "on", "parent": { "x": "y" }, "either": "e",
                "list": ["a", null], "map": { "n": 1, "none": null }, "alias": "a",
            });
            let read: Record = from_value(value.clone()).unwrap();
            assert_eq!(to_value(&read).unwrap(), value, "a value stays the value");

            let bare = json!({ "id": "1", "text": null });
            let read: Record = from_value(bare.clone()).unwrap();
            assert_eq!(to_value(&read).unwrap(), bare, "what is absent stays absent");

            let mut record = Record::new("1", None).list([Some("a".to_owned()), None]);
            record.state = Some(None);
            let mock = MockTransport::new().json(200, "null");
            let answer = client!($api, mock).records().replace(record).await.unwrap();
            assert_eq!(answer, None);
            assert_eq!(
                super::sent(&mock),
                json!({ "id": "1", "text": null, "state": null, "list": ["a", null] })
            );
        }
    };
}

nulls!(null_as_3_0_has_it, nullable);
nulls!(null_as_3_1_has_it, nullable31);

#[test]
fn null_alone_and_constants() {
    let value = json!({
        "id": "1", "text": null, "bare": null, "one": null, "several": null,
        "kind": "record", "version": 2,
    });
    let read: nullable31::types::Record = from_value(value.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), value);
}
