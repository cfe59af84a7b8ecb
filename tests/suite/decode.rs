//! Bodies as the vendors print them decode, survive what is new, and say where they do not.

use secrecy::ExposeSecret;
use serde_json::{Value, json};
use session_sdk::{
    ErrorKind,
    clerk::types::{Session, session::SessionStatus},
    expose_secrets,
    seam::types::ClientSession,
};

use crate::support::{clerk_answering, fixture, seam_answering};

#[tokio::test]
async fn a_client_session_without_an_expiry_decodes() {
    let body = fixture("seam/client_session_without_expiry.json");
    let session = seam_answering(200, body)
        .client_sessions()
        .get()
        .await
        .unwrap();
    assert_eq!(session.workspace_id, "398d80b7-3f96-47c2-b85a-6f8ba21d07be");
    assert_eq!(
        session.token.expose_secret(),
        "seam_cst1271Q3JUh_A3ECdSrrqgYp98SmB9qY2NGp"
    );
    assert_eq!(
        session.user_identifier_key.as_deref(),
        Some("internal user ID 1")
    );
    assert_eq!(session.created_at.to_string(), "2023-12-26T04:23:46.829Z");
    assert_eq!(
        session.client_session_id,
        "c75d4330-ae01-4dfd-b6c5-f3e94e0d8168"
    );
    assert_eq!(session.device_count, 4);
    assert_eq!(session.connected_account_ids.len(), 2);
    assert!(session.connect_webview_ids.is_empty());
    assert_eq!(session.expires_at, None);
}

#[tokio::test]
async fn a_client_session_of_a_user_identity_decodes() {
    let body = fixture("seam/client_session_of_identity.json");
    let session = seam_answering(200, body)
        .client_sessions()
        .get()
        .await
        .unwrap();
    assert_eq!(
        session.created_at.to_string(),
        "2025-06-15T16:54:17.946309Z"
    );
    assert_eq!(
        session.expires_at.unwrap().to_string(),
        "2025-06-19T15:22:40Z"
    );
    assert_eq!(
        session.user_identity_id.as_deref(),
        Some("89765fd3-6193-4d63-8605-e77f75356555")
    );
}

#[tokio::test]
async fn a_session_decodes_to_the_millisecond() {
    let session = clerk_answering(200, fixture("clerk/session.json"))
        .sessions()
        .get("s")
        .await
        .unwrap();
    assert_eq!(session.id, "sess_2kLQJ3O7m3kzQJ4pPq9YvQ1AbCd");
    assert_eq!(session.status, SessionStatus::Active);
    assert_eq!(session.last_active_at.as_millisecond(), 1_710_000_000_123);
    assert_eq!(
        session.latest_activity.unwrap().city.as_deref(),
        Some("San Francisco")
    );
    assert_eq!(session.tasks[0].key, "choose-organization");
}

#[tokio::test]
async fn null_stands_for_none_and_for_an_empty_list() {
    let body = fixture("clerk/session_bare.json");
    let session = clerk_answering(200, body)
        .sessions()
        .get("s")
        .await
        .unwrap();
    assert_eq!(session.actor, None);
    assert_eq!(session.latest_activity, None);
    assert!(session.tasks.is_empty());
}

#[test]
fn a_session_survives_a_round_trip() {
    let original: Value = serde_json::from_str(&fixture("clerk/session.json")).unwrap();
    let session: Session = serde_json::from_value(original.clone()).unwrap();
    assert_eq!(serde_json::to_value(&session).unwrap(), original);
}

#[test]
fn a_client_session_survives_a_cache_if_its_secrets_are_exposed() {
    let fixture = fixture("seam/client_session_without_expiry.json");
    let mut original: Value = serde_json::from_str(&fixture).unwrap();
    let original = &mut original["client_session"];
    original["user_identifier_key"] = Value::Null;
    let session: ClientSession = serde_json::from_value(original.clone()).unwrap();
    let cached = expose_secrets(|| serde_json::to_string(&session)).unwrap();
    let written: Value = serde_json::from_str(&cached).unwrap();
    assert_eq!(&written, original, "null stays null, the token is there");
    let read: ClientSession = serde_json::from_str(&cached).unwrap();
    assert_eq!(read.token.expose_secret(), session.token.expose_secret());
}

#[test]
fn a_client_session_is_serialized_without_its_token() {
    let fixture = fixture("seam/client_session_without_expiry.json");
    let original: Value = serde_json::from_str(&fixture).unwrap();
    let session: ClientSession =
        serde_json::from_value(original["client_session"].clone()).unwrap();
    let written = serde_json::to_string(&session).unwrap();
    assert!(written.contains(r#""token":"[redacted]""#), "{written}");
    assert!(!written.contains("seam_cst"), "{written}");
    let error = serde_json::from_str::<ClientSession>(&written).unwrap_err();
    assert!(error.to_string().contains("`expose_secrets`"), "{error}");
}

#[tokio::test]
async fn what_the_document_does_not_know_is_kept_or_ignored() {
    let mut body = session();
    body["status"] = json!("hibernating");
    body["brand_new"] = json!({ "nested": [1, 2, 3] });
    let session = clerk_answering(200, body.to_string())
        .sessions()
        .get("s")
        .await
        .unwrap();
    assert_eq!(session.status, SessionStatus::from("hibernating"));
    assert_eq!(session.status.as_str(), "hibernating");
}

#[tokio::test]
async fn a_list_comes_bare_or_wrapped() {
    for body in [
        json!([session()]),
        json!({ "data": [session()], "total_count": 1 }),
    ] {
        let sessions = clerk_answering(200, body.to_string())
            .sessions()
            .list()
            .await
            .unwrap();
        assert_eq!(sessions.len(), 1);
    }
}

#[tokio::test]
async fn an_unexpected_null_is_reported_with_its_path_and_keeps_the_body() {
    let mut body = session();
    body["latest_activity"]["is_mobile"] = Value::Null;
    let body = body.to_string();
    let error = clerk_answering(200, body.clone())
        .sessions()
        .get("s")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.json_path(), Some("$.latest_activity.is_mobile"));
    assert_eq!(error.bytes().unwrap(), body.as_bytes());
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn a_missing_member_is_named() {
    let mut body = session();
    body.as_object_mut().unwrap().remove("user_id");
    let error = clerk_answering(200, body.to_string())
        .sessions()
        .get("s")
        .await
        .unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().contains("user_id"), "{error}");
}

#[tokio::test]
async fn what_is_not_json_is_recognized() {
    let whole = fixture("clerk/session.json");
    let truncated = whole[..whole.len() / 2].to_owned();
    for (body, word) in [
        ("<html><body>Login</body></html>".to_owned(), "HTML"),
        (truncated, "ends"),
        (String::new(), "empty"),
    ] {
        let error = clerk_answering(200, body.clone())
            .sessions()
            .get("s")
            .await
            .unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert!(
            error.to_string().contains(word),
            "{error} does not say {word}"
        );
        assert_eq!(error.bytes().unwrap(), body.as_bytes());
    }
}

fn session() -> Value {
    serde_json::from_str(&fixture("clerk/session.json")).unwrap()
}
