//! Seam's client session operations, byte for byte: seven paths, all their methods.

use serde_json::{Value, json};
use session_sdk::{
    seam,
    testing::{MockTransport, RecordedRequest},
};

use crate::support::{fixture, line, only, reply, seam};

const BASE: &str = "https://connect.getseam.com/client_sessions";

fn body(request: &RecordedRequest) -> Value {
    assert_eq!(request.header("content-type"), Some("application/json"));
    serde_json::from_slice(&request.body).unwrap()
}

fn one() -> (seam::Client, MockTransport) {
    let (client, mock, _) = seam();
    reply(
        &mock,
        200,
        fixture("seam/client_session_without_expiry.json"),
    );
    (client, mock)
}

fn none() -> (seam::Client, MockTransport) {
    let (client, mock, _) = seam();
    reply(&mock, 200, r#"{"ok":true}"#);
    (client, mock)
}

fn many() -> (seam::Client, MockTransport) {
    let (client, mock, _) = seam();
    reply(&mock, 200, r#"{"client_sessions":[],"ok":true}"#);
    (client, mock)
}

#[tokio::test]
async fn get() {
    let (seam, mock) = one();
    let session = seam
        .client_sessions()
        .get()
        .client_session_id("cs_1")
        .await
        .unwrap();
    assert_eq!(session.device_count, 4, "the envelope is taken off");
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/get"));
    assert_eq!(
        request.header("authorization"),
        Some("Bearer seam_key_wire")
    );
    assert_eq!(body(&request), json!({ "client_session_id": "cs_1" }));
}

#[tokio::test]
async fn get_by_user_identifier_key() {
    let (seam, mock) = one();
    seam.client_sessions()
        .get()
        .user_identifier_key("user-1")
        .await
        .unwrap();
    assert_eq!(
        body(&only(&mock)),
        json!({ "user_identifier_key": "user-1" })
    );
}

#[tokio::test]
async fn get_without_anything_sends_an_empty_object() {
    let (seam, mock) = one();
    seam.client_sessions().get().await.unwrap();
    assert_eq!(body(&only(&mock)), json!({}));
}

#[tokio::test]
async fn list() {
    let (seam, mock) = many();
    let all = seam
        .client_sessions()
        .list()
        .without_user_identifier_key(true)
        .connect_webview_id_null()
        .await
        .unwrap();
    assert!(all.is_empty());
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/list"));
    assert_eq!(
        body(&request),
        json!({ "without_user_identifier_key": true, "connect_webview_id": null })
    );
}

#[tokio::test]
async fn create() {
    let (seam, mock) = one();
    seam.client_sessions()
        .create()
        .user_identifier_key("user-1")
        .connect_webview_ids(["cw_1", "cw_2"])
        .expires_at("2030-01-02T03:04:05Z".parse::<jiff::Timestamp>().unwrap())
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/create"));
    assert_eq!(
        body(&request),
        json!({
            "user_identifier_key": "user-1",
            "connect_webview_ids": ["cw_1", "cw_2"],
            "expires_at": "2030-01-02T03:04:05Z",
        })
    );
}

#[tokio::test]
async fn get_or_create() {
    let (seam, mock) = one();
    seam.client_sessions()
        .get_or_create()
        .user_identity_id("ui_1")
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/get_or_create"));
    assert_eq!(body(&request), json!({ "user_identity_id": "ui_1" }));
}

#[tokio::test]
async fn grant_access() {
    let (seam, mock) = none();
    seam.client_sessions()
        .grant_access()
        .client_session_id("cs_1")
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/grant_access"));
    assert_eq!(body(&request), json!({ "client_session_id": "cs_1" }));
}

#[tokio::test]
async fn revoke() {
    let (seam, mock) = none();
    seam.client_sessions().revoke("cs_1").await.unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/revoke"));
    assert_eq!(body(&request), json!({ "client_session_id": "cs_1" }));
}

#[tokio::test]
async fn delete() {
    let (seam, mock) = none();
    seam.client_sessions().delete("cs_1").await.unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/delete"));
    assert_eq!(body(&request), json!({ "client_session_id": "cs_1" }));
}
