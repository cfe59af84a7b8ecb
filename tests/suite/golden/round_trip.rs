//! What is read can be written again: nulls are kept, and requests have no read-only members.

use sdk_golden::{
    round_trip::types::{Both, Response},
    testing::MockTransport,
};
use serde_json::{from_value, json, to_value};

#[test]
fn nulls_and_absent_members_are_kept_apart() {
    for wire in [
        json!({ "id": "x", "a": null, "l": null, "o": null, "n": [] }),
        json!({ "id": "x", "at": null, "a": "y", "l": [] }),
    ] {
        let read: Both = from_value(wire.clone()).unwrap();
        assert_eq!(to_value(read).unwrap(), wire);
    }
    let wire = json!({ "a": null, "l": null, "n": [] });
    let read: Response = from_value(wire.clone()).unwrap();
    assert_eq!(to_value(read).unwrap(), wire);
}

#[tokio::test]
async fn read_only_members_are_left_out_of_requests() {
    let wire = json!({ "id": "x", "at": "2026-01-02T03:04:05Z", "a": null, "l": ["y"] });
    let read: Both = from_value(wire.clone()).unwrap();
    let mock = MockTransport::new().json(200, wire.to_string());
    let again = client!(round_trip, mock)
        .both()
        .replace(read)
        .await
        .unwrap();
    assert_eq!(super::sent(&mock), json!({ "a": null, "l": ["y"] }));
    assert_eq!(to_value(again).unwrap(), wire);
}
