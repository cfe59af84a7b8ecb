//! Every operation of Clerk against Prism, which checks each request against the document.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use session_sdk::clerk::types::{SessionRefresh, session::SessionStatus};

use crate::Outcome;
use crate::servers::{CLERK_MOCK, clerk};

#[tokio::test]
async fn get() -> Outcome {
    let session = send!(clerk(CLERK_MOCK)?.sessions().get("sess_1"));
    assert_eq!(session.id, "string");
    assert_eq!(session.status, SessionStatus::Active);
    assert_eq!(session.created_at, Timestamp::UNIX_EPOCH);
    let activity = session.latest_activity.ok_or("latest_activity")?;
    assert!(activity.is_mobile);
    assert_eq!(session.tasks.len(), 1);
    Ok(())
}

#[tokio::test]
async fn list() -> Outcome {
    let clerk = clerk(CLERK_MOCK)?;
    // A bare list.
    assert_eq!(send!(clerk.sessions().list()).len(), 1);
    send!(
        clerk
            .sessions()
            .list()
            .client_id("client")
            .user_id("user")
            .status(SessionStatus::Pending)
            .paginated(false)
            .limit(500)
            .offset(0)
    );
    // One item where two were asked for: the last page.
    let items: Vec<_> = clerk
        .sessions()
        .list()
        .limit(2)
        .items()
        .try_collect()
        .await?;
    assert_eq!(items.len(), 1);
    Ok(())
}

#[tokio::test]
async fn create() -> Outcome {
    let clerk = clerk(CLERK_MOCK)?;
    send!(clerk.sessions().create("user"));
    send!(
        clerk
            .sessions()
            .create("user")
            .active_organization_id("org")
    );
    Ok(())
}

#[tokio::test]
async fn revoke() -> Outcome {
    send!(clerk(CLERK_MOCK)?.sessions().revoke("sess_1"));
    Ok(())
}

#[tokio::test]
async fn tokens() -> Outcome {
    let clerk = clerk(CLERK_MOCK)?;
    let sessions = clerk.sessions();
    send!(sessions.create_token("sess_1"));
    send!(sessions.create_token("sess_1").expires_in_seconds(30));
    send!(sessions.create_token("sess_1").expires_in_seconds_null());
    send!(sessions.create_token_from_template("sess_1", "hasura"));
    let token = send!(
        sessions
            .create_token_from_template("a/b?c#d", "ü")
            .expires_in_seconds(60)
    );
    assert_eq!(token.jwt.expose_secret(), "string");
    Ok(())
}

#[tokio::test]
async fn refresh() -> Outcome {
    let clerk = clerk(CLERK_MOCK)?;
    let refresh = || {
        clerk
            .sessions()
            .refresh("sess_1", "old", "refresh", "https://example.test")
    };
    let answer = send!(refresh());
    assert!(
        matches!(answer, SessionRefresh::Token(token) if token.jwt.expose_secret() == "string")
    );
    send!(
        refresh()
            .request_headers_null()
            .format("cookie")
            .request_originating_ip("203.0.113.7")
    );
    Ok(())
}

/// The error bodies that the document declares, filled by Prism.
#[tokio::test]
async fn declared_errors() -> Outcome {
    let clerk = clerk(CLERK_MOCK)?;
    for status in [400, 401, 404] {
        let prefer = format!("code={status}");
        let error = clerk
            .sessions()
            .get("sess_1")
            .header("prefer", &prefer)
            .retries(0)
            .await;
        let error = error.expect_err("Prism was asked for an error");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.code(), Some("string"));
        assert_eq!(error.request_id(), Some("string"));
        assert_eq!(error.body().ok_or("the declared body")?.errors.len(), 1);
    }
    Ok(())
}
