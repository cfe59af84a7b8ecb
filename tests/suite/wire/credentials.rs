//! Which credential goes where.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use secrecy::SecretString;
use session_sdk::{Credential, ErrorKind, clerk, seam, testing::MockTransport};

use crate::support::{fixture, only, reply};

fn answering() -> MockTransport {
    let mock = MockTransport::new();
    reply(
        &mock,
        200,
        fixture("seam/client_session_without_expiry.json"),
    );
    mock
}

#[tokio::test]
async fn a_personal_access_token_goes_with_its_workspace() {
    let mock = answering();
    let seam = seam::Client::builder()
        .personal_access_token("seam_at_1")
        .workspace_id("workspace-1")
        .transport(mock.clone())
        .build()
        .unwrap();
    seam.client_sessions().get().await.unwrap();
    let request = only(&mock);
    assert_eq!(request.header("authorization"), Some("Bearer seam_at_1"));
    assert_eq!(request.header("seam-workspace"), Some("workspace-1"));
}

#[tokio::test]
async fn an_api_key_goes_alone() {
    let mock = answering();
    let seam = seam::Client::builder()
        .api_key("seam_1")
        .transport(mock.clone())
        .build()
        .unwrap();
    seam.client_sessions().get().await.unwrap();
    assert_eq!(only(&mock).header("seam-workspace"), None);
}

#[tokio::test]
async fn a_call_without_its_credential_says_what_would_do() {
    let mock = answering();
    let seam = seam::Client::builder()
        .personal_access_token("seam_at_1")
        .transport(mock.clone())
        .build()
        .unwrap();
    let error = seam.client_sessions().get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    let text = error.to_string();
    assert!(
        text.contains("api_key") && text.contains("workspace_id"),
        "{text}"
    );
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_provider_hands_out_a_fresh_token_for_each_attempt() {
    let mock = MockTransport::new();
    reply(&mock, 503, "");
    reply(&mock, 200, fixture("clerk/session.json"));
    let calls = Arc::new(AtomicU32::new(0));
    let provider = Credential::provider(move || {
        let number = calls.fetch_add(1, Ordering::Relaxed);
        async move { Ok::<_, std::io::Error>(SecretString::from(format!("token-{number}"))) }
    });
    let clerk = clerk::Client::builder()
        .secret_key(provider)
        .transport(mock.clone())
        .timer(session_sdk::testing::InstantTimer::new())
        .build()
        .unwrap();
    clerk.sessions().get("s").await.unwrap();
    let sent: Vec<_> = mock
        .requests()
        .iter()
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Bearer token-0", "Bearer token-1"]);
}

#[test]
fn a_credential_that_no_header_can_carry_is_an_error_at_build() {
    for bad in ["sk_test\n", "sk\r\nx-evil: 1", "sk\u{0}"] {
        let error = clerk::Client::builder()
            .secret_key(bad)
            .transport(MockTransport::new())
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert!(error.to_string().contains("secret_key"), "{error}");
        assert!(!format!("{error:?} {error}").contains("evil"), "{error:?}");
    }
}

#[tokio::test]
async fn the_built_request_marks_its_credential_as_sensitive() {
    let (clerk, _, _) = crate::support::clerk();
    let request = clerk.sessions().get("sess_1").build().await.unwrap();
    assert_eq!(request.uri(), "https://api.clerk.com/v1/sessions/sess_1");
    assert!(request.headers()["authorization"].is_sensitive());
}
