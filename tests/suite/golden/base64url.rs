//! Bytes in the URL-safe alphabet.

use sdk_golden::{base64url::types::K, testing::MockTransport};

#[tokio::test]
async fn each_encoding_has_its_alphabet() {
    let bytes = [0xFB, 0xFF, 0xFE].as_slice();
    let key = K::new()
        .url(bytes)
        .url2(bytes)
        .std(bytes)
        .byte(bytes)
        .upper(bytes);
    let mock = MockTransport::new().json(200, r#"{"url":"-__-","std":"+//+"}"#);
    let read = client!(base64url, mock)
        .k()
        .put_key(key)
        .q(bytes)
        .await
        .unwrap();
    let sent = super::sent(&mock);
    for (member, text) in [
        ("url", "-__-"),
        ("url2", "-__-"),
        ("std", "+//+"),
        ("byte", "+//+"),
        ("upper", "+//+"),
    ] {
        assert_eq!(sent[member], text, "{member}");
    }
    let requests = mock.requests();
    assert_eq!(
        requests.first().and_then(|request| request.uri.query()),
        Some("q=-__-")
    );
    assert_eq!(read.url.unwrap().as_ref(), bytes);
    assert_eq!(read.std.unwrap().as_ref(), bytes);
}
