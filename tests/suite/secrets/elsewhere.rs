//! Where servers try to lead a client, and with it its credentials: nothing ever arrives there.

use sdk_golden::pagination;
use sdk_golden::security::{Client, ClientBuilder};
use sdk_tests::faults::{FaultServer, Step, answer, json};
use session_sdk::{RetryPolicy, clerk, seam};

/// A server on another port, which nobody should talk to.
async fn thief() -> FaultServer {
    FaultServer::start(|_| vec![json("200 OK", "{}")])
        .await
        .unwrap()
}

/// The thief by other names: another port, another host, another scheme.
fn names_of(thief: &FaultServer) -> [String; 4] {
    let port = thief.address().port();
    [
        format!("http://127.0.0.1:{port}/"),
        format!("//127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://127.0.0.1:{port}/"),
    ]
}

#[tokio::test]
async fn no_redirect_takes_a_credential_along() {
    let thief = thief().await;
    for name in names_of(&thief) {
        for status in ["301", "302", "303", "307", "308"] {
            let steps = vec![answer(status, &format!("location: {name}\r\n"), b"")];
            let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
            let url = server.url();
            let clerk = clerk::Client::builder()
                .secret_key("planted")
                .base_url(&*url);
            clerk
                .build()
                .unwrap()
                .sessions()
                .get("s")
                .await
                .unwrap_err();
            let seam = seam::Client::builder().api_key("planted").base_url(&*url);
            seam.build()
                .unwrap()
                .client_sessions()
                .get()
                .await
                .unwrap_err();
            let golden = || Client::builder().base_url(&*url);
            either(golden().basic("ann", "planted")).await;
            either(golden().key("planted").app("planted")).await;
            let both = golden()
                .query_key("planted")
                .cookie_key("planted")
                .build()
                .unwrap();
            both.query().by_query().await.unwrap_err();
            both.cookie().by_cookie().await.unwrap_err();
            assert_eq!(server.requests().len(), 6);
        }
    }
    assert_eq!(thief.connections(), 0);
}

async fn either(builder: ClientBuilder) {
    builder
        .build()
        .unwrap()
        .either()
        .either()
        .await
        .unwrap_err();
}

/// A page says where the next one is: only its cursor is believed, never an address.
#[tokio::test]
async fn no_page_leads_to_another_origin() {
    let thief = thief().await;
    for name in names_of(&thief) {
        let page = serde_json::json!({
            "items": [{ "id": "1" }], "data": [{ "id": "1" }],
            "pagination": { "next_page_cursor": name, "next_page_url": name, "has_next_page": true },
            "next_page_url": name, "next": name,
        });
        let page = page.to_string();
        let link = format!("link: <{name}>; rel=\"next\"\r\ncontent-type: application/json\r\n");
        let server = FaultServer::start(move |_| {
            vec![
                answer("200 OK", &link, page.as_bytes()),
                Step::Pause(Default::default()),
            ]
        });
        let server = server.await.unwrap();
        let client = pagination::Client::builder()
            .base_url(server.url())
            .build()
            .unwrap();
        let mut pages = client.cursor().list_by_cursor().pages();
        pages.next_page().await.unwrap().unwrap();
        // The second page names its own cursor as the next one.
        pages.next_page().await.unwrap().unwrap_err();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        let asked = requests[1].text();
        assert!(
            asked.contains(&thief.address().port().to_string()),
            "{asked}"
        );
        assert!(requests[1].target().starts_with('/'), "{asked}");
    }
    assert_eq!(thief.connections(), 0);
}

/// Parameters cannot move a request to another host either.
#[tokio::test]
async fn no_argument_leads_to_another_origin() {
    let thief = thief().await;
    let server = FaultServer::start(|_| vec![json("404 Not here", "{}")])
        .await
        .unwrap();
    let client = clerk::Client::builder()
        .secret_key("planted")
        .base_url(server.url());
    let client = client.retry_policy(RetryPolicy::never()).build().unwrap();
    let port = thief.address().port();
    let ids = [
        format!("@127.0.0.1:{port}/"),
        format!("//127.0.0.1:{port}/"),
        format!("/../..//127.0.0.1:{port}"),
        format!("\\\\127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}/"),
        format!("%2F@127.0.0.1:{port}"),
    ];
    let count = ids.len();
    for id in ids {
        let error = client.sessions().get(id).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 404);
    }
    assert_eq!(server.requests().len(), count);
    assert_eq!(thief.connections(), 0);
}
