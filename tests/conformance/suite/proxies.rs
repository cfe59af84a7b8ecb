//! Prism between the SDK and the fakes: real answers, checked requests.
//!
//! It checks the answers too. The fakes take liberties there (ids that are no UUIDs), so only what
//! it says about requests counts.

use session_sdk::Response;

use crate::Outcome;
use crate::servers::{CLERK_PROXY, SEAM_PROXY, clerk, seam};

/// What Prism says against the request.
fn offences<T>(response: &Response<T>) -> Vec<String> {
    let Some(header) = response.headers().get("sl-violations") else {
        return Vec::new();
    };
    let violations: Vec<serde_json::Value> =
        serde_json::from_slice(header.as_bytes()).expect("Prism's header is JSON");
    violations
        .into_iter()
        .filter(|violation| violation["location"][0] == "request")
        .map(|violation| violation.to_string())
        .collect()
}

#[tokio::test]
async fn seam_get_and_create() -> Outcome {
    let seam = seam(SEAM_PROXY)?;
    let sessions = seam.client_sessions();
    let found = sessions
        .get()
        .user_identifier_key("john_user_identifier_key");
    let found = found.with_response().await?;
    assert_eq!(offences(&found), [""; 0]);
    assert_eq!(found.body().client_session_id, "cst1");
    let created = sessions
        .create()
        .user_identifier_key("proxied")
        .with_response()
        .await?;
    assert_eq!(offences(&created), [""; 0]);
    let error = sessions
        .get()
        .user_identifier_key("nobody")
        .await
        .expect_err("nobody is there");
    assert_eq!(error.code(), Some("client_session_not_found"));
    Ok(())
}

#[tokio::test]
async fn clerk_create_get_list_revoke() -> Outcome {
    let clerk = clerk(CLERK_PROXY)?;
    let sessions = clerk.sessions();
    let created = sessions.create("user_ada").with_response().await?;
    assert_eq!(offences(&created), [""; 0]);
    let id = &created.body().id;
    assert_eq!(offences(&sessions.get(id).with_response().await?), [""; 0]);
    let list = sessions.list().user_id("user_ada").paginated(true).limit(1);
    let list = list.with_response().await?;
    assert_eq!(offences(&list), [""; 0]);
    assert_eq!(list.body().len(), 1);
    assert_eq!(
        offences(&sessions.create_token(id).with_response().await?),
        [""; 0]
    );
    assert_eq!(
        offences(&sessions.revoke(id).with_response().await?),
        [""; 0]
    );
    let error = sessions
        .get("sess_none")
        .await
        .expect_err("there is no such session");
    assert_eq!(error.status().unwrap(), 404);
    Ok(())
}
