//! Planted secrets show up nowhere.

mod elsewhere;
mod http2;
mod planted;
mod unfit;
mod watch;

use secrecy::ExposeSecret;
use session_sdk::{clerk, seam, testing::MockTransport};

use crate::support::{fixture, reply};

const KEY: &str = "planted-secret-key";

#[tokio::test]
async fn no_debug_output_or_error_shows_a_credential() {
    let mock = MockTransport::new();
    reply(
        &mock,
        401,
        format!(r#"{{"errors":[{{"code":"c","message":"m","long_message":"{KEY}-echo"}}]}}"#),
    );
    let builder = clerk::Client::builder().secret_key(KEY).transport(mock);
    let mut seen = format!("{builder:?}");
    let clerk = builder.build().unwrap();
    let call = clerk.sessions().get("s");
    seen += &format!("{clerk:?} {:?} {call:?}", clerk.sessions());
    let error = call.await.unwrap_err();
    seen += &format!("{:?} {:#?}", error.kind(), error.headers());
    let built = clerk.sessions().get("s").build().await.unwrap();
    seen += &format!("{:?}", built.headers());
    assert!(!seen.contains(KEY), "{seen}");
}

#[tokio::test]
async fn a_sensitive_field_is_redacted() {
    let mock = MockTransport::new();
    reply(
        &mock,
        200,
        fixture("seam/client_session_without_expiry.json"),
    );
    let seam = seam::Client::builder()
        .api_key(KEY)
        .transport(mock)
        .build()
        .unwrap();
    let response = seam.client_sessions().get().with_response().await.unwrap();
    let shown = format!("{response:?}");
    assert!(!shown.contains("seam_cst1271Q3JUh"), "{shown}");
    assert!(
        response
            .into_body()
            .token
            .expose_secret()
            .starts_with("seam_cst1271Q3JUh")
    );
}

#[test]
fn a_request_does_not_show_its_secret_arguments() {
    let mock = MockTransport::new();
    let clerk = clerk::Client::builder()
        .secret_key("k")
        .transport(mock)
        .build()
        .unwrap();
    let call = clerk.sessions().refresh(
        "s",
        "planted-expired",
        "planted-refresh",
        "https://app.test",
    );
    assert!(!format!("{call:?}").contains("planted"), "{call:?}");
}
