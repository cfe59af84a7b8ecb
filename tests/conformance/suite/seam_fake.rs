//! Seam against `@seamapi/fake-seam-connect`, which has get, create and get_or_create.

use std::time::Duration;

use secrecy::ExposeSecret;
use session_sdk::seam::types::ClientSession;
use session_sdk::{ErrorKind, RetryPolicy};

use crate::Outcome;
use crate::servers::{SEAM_FAKE, address, seam, seam_builder};
use crate::transports::{after_5xx, post_json, with_body};

/// The seed's client session.
const SESSION: &str = "cst1";
const USER: &str = "john_user_identifier_key";

fn is_the_seeded_one(session: &ClientSession) {
    assert_eq!(session.client_session_id, SESSION);
    assert_eq!(session.workspace_id, "seed_workspace_1");
    assert_eq!(session.user_identifier_key.as_deref(), Some(USER));
    assert_eq!(session.token.expose_secret(), "seam_cst1_token");
    assert_eq!(session.connected_account_ids, ["john_connected_account_id"]);
    assert_eq!(session.device_count, 4);
    assert!(
        session
            .expires_at
            .is_some_and(|end| end > session.created_at)
    );
}

#[tokio::test]
async fn get_by_id_and_by_user() -> Outcome {
    let seam = seam(SEAM_FAKE)?;
    is_the_seeded_one(
        &seam
            .client_sessions()
            .get()
            .client_session_id(SESSION)
            .await?,
    );
    is_the_seeded_one(
        &seam
            .client_sessions()
            .get()
            .user_identifier_key(USER)
            .await?,
    );
    Ok(())
}

#[tokio::test]
async fn get_by_a_method_that_the_sdk_leaves_out() -> Outcome {
    let seam = seam(SEAM_FAKE)?;
    let call = seam.request(http::Method::GET, "/client_sessions/get");
    let found: serde_json::Value = call.query("client_session_id", SESSION).json().await?;
    assert_eq!(found["client_session"]["client_session_id"], SESSION);
    Ok(())
}

#[tokio::test]
async fn get_with_other_credentials() -> Outcome {
    // A client session's own token names its session.
    let own = seam_builder(SEAM_FAKE)
        .client_session_token("seam_cst1_token")
        .build()?;
    is_the_seeded_one(&own.client_sessions().get().await?);

    // A personal access token needs the workspace's header beside it.
    let personal = seam_builder(SEAM_FAKE)
        .personal_access_token("seam_at1_longtoken")
        .workspace_id("seed_workspace_1")
        .build()?;
    is_the_seeded_one(
        &personal
            .client_sessions()
            .get()
            .client_session_id(SESSION)
            .await?,
    );

    let alone = seam_builder(SEAM_FAKE)
        .personal_access_token("seam_at1_longtoken")
        .build()?;
    let error = alone
        .client_sessions()
        .get()
        .client_session_id(SESSION)
        .await;
    let error = error.expect_err("a token without a workspace is no credential");
    assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    Ok(())
}

#[tokio::test]
async fn create_and_find_again() -> Outcome {
    let seam = seam(SEAM_FAKE)?;
    let response = seam
        .client_sessions()
        .create()
        .user_identifier_key("created")
        .connected_account_ids(["john_connected_account_id"])
        .with_response()
        .await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.attempts(), 1);
    assert!(
        response
            .request_id()
            .is_some_and(|id| id.starts_with("request"))
    );
    let created = response.into_body();
    assert_eq!(created.device_count, 4);

    let found = seam
        .client_sessions()
        .get()
        .user_identifier_key("created")
        .await?;
    assert_eq!(found.client_session_id, created.client_session_id);

    // A key has one session.
    let error = seam
        .client_sessions()
        .create()
        .user_identifier_key("created")
        .await;
    let error = error.expect_err("the key is taken");
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.code(), Some("client_session_token_already_exists"));
    Ok(())
}

#[tokio::test]
async fn create_with_nothing() -> Outcome {
    // An empty object is sent (no body would be a 400), and `user_identifier_key` is absent from
    // the answer.
    let session = seam(SEAM_FAKE)?.client_sessions().create().await?;
    assert_eq!(session.user_identifier_key, None);
    assert_eq!(session.device_count, 0);
    Ok(())
}

#[tokio::test]
async fn get_or_create_with_a_publishable_key() -> Outcome {
    let seam = seam_builder(SEAM_FAKE)
        .publishable_key("seam_pk1_token")
        .build()?;
    let request = || {
        seam.client_sessions()
            .get_or_create()
            .user_identifier_key("publishable")
    };
    let first = request().await?;
    let second = request().await?;
    assert_eq!(first.client_session_id, second.client_session_id);
    Ok(())
}

#[tokio::test]
async fn an_unknown_id_is_a_typed_404() -> Outcome {
    let error = seam(SEAM_FAKE)?
        .client_sessions()
        .get()
        .client_session_id("none")
        .await;
    let error = error.expect_err("there is no such session");
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some("client_session_not_found"));
    assert_eq!(error.message(), Some("Could not find client session"));
    assert!(
        error
            .request_id()
            .is_some_and(|id| id.starts_with("request"))
    );
    let body = error.body().ok_or("the body is Seam's error")?;
    assert_eq!(body.error.message, "Could not find client session");
    assert_eq!(body.ok, Some(false));
    Ok(())
}

#[tokio::test]
async fn wrong_types_are_a_400_with_a_complaint_about_each() -> Outcome {
    let transport = with_body(r#"{"client_session_id": 5, "user_identifier_key": {"a": 1}}"#);
    let seam = seam_builder(SEAM_FAKE)
        .api_key("seam_apikey1_token")
        .transport(transport)
        .build()?;
    let error = seam
        .client_sessions()
        .get()
        .await
        .expect_err("no number is an id");
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.code(), Some("invalid_input"));
    let complaints = error.body().and_then(|body| body.error.validation_errors);
    let complaints = complaints.ok_or("validation_errors")?;
    assert!(complaints.errors.is_empty());
    let about = |member: &str| {
        complaints
            .additional
            .get(member)
            .map(|found| found.errors.clone())
    };
    assert_eq!(
        about("client_session_id"),
        Some(vec!["Expected string, received number".to_owned()])
    );
    assert_eq!(
        about("user_identifier_key"),
        Some(vec!["Expected string, received object".to_owned()])
    );
    Ok(())
}

#[tokio::test]
async fn malformed_json_is_a_400_in_plain_text() -> Outcome {
    let transport = with_body(r#"{"client_session_id":"#);
    let seam = seam_builder(SEAM_FAKE)
        .api_key("seam_apikey1_token")
        .transport(transport)
        .build()?;
    let error = seam
        .client_sessions()
        .get()
        .await
        .expect_err("that is no JSON");
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(
        error.bytes().map(|bytes| &bytes[..]),
        Some(&b"Invalid JSON"[..])
    );
    assert!(error.body().is_none());
    assert_eq!(error.code(), None);
    assert_eq!(error.request_id(), None);
    Ok(())
}

#[tokio::test]
async fn a_wrong_key_is_a_401() -> Outcome {
    let seam = seam_builder(SEAM_FAKE)
        .api_key("seam_apikey1_wrong")
        .build()?;
    let error = seam
        .client_sessions()
        .get()
        .client_session_id(SESSION)
        .await;
    let error = error.expect_err("the key is wrong");
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.code(), Some("unauthorized"));
    assert_eq!(error.attempts(), 1);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("seam_apikey1_wrong"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn what_the_fake_lacks_is_a_404_in_plain_text() -> Outcome {
    let error = seam(SEAM_FAKE)?.client_sessions().list().await;
    let error = error.expect_err("the fake has no list");
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.bytes().map(|bytes| &bytes[..]), Some(&b"404"[..]));
    assert!(error.body().is_none());
    Ok(())
}

/// In a workspace of its own, so that no other test meets the outage.
#[tokio::test]
async fn an_outage_is_retried_until_it_is_over() -> Outcome {
    let quick = RetryPolicy::new().backoff(Duration::from_millis(10), Duration::from_millis(50));
    let builder = || {
        seam_builder(SEAM_FAKE)
            .api_key("seam_apikey2_token")
            .retry_policy(quick.clone())
    };

    // It lasts: an empty 503, after the retries.
    set_outage(true).await?;
    let error = builder()
        .build()?
        .client_sessions()
        .get()
        .client_session_id(SESSION)
        .await;
    let error = error.expect_err("there is an outage");
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.attempts(), 3);
    assert!(error.bytes().is_none_or(|bytes| bytes.is_empty()));
    assert!(error.body().is_none());
    assert!(error.request_id().is_some());

    // It ends after the first answer: the second attempt succeeds, for get is safe to send again.
    let transport = after_5xx(|status| {
        Box::pin(async move {
            assert_eq!(status, 503);
            assert!(set_outage(false).await.is_ok());
        })
    });
    let seam = builder().transport(transport).build()?;
    let response = seam
        .client_sessions()
        .get()
        .client_session_id(SESSION)
        .with_response()
        .await?;
    assert_eq!(response.attempts(), 2);
    is_the_seeded_one(response.body());
    Ok(())
}

/// Makes `get` fail in `seed_workspace_2`, or ends that.
async fn set_outage(on: bool) -> Outcome {
    let routes = if on {
        r#"["/client_sessions/get"]"#
    } else {
        "[]"
    };
    let body = format!(r#"{{"workspace_id": "seed_workspace_2", "routes": {routes}}}"#);
    let address = format!("{}/_fake/simulate_workspace_outage", address(SEAM_FAKE));
    assert_eq!(post_json(address, body).await?, 200);
    Ok(())
}
