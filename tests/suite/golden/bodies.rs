//! Bodies that are no JSON, and JSON with more members than a call has room for.

use sdk_golden::{
    bodies::{
        Client,
        resources::{
            files::send_file::SendFileBodyMeta,
            many::{
                SendManyRequired,
                send_many::{SendManyBodyF, SendManyBodyG},
            },
        },
    },
    runtime::Part,
    testing::MockTransport,
};
use serde_json::json;

fn client(mock: &MockTransport) -> Client {
    Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_form_is_urlencoded() {
    let mock = MockTransport::new().respond(200, &[("content-type", "text/plain")], "taken");
    let text = client(&mock)
        .forms()
        .send_form("a b&c")
        .tags(["x", "y"])
        .await
        .unwrap();
    assert_eq!(text, "taken");
    let request = &mock.requests()[0];
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.text(), "name=a%20b%26c&tags=x&tags=y");
}

#[tokio::test]
async fn a_multipart_body_has_a_part_for_each_property() {
    let mock = MockTransport::new().json(204, "");
    client(&mock)
        .files()
        .send_file(Part::file("dot.png", &b"PNG"[..]))
        .caption("a dot")
        .meta(SendFileBodyMeta::new().width(1))
        .await
        .unwrap();
    let request = &mock.requests()[0];
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = request.text();
    let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 5, "{text}");
    assert!(
        parts[1].contains("name=\"file\"; filename=\"dot.png\""),
        "{text}"
    );
    assert!(
        parts[1].contains("image/png") && parts[1].ends_with("\r\n\r\nPNG\r\n"),
        "{text}"
    );
    assert!(
        parts[2].contains("name=\"caption\"") && parts[2].contains("a dot"),
        "{text}"
    );
    assert!(
        parts[3].contains("application/json") && parts[3].contains(r#"{"width":1}"#),
        "{text}"
    );
    assert_eq!(parts[4], "--\r\n");
}

#[tokio::test]
async fn what_does_not_fit_in_arguments_comes_as_a_struct() {
    let mock = MockTransport::new().json(200, r#"{"id":"1"}"#);
    let required = SendManyRequired {
        a: "a".to_owned(),
        b: "b".to_owned(),
        c: 3,
        d: true,
        e: vec!["e".to_owned()],
        f: SendManyBodyF::new("x"),
        g: SendManyBodyG::Left,
    };
    client(&mock).many().send_many(required).await.unwrap();
    let sent: serde_json::Value = serde_json::from_str(mock.requests()[0].text()).unwrap();
    let expected = json!({
        "a": "a", "b": "b", "c": 3, "d": true, "e": ["e"], "f": { "x": "x" }, "g": "left",
    });
    assert_eq!(sent, expected);
}
