//! Clerk against `emulate`, which has all but refresh. It counts times in seconds, where Clerk
//! counts milliseconds: they are not compared with the clock.

use futures_util::TryStreamExt;
use secrecy::ExposeSecret;
use session_sdk::ErrorKind;
use session_sdk::clerk::types::session::SessionStatus;

use crate::Outcome;
use crate::servers::{CLERK_FAKE, clerk, clerk_builder};
use crate::transports::without_credential;

const USER: &str = "user_ada";

#[tokio::test]
async fn create_get_revoke() -> Outcome {
    let clerk = clerk(CLERK_FAKE)?;
    let created = clerk.sessions().create(USER).await?;
    assert!(created.id.starts_with("sess_"));
    assert_eq!(created.user_id, USER);
    assert_eq!(created.status, SessionStatus::Active);
    assert!(created.expire_at > created.created_at);
    assert!(created.tasks.is_empty());

    let found = clerk.sessions().get(&created.id).with_response().await?;
    assert_eq!(found.status(), 200);
    assert_eq!(found.attempts(), 1);
    assert_eq!(found.body().id, created.id);

    let revoked = clerk.sessions().revoke(&created.id).await?;
    assert_eq!(revoked.status, SessionStatus::Revoked);
    let again = clerk.sessions().revoke(&created.id).await?;
    assert_eq!(again.status, SessionStatus::Revoked);

    let error = clerk.sessions().create_token(&created.id).await;
    let error = error.expect_err("the session is over");
    assert_eq!(error.status().unwrap(), 422);
    assert_eq!(error.code(), Some("SESSION_NOT_ACTIVE"));
    Ok(())
}

#[tokio::test]
async fn tokens() -> Outcome {
    let clerk = clerk(CLERK_FAKE)?;
    let session = clerk.sessions().create(USER).await?.id;
    let plain = clerk.sessions().create_token(&session).await?;
    let shaped = clerk
        .sessions()
        .create_token_from_template(&session, "a template/1");
    let shaped = shaped.expires_in_seconds(60).await?;
    for token in [plain, shaped] {
        let jwt = token.jwt.expose_secret();
        assert_eq!(jwt.split('.').count(), 3);
        assert!(!format!("{token:?}").contains(jwt));
    }
    Ok(())
}

/// The emulator always answers `{data, total_count, has_more}`, where the document has a bare
/// list.
#[tokio::test]
async fn list_and_pages() -> Outcome {
    const PAIGE: &str = "user_pages";
    let clerk = clerk(CLERK_FAKE)?;
    let mut created = Vec::new();
    for _ in 0..5 {
        created.push(clerk.sessions().create(PAIGE).await?.id);
    }
    created.sort();

    let list = clerk.sessions().list().user_id(PAIGE);
    let first = list.clone().limit(3).await?;
    assert_eq!(first.len(), 3);
    let last = list.clone().limit(3).offset(3).await?;
    assert_eq!(last.len(), 2);

    let items: Vec<_> = list.clone().limit(2).items().try_collect().await?;
    let mut found: Vec<_> = items.into_iter().map(|session| session.id).collect();
    found.sort();
    assert_eq!(found, created);

    let pages: Vec<_> = list.limit(2).pages().try_collect().await?;
    assert_eq!(pages.len(), 3);
    Ok(())
}

#[tokio::test]
async fn an_unknown_id_is_a_typed_404() -> Outcome {
    let error = clerk(CLERK_FAKE)?.sessions().get("sess_none").await;
    let error = error.expect_err("there is no such session");
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), Some("RESOURCE_NOT_FOUND"));
    assert_eq!(error.message(), Some("Session not found"));
    assert_eq!(error.request_id(), None);
    let body = error.body().ok_or("the body is Clerk's error")?;
    assert_eq!(body.errors.len(), 1);
    Ok(())
}

#[tokio::test]
async fn an_unknown_user_is_a_404() -> Outcome {
    let error = clerk(CLERK_FAKE)?.sessions().create("user_none").await;
    let error = error.expect_err("there is no such user");
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.message(), Some("User not found"));
    Ok(())
}

#[tokio::test]
async fn no_credential_is_a_401() -> Outcome {
    let clerk = clerk_builder(CLERK_FAKE)
        .transport(without_credential())
        .build()?;
    let error = clerk
        .sessions()
        .get("sess_none")
        .await
        .expect_err("nobody asks");
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.code(), Some("UNAUTHORIZED"));
    assert_eq!(error.message(), Some("Invalid or missing secret key"));
    Ok(())
}

/// A JSON error that is not Clerk's is kept; its message has a common name.
#[tokio::test]
async fn what_the_emulator_lacks_is_a_404_of_its_own() -> Outcome {
    let error = clerk(CLERK_FAKE)?
        .sessions()
        .refresh("sess_1", "old", "refresh", "here")
        .await;
    let error = error.expect_err("the emulator has no refresh");
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), Some("Not Found"));
    let other: serde_json::Value = error.body_as().ok_or("JSON")?;
    assert_eq!(other["message"], "Not Found");
    Ok(())
}
