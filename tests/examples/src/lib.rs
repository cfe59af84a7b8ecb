//! A program as somebody writes it who has read the README only: it looks a session up, takes an
//! absent one for an answer, pages through a list, and tests itself with a mock.

use session_sdk::AnyError;
use session_sdk::clerk::{self, types::Session};
use session_sdk::seam;

/// Looks a session up; `None` if there is no such session.
///
/// # Errors
///
/// If the call fails otherwise.
pub async fn find(clerk: &clerk::Client, id: &str) -> Result<Option<Session>, clerk::Error> {
    match clerk.sessions().get(id).await {
        Ok(session) => Ok(Some(session)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The ids of all sessions of a user.
///
/// # Errors
///
/// If a call fails.
pub async fn all_ids(clerk: &clerk::Client, user: &str) -> Result<Vec<String>, clerk::Error> {
    let mut sessions = clerk.sessions().list().user_id(user).limit(2).items();
    let mut ids = Vec::new();
    while let Some(session) = sessions.try_next().await? {
        ids.push(session.id);
    }
    Ok(ids)
}

/// Ends a user's sessions of both vendors, and returns their number.
///
/// # Errors
///
/// If a call fails, to either vendor.
pub async fn end_all(
    clerk: &clerk::Client,
    seam: &seam::Client,
    user: &str,
) -> Result<usize, AnyError> {
    let ids = all_ids(clerk, user).await?;
    for id in &ids {
        clerk.sessions().revoke(id).await?;
    }
    let session = seam
        .client_sessions()
        .get()
        .user_identifier_key(user)
        .await?;
    seam.client_sessions()
        .revoke(session.client_session_id)
        .await?;
    Ok(ids.len() + 1)
}

#[cfg(test)]
mod tests {
    use session_sdk::seam::types::ClientSession;
    use session_sdk::serde_json::{from_value, json};
    use session_sdk::testing::{InstantTimer, MockTransport};

    use super::*;

    fn clients() -> (MockTransport, clerk::Client, seam::Client) {
        let mock = MockTransport::new();
        let clerk = clerk::Client::builder()
            .secret_key("sk_test")
            .transport(mock.clone());
        let seam = seam::Client::builder()
            .api_key("seam_test")
            .transport(mock.clone());
        let clerk = clerk.timer(InstantTimer::new()).build().unwrap();
        let seam = seam.timer(InstantTimer::new()).build().unwrap();
        (mock, clerk, seam)
    }

    fn session(id: &str) -> Session {
        from_value(json!({
            "object": "session", "id": id, "user_id": "user_1", "client_id": "client_1",
            "status": "active", "last_active_at": 1, "expire_at": 2, "abandon_at": 3,
            "updated_at": 4, "created_at": 5,
        }))
        .unwrap()
    }

    fn client_session() -> ClientSession {
        from_value(json!({
            "client_session_id": "cs_1", "workspace_id": "w", "token": "seam_cst1_secret",
            "user_identifier_key": "user_1", "created_at": "2023-12-26T04:23:46.829Z",
            "device_count": 0, "connected_account_ids": [], "connect_webview_ids": [],
            "user_identity_ids": [],
        }))
        .unwrap()
    }

    #[tokio::test]
    async fn an_absent_session_is_none() {
        let (mock, clerk, _) = clients();
        let errors = json!({ "errors": [{
            "code": "resource_not_found", "message": "not found", "long_message": "not found",
        }] });
        mock.on(clerk.sessions().get("sess_1"))
            .respond(&session("sess_1"));
        mock.on(clerk.sessions().get("sess_2"))
            .error(404, &from_value(errors).unwrap());
        assert_eq!(find(&clerk, "sess_1").await.unwrap().unwrap().id, "sess_1");
        assert!(find(&clerk, "sess_2").await.unwrap().is_none());
        mock.assert_done();
    }

    #[tokio::test]
    async fn all_sessions_of_both_vendors_end() {
        let (mock, clerk, seam) = clients();
        let list = || clerk.sessions().list().user_id("user_1");
        mock.on(list())
            .times(1)
            .respond(&vec![session("sess_1"), session("sess_2")]);
        mock.on(list()).times(1).respond(&vec![session("sess_3")]);
        for id in ["sess_1", "sess_2", "sess_3"] {
            mock.on(clerk.sessions().revoke(id)).respond(&session(id));
        }
        let get = seam.client_sessions().get().user_identifier_key("user_1");
        mock.on(get).respond(&client_session());
        mock.on(seam.client_sessions().revoke("cs_1")).respond(&());
        assert_eq!(end_all(&clerk, &seam, "user_1").await.unwrap(), 4);
        mock.assert_done();
    }
}
