use bytes::Bytes;
use proptest::prelude::*;
use serde_json::json;

use super::{Form, Part};
use crate::runtime::Body;

fn encoded(form: &Form) -> (String, String) {
    let encoded = form.encode("multipart/form-data").unwrap();
    let boundary = encoded.content_type.split_once("boundary=").unwrap().1.to_owned();
    let body = encoded.body.as_bytes().unwrap();
    (String::from_utf8_lossy(body).into_owned(), boundary)
}

#[test]
fn parts_are_written_in_order() {
    let mut form = Form::new();
    form.part("title", "A").part("photo", Part::file("me.png", vec![b'P']));
    form.part("meta", Part::value(&json!({"a": 1})).header("X-A", "b"));
    let (body, boundary) = encoded(&form);
    let wanted = [
        "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n",
        "Content-Type: application/octet-stream\r\n\r\nP\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\n",
        "Content-Type: application/json\r\nX-A: b\r\n\r\n{\"a\":1}\r\n",
        "--B--\r\n",
    ];
    assert_eq!(body.replace(&boundary, "B"), wanted.concat());
    assert!(boundary.len() <= 70, "the maximum of RFC 2046");
}

#[test]
fn names_are_escaped_in_quotes() {
    let mut form = Form::new();
    form.part("a\"\r\nX: y", Part::file("é\".txt", "").media_type("text/plain"));
    let (body, _) = encoded(&form);
    assert!(
        body.contains("name=\"a%22%0D%0AX: y\"; filename=\"é%22.txt\"\r\n"),
        "{body}"
    );
}

#[test]
fn a_header_with_a_line_break_is_refused() {
    for part in [
        Part::from("x").media_type("text/plain\r\nX: y"),
        Part::from("x").header("X", "a\nb"),
        Part::from("x").header("X: y", "a"),
    ] {
        let mut form = Form::new();
        form.part("f", part);
        let error = form.encode("multipart/form-data").unwrap_err();
        let wanted = "the part \"f\" cannot be sent: one of its headers is not valid";
        assert_eq!(error.to_string(), wanted);
    }
}

#[test]
fn a_part_with_a_stream_makes_the_body_a_stream_of_known_length() {
    let mut form = Form::new();
    let content = Body::stream(Never, Some(5));
    form.part("f", Part::file("big", content));
    let whole = {
        let mut form = Form::new();
        form.part("f", Part::file("big", "12345"));
        form.encode("multipart/form-data").unwrap().body.length()
    };
    let encoded = form.encode("multipart/form-data").unwrap();
    assert!(encoded.body.as_bytes().is_none());
    assert_eq!(encoded.body.length(), whole);
}

#[test]
fn a_list_is_one_part_per_item() {
    assert_eq!(Part::values(&["a", "b"]).len(), 2);
    assert_eq!(Part::values(&1).len(), 1);
    assert!(Part::values(&()).is_empty());
}

struct Never;

impl futures_core::Stream for Never {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

proptest! {
    #[test]
    fn the_content_is_between_boundaries(content: Vec<u8>, name: String) {
        let mut form = Form::new();
        form.part(name, content.clone());
        let encoded = form.encode("multipart/form-data").unwrap();
        let boundary = encoded.content_type.split_once("boundary=").unwrap().1;
        let end = format!("\r\n--{boundary}--\r\n");
        let body = encoded.body.as_bytes().unwrap();
        let head = body.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
        prop_assert_eq!(&body[head..body.len() - end.len()], &content[..]);
        prop_assert!(body.ends_with(end.as_bytes()));
    }
}
