//! The reqwest transport, over real sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::retries::Chunks;
use super::sample_api::{Client, KEY, UPLOAD};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{Body, ErrorKind, decode};

/// The server does not respond.
const HANG: &str = "hang";

/// Responds to one connection per text and closes it. Returns the base URL and the received
/// requests.
async fn server(
    responses: Vec<&'static str>,
) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let mut requests = Vec::new();
        for response in responses {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 65_536];
            let mut length = 0;
            loop {
                let read = socket.read(&mut request[length..]).await.unwrap();
                length += read;
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let chunked = text.contains("transfer-encoding: chunked");
                let whole = text.contains("\r\n\r\n")
                    && (!chunked || text.ends_with("0\r\n\r\n"));
                if whole || read == 0 {
                    requests.push(text);
                    break;
                }
            }
            match response {
                HANG => tokio::time::sleep(Duration::from_secs(5)).await,
                response => socket.write_all(response.as_bytes()).await.unwrap(),
            }
        }
        requests
    });
    (address, served)
}

fn client(address: &str) -> Client {
    let builder = Client::builder().secret_key(KEY).base_url(address);
    builder.timer(InstantTimer::new()).build().unwrap()
}

const OK: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n{\"id\":\"x\"}";

#[tokio::test]
async fn a_call_is_sent_and_its_response_decoded() {
    let (address, served) = server(vec![OK]).await;
    assert_eq!(client(&address).get("a/b c").await.unwrap().id, "x");
    let request = served.await.unwrap().remove(0);
    assert!(request.starts_with("GET /things/a%2Fb%20c HTTP/1.1\r\n"), "{request}");
    assert!(
        request.contains("authorization: Bearer sk_planted_secret\r\n"),
        "{request}"
    );
    assert!(!request.contains("content-length"), "{request}");
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks() {
    let (address, served) = server(vec![OK]).await;
    let mut request = client(&address).core.request(&UPLOAD);
    request.bytes(Body::stream(Chunks(vec!["def", "abc"]), None));
    request.send::<(), ()>(decode::empty).await.unwrap();
    let request = served.await.unwrap().remove(0);
    assert!(request.contains("transfer-encoding: chunked"), "{request}");
    assert!(request.contains("3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"), "{request}");
}

#[tokio::test]
async fn incomplete_responses_are_transport_errors() {
    let short = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\":";
    let (address, served) = server(vec!["", "HTTP/1.1 200", short]).await;
    let error = client(&address).get("planted_id").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    assert_eq!(&error.bytes().unwrap()[..], b"{\"id\":");
    assert!(!format!("{error:?}").contains("planted"), "{error:?}");
    assert_eq!(served.await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let (address, _) = server(vec![moved]).await;
    let error = client(&address).get("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn a_refused_connection_is_a_connect_error() {
    let error = client("http://127.0.0.1:1").create().name("planted").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.attempts(), 3);
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        shown += &format!(" {error} {error:?}");
        source = error.source();
    }
    assert!(!shown.contains("planted"), "{shown}");
}

#[tokio::test]
async fn the_tokio_timer_limits_an_attempt() {
    let (address, _) = server(vec![HANG]).await;
    let builder = Client::builder().secret_key(KEY).base_url(&*address).retries(0);
    let client = builder.timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.get("x").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let call = client("http://127.0.0.1:1").get("x").send();
    let error = pollster(call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Runtime, "{error:?}");
    assert_eq!(error.attempts(), 1);
}

#[test]
fn a_timeout_outside_of_a_runtime_is_an_error() {
    let call = |mock: MockTransport| {
        let client = Client::builder().secret_key(KEY).transport(mock).build().unwrap();
        pollster(client.get("x").send()).unwrap_err()
    };
    let error = call(MockTransport::new().no_response());
    assert_eq!(error.kind(), ErrorKind::Runtime, "{error:?}");
    assert!(error.to_string().contains("set `timer`"), "{error}");
    let error = call(MockTransport::new().json(503, "").json(200, "{}"));
    assert_eq!((error.status().map(u16::from), error.attempts()), (Some(503), 1));
}

/// Polls a future that is ready at once, without a runtime.
fn pollster<T>(future: impl Future<Output = T>) -> T {
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut cx) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => panic!("the future is pending"),
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_client_works_inside_and_outside_of_a_runtime() {
    let keep = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"x\"}";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (address, _served) = runtime.block_on(server(vec![keep, keep]));
    let client = client(&address);
    let own =
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    own.block_on(async { client.get("x").await }).unwrap();
    // The runtime of the first connection is not driven now.
    assert_eq!(client.get("x").send().wait().unwrap().id, "x");
}
