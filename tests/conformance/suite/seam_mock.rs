//! Every operation of Seam against Prism, which checks each request against the document.

use jiff::Timestamp;
use secrecy::ExposeSecret;
use session_sdk::seam;

use crate::Outcome;
use crate::servers::{SEAM_MOCK, seam, seam_builder};

const ID: &str = "5c1ba5f5-3e5c-4b53-b1b5-0a5c3b8a1f10";

#[tokio::test]
async fn get() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    send!(sessions.get());
    send!(
        sessions
            .get()
            .client_session_id(ID)
            .user_identifier_key("user")
    );
    let session = send!(
        sessions
            .get()
            .client_session_id(ID)
            .user_identifier_key("ü & co")
    );
    assert_eq!(session.token.expose_secret(), "string");
    assert_eq!(session.device_count, 0);
    assert!(session.expires_at.is_some());
    Ok(())
}

#[tokio::test]
async fn list() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    assert_eq!(send!(sessions.list()).len(), 1);
    send!(
        sessions
            .list()
            .client_session_id("cst1")
            .connect_webview_id("webview")
            .user_identifier_key("user")
            .user_identity_id_null()
            .without_user_identifier_key(false)
    );
    Ok(())
}

#[tokio::test]
async fn create() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    send!(sessions.create());
    let end: Timestamp = "2030-01-02T03:04:05Z".parse()?;
    send!(
        sessions
            .create()
            .connect_webview_ids(["webview"])
            .connected_account_ids(["account", "other"])
            .customer_id("customer")
            .customer_key("key")
            .expires_at(end)
            .user_identifier_key("user")
            .user_identity_id(ID)
    );
    Ok(())
}

#[tokio::test]
async fn get_or_create() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    send!(sessions.get_or_create());
    send!(
        sessions
            .get_or_create()
            .connect_webview_ids(["webview"])
            .connected_account_ids(["account"])
            .expires_at("2030-01-02T03:04:05.678Z".parse::<Timestamp>()?)
            .user_identifier_key("user")
            .user_identity_id(ID)
    );
    Ok(())
}

#[tokio::test]
async fn grant_access() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    send!(sessions.grant_access());
    send!(
        sessions
            .grant_access()
            .client_session_id("cst1")
            .connect_webview_ids(["webview"])
            .connected_account_ids(["account"])
            .user_identifier_key("user")
            .user_identity_id("identity")
    );
    Ok(())
}

#[tokio::test]
async fn revoke_and_delete() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    let sessions = seam.client_sessions();
    send!(sessions.revoke(ID));
    send!(sessions.delete(ID));
    Ok(())
}

#[tokio::test]
async fn each_credential() -> Outcome {
    let clients = [
        seam_builder(SEAM_MOCK)
            .client_session_token("token")
            .build()?,
        seam_builder(SEAM_MOCK)
            .personal_access_token("token")
            .workspace_id("workspace")
            .build()?,
        seam_builder(SEAM_MOCK)
            .console_session_token("token")
            .workspace_id("workspace")
            .build()?,
    ];
    for seam in clients {
        send!(seam.client_sessions().get());
    }
    let publishable: seam::Client = seam_builder(SEAM_MOCK).publishable_key("key").build()?;
    send!(publishable.client_sessions().get_or_create());
    Ok(())
}

/// The error bodies that the overlay declares, filled by Prism.
#[tokio::test]
async fn declared_errors() -> Outcome {
    let seam = seam(SEAM_MOCK)?;
    for status in [400, 401, 404] {
        let prefer = format!("code={status}");
        let error = seam
            .client_sessions()
            .get()
            .header("prefer", &prefer)
            .retries(0)
            .await;
        let error = error.expect_err("Prism was asked for an error");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.code(), Some("string"));
        assert_eq!(error.request_id(), Some("string"));
        let body = error.body().ok_or("the declared body")?;
        let complaints = body.error.validation_errors.ok_or("validation_errors")?;
        assert_eq!(complaints.errors, ["string"]);
        assert!(
            complaints
                .additional
                .values()
                .any(|inner| inner.errors == ["string"])
        );
    }
    Ok(())
}
