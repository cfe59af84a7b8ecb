//! Clients that answer from a list, and what they were asked.

use std::{fs, path::PathBuf};

use bytes::Bytes;
use session_sdk::{
    clerk, seam,
    testing::{InstantTimer, MockTransport, RecordedRequest},
};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of `tests/fixtures`.
pub(crate) fn fixture(path: &str) -> String {
    let path = root().join("tests/fixtures").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A Clerk client with a known key, its transport, and its timer.
pub(crate) fn clerk() -> (clerk::Client, MockTransport, InstantTimer) {
    let (mock, timer) = (MockTransport::new(), InstantTimer::new());
    let client = clerk::Client::builder()
        .secret_key("sk_test_wire")
        .transport(mock.clone())
        .timer(timer.clone())
        .build()
        .expect("a client from valid settings");
    (client, mock, timer)
}

/// A Seam client with a known key, its transport, and its timer.
pub(crate) fn seam() -> (seam::Client, MockTransport, InstantTimer) {
    let (mock, timer) = (MockTransport::new(), InstantTimer::new());
    let client = seam::Client::builder()
        .api_key("seam_key_wire")
        .transport(mock.clone())
        .timer(timer.clone())
        .build()
        .expect("a client from valid settings");
    (client, mock, timer)
}

/// A Clerk client that answers its one call with this body.
pub(crate) fn clerk_answering(status: u16, body: impl Into<Bytes>) -> clerk::Client {
    let (client, mock, _) = clerk();
    reply(&mock, status, body);
    client
}

/// A Seam client that answers its one call with this body.
pub(crate) fn seam_answering(status: u16, body: impl Into<Bytes>) -> seam::Client {
    let (client, mock, _) = seam();
    reply(&mock, status, body);
    client
}

/// Queues a JSON answer.
pub(crate) fn reply(mock: &MockTransport, status: u16, body: impl Into<Bytes>) {
    drop(mock.clone().json(status, body.into()));
}

/// Queues an answer with a header.
pub(crate) fn reply_with(
    mock: &MockTransport,
    status: u16,
    header: (&str, &str),
    body: impl Into<Bytes>,
) {
    drop(mock.clone().respond(status, &[header], body.into()));
}

/// A request as one line of text: method and address.
pub(crate) fn line(request: &RecordedRequest) -> String {
    format!("{} {}", request.method, request.uri)
}

/// The one request that was sent.
pub(crate) fn only(mock: &MockTransport) -> RecordedRequest {
    let mut requests = mock.requests();
    assert_eq!(requests.len(), 1, "one request was expected");
    requests.remove(0)
}
