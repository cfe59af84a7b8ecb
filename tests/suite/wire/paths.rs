//! A path parameter is one segment, whatever it holds.

use session_sdk::ErrorKind;

use crate::support::{clerk, fixture, line, only, reply};

#[tokio::test]
async fn reserved_characters_do_not_leave_their_segment() {
    for (id, encoded) in [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("100%", "100%25"),
        ("ä b", "%C3%A4%20b"),
        ("%2e%2e", "%252e%252e"),
        ("a+b&c=d;e", "a%2Bb%26c%3Dd%3Be"),
        ("...", "..."),
        ("\u{0}\n", "%00%0A"),
    ] {
        let (clerk, mock, _) = clerk();
        reply(&mock, 200, fixture("clerk/session.json"));
        clerk.sessions().get(id).await.unwrap();
        assert_eq!(
            line(&only(&mock)),
            format!("GET https://api.clerk.com/v1/sessions/{encoded}")
        );
    }
}

#[tokio::test]
async fn what_would_reach_another_operation_is_never_sent() {
    for id in ["", ".", ".."] {
        let (clerk, mock, _) = clerk();
        let error = clerk.sessions().get(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("session_id"), "{error}");
        assert!(mock.requests().is_empty());
    }
}
