//! `format: uuid`, where codegen.yaml chooses `uuid::Uuid`.

use sdk_golden::{
    testing::MockTransport,
    uuids::types::{Ticket, ticket::TicketHolder},
};
use serde_json::{Value, from_str, from_value, json};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
const TEXT: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

#[tokio::test]
async fn they_travel_as_text() {
    let body = json!({
        "id": TEXT, "previous": null, "linked": [TEXT], "named": { "a": TEXT }, "holder": TEXT,
    });
    let mock = MockTransport::new().json(200, body.to_string());
    let ticket = Ticket::new(ID, None)
        .linked([ID])
        .named([("a", ID)])
        .holder(TicketHolder::Uuid(ID));
    let answer = client!(uuids, mock)
        .tickets()
        .replace(ID, ticket.clone())
        .only([ID, ID])
        .x_trace(ID)
        .await
        .unwrap();
    assert_eq!(answer, ticket);
    let request = &mock.requests()[0];
    assert_eq!(request.path(), format!("/tickets/{TEXT}"));
    assert_eq!(request.query(), format!("only={TEXT}&only={TEXT}"));
    assert_eq!(request.header("x-trace"), Some(TEXT));
    assert_eq!(from_str::<Value>(request.text()).unwrap(), body);
}

#[test]
fn an_invalid_uuid_is_reported() {
    let read = from_value::<Ticket>(json!({ "id": "t1", "previous": null }));
    let error = read.unwrap_err().to_string();
    assert!(error.contains("a UUID") && error.contains("id"), "{error}");
}
