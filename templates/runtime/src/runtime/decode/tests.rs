use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderValue, header::CONTENT_TYPE};
use proptest::prelude::*;
use serde_json::Value;

use super::{empty, json, text};
use crate::runtime::json::FromJson;
use crate::runtime::{
    AnyError, Api, Content, Context, Envelope, ErrorKind, Method, Operation, Payload,
    RequestBody, ResponseMode, Safety,
};

static API: Api = Api { name: "test", ..Api::NONE };

const fn operation(envelope: Envelope) -> Operation {
    Operation {
        id: "Get",
        method: Method::Get,
        path: "/",
        body: RequestBody::None,
        accept: "",
        response: ResponseMode::Buffered,
        envelope,
        safety: Safety::Safe,
        security: &[],
    }
}

static BARE: Operation = operation(Envelope::None);
static WRAPPED: Operation = operation(Envelope::Required("client_session"));
static MAYBE: Operation = operation(Envelope::Optional("data"));

fn payload(body: &[u8]) -> Payload {
    let content = Content::Buffered(Bytes::copy_from_slice(body));
    Payload::new(Context::new(&API, None), content)
}

fn read<T: FromJson>(body: &str, operation: &'static Operation) -> Result<T, AnyError> {
    json(payload(body.as_bytes()), operation)
}

/// Asserts the path, the message and the body of a decode error.
fn fails<T: FromJson>(
    body: &str,
    operation: &'static Operation,
    path: Option<&str>,
    message: &str,
) {
    let Err(error) = read::<T>(body, operation) else { panic!("{body} was decoded") };
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.bytes().unwrap(), body);
    assert_eq!(error.json_path(), path);
    let line = error.to_string();
    assert!(line.ends_with(message), "{line}");
}

#[test]
fn envelopes_are_removed() {
    let body = r#"{"client_session": [1, 2], "ok": true}"#;
    assert_eq!(read::<Vec<i64>>(body, &WRAPPED).unwrap(), [1, 2]);
    assert_eq!(read::<Vec<i64>>("[1]", &MAYBE).unwrap(), [1]);
    assert_eq!(read::<Vec<i64>>(r#"{"data": [1]}"#, &MAYBE).unwrap(), [1]);
    assert!(read::<Vec<i64>>(r#"{"data": null}"#, &MAYBE).unwrap().is_empty());
}

#[test]
fn the_path_of_an_error_includes_the_envelope() {
    let body = r#"{"client_session": [1, "x"]}"#;
    let path = Some("$.client_session[1]");
    fails::<Vec<i64>>(body, &WRAPPED, path, "expected i64, got a string");
    let (body, path) = (r#"{"ok": true}"#, Some("$"));
    fails::<Vec<i64>>(body, &WRAPPED, path, "missing field `client_session`");
    fails::<Vec<i64>>("[1]", &WRAPPED, path, "expected an object with `client_session`");
    fails::<i64>("null", &BARE, path, "expected i64, got null");
}

#[test]
fn the_error_of_a_body_that_is_not_json_names_its_type() {
    let fails = |body, message| fails::<i64>(body, &WRAPPED, None, message);
    fails("", "expected JSON, got an empty body");
    fails("<html>", "expected JSON, got an HTML page of 6 bytes");
    fails("{\"a\": ", "the JSON is incomplete: it ends after 6 bytes");
}

#[test]
fn an_empty_body_is_null_if_the_type_allows_it() {
    assert_eq!(read::<Option<i64>>("", &BARE).unwrap(), None);
    assert_eq!(read::<Value>("\n", &WRAPPED).unwrap(), Value::Null);
    fails::<Vec<i64>>("", &BARE, None, "expected JSON, got an empty body");
    fails::<BTreeMap<String, i64>>("", &BARE, None, "expected JSON, got an empty body");
    assert!(empty(payload(b"anything"), &BARE).is_ok());
}

#[test]
fn text_is_utf_8_unless_the_content_type_is_iso_8859_1() {
    assert_eq!(text(payload("\u{FEFF}é".as_bytes()), &BARE).unwrap(), "é");
    let error = text(payload(b"\xE9"), &BARE).unwrap_err();
    assert_eq!(error.bytes().unwrap().as_ref(), b"\xE9");
    let mut latin = payload(b"\xE9");
    let media_type = HeaderValue::from_static("text/plain; Charset=\"ISO-8859-1\"");
    latin.context.headers.insert(CONTENT_TYPE, media_type);
    assert_eq!(text(latin, &BARE).unwrap(), "é");
}

proptest! {
    #[test]
    fn any_bytes_are_a_value_or_an_error(body: Vec<u8>) {
        for operation in [&BARE, &WRAPPED, &MAYBE] {
            let _ = json::<Vec<String>>(payload(&body), operation);
            let _ = text(payload(&body), operation);
        }
    }
}
