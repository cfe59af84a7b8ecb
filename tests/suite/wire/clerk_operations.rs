//! Clerk's seven session operations, byte for byte.

use serde_json::{Value, json};
use session_sdk::{
    clerk::{self, types::session::SessionStatus},
    testing::{MockTransport, RecordedRequest},
};

use crate::support::{clerk, fixture, line, only, reply};

const BASE: &str = "https://api.clerk.com/v1";

fn body(request: &RecordedRequest) -> Value {
    assert_eq!(request.header("content-type"), Some("application/json"));
    serde_json::from_slice(&request.body).unwrap()
}

fn sessions() -> (clerk::Client, MockTransport) {
    let (client, mock, _) = clerk();
    reply(&mock, 200, fixture("clerk/session.json"));
    (client, mock)
}

#[tokio::test]
async fn get() {
    let (clerk, mock) = sessions();
    clerk.sessions().get("sess_1").await.unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("GET {BASE}/sessions/sess_1"));
    assert_eq!(request.header("authorization"), Some("Bearer sk_test_wire"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("clerk-api-version"),
        Some(clerk::API_VERSION)
    );
    assert!(
        request
            .header("user-agent")
            .unwrap()
            .starts_with("session-sdk/")
    );
    assert_eq!(request.header("content-type"), None);
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn list() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, "[]");
    let all = clerk
        .sessions()
        .list()
        .client_id("client 1&2")
        .user_id("user_1")
        .status(SessionStatus::Active)
        .limit(20)
        .offset(40)
        .await
        .unwrap();
    assert!(all.is_empty());
    let expected =
        "sessions?client_id=client%201%262&user_id=user_1&status=active&limit=20&offset=40";
    assert_eq!(line(&only(&mock)), format!("GET {BASE}/{expected}"));
}

#[tokio::test]
async fn create() {
    let (clerk, mock) = sessions();
    clerk
        .sessions()
        .create("user_1")
        .active_organization_id("org_1")
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(line(&request), format!("POST {BASE}/sessions"));
    assert_eq!(
        body(&request),
        json!({ "user_id": "user_1", "active_organization_id": "org_1" })
    );
}

#[tokio::test]
async fn refresh_tells_null_from_absent() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, r#"{"object":"token","jwt":"j"}"#);
    clerk
        .sessions()
        .refresh("sess_1", "expired", "refresh", "https://app.test")
        .request_originating_ip_null()
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(
        line(&request),
        format!("POST {BASE}/sessions/sess_1/refresh")
    );
    assert_eq!(
        body(&request),
        json!({
            "expired_token": "expired",
            "refresh_token": "refresh",
            "request_origin": "https://app.test",
            "request_originating_ip": null,
        })
    );
}

#[tokio::test]
async fn revoke() {
    let (clerk, mock) = sessions();
    clerk.sessions().revoke("sess_1").await.unwrap();
    let request = only(&mock);
    assert_eq!(
        line(&request),
        format!("POST {BASE}/sessions/sess_1/revoke")
    );
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn create_token() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, r#"{"object":"token","jwt":"j"}"#);
    clerk
        .sessions()
        .create_token("sess_1")
        .expires_in_seconds(60)
        .await
        .unwrap();
    let request = only(&mock);
    assert_eq!(
        line(&request),
        format!("POST {BASE}/sessions/sess_1/tokens")
    );
    assert_eq!(body(&request), json!({ "expires_in_seconds": 60 }));
}

#[tokio::test]
async fn create_token_from_template() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, r#"{"object":"token","jwt":"j"}"#);
    clerk
        .sessions()
        .create_token_from_template("sess_1", "my template")
        .await
        .unwrap();
    assert_eq!(
        line(&only(&mock)),
        format!("POST {BASE}/sessions/sess_1/tokens/my%20template")
    );
}
