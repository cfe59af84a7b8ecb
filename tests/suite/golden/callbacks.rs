//! What an API sends on its own has types.

use sdk_golden::callbacks::webhooks::{OnEnd, OnEvent, OrderInline, OrderPaid};
use serde_json::{from_value, json};

#[test]
fn payloads_are_typed() {
    let paid: OrderPaid = from_value(json!({ "name": "n" })).unwrap();
    let event: OnEvent = paid.clone();
    assert_eq!(event.name, "n");
    let end: OnEnd = from_value(json!({ "reason": "r" })).unwrap();
    assert_eq!(end.reason, "r");
    let inline: OrderInline = from_value(json!({ "id": "i", "at": 1 })).unwrap();
    assert_eq!(inline.at.unwrap().as_second(), 1);
}
