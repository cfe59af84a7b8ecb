//! Bodies that are no JSON value: forms, parts, lines.

use serde_json::json;

use super::encoding::sent;
use super::sample_api::{CREATE, FORM};
use crate::runtime::{Operation, Part, QueryStyle, RequestBody, Style};

#[tokio::test]
async fn forms_and_parts() {
    let request = sent(&FORM, |request| {
        request.field("name", "a b");
        let style = QueryStyle { explode: false, ..QueryStyle::FORM };
        request.field_styled("tags", style, ["x", "y"]);
        let style = QueryStyle { style: Style::Json, ..QueryStyle::FORM };
        request.field_styled("note", style, "n");
        request.field("filter", json!({"a": null, "z": [1.5, "two"]}));
        request.field("points", json!([{"x": 1}, {"x": 2}]));
    })
    .await;
    assert_eq!(
        request.text(),
        "name=a%20b&tags=x,y&note=%22n%22\
        &filter=%7B%22a%22%3Anull%2C%22z%22%3A%5B1.5%2C%22two%22%5D%7D\
        &points=%7B%22x%22%3A1%7D&points=%7B%22x%22%3A2%7D"
    );

    static PARTS: Operation =
        Operation { body: RequestBody::Multipart("multipart/form-data"), ..CREATE };
    let request = sent(&PARTS, |request| {
        request.field("title", "T");
        request.part("file", crate::runtime::Part::file("a.txt", "content"));
    })
    .await;
    let media_type = request.header("content-type").unwrap();
    assert!(media_type.starts_with("multipart/form-data; boundary="), "{media_type}");
    assert!(request.text().contains("name=\"title\"\r\n"), "{}", request.text());
    assert!(request.text().contains("filename=\"a.txt\""), "{}", request.text());
}

#[tokio::test]
async fn a_file_has_a_name_and_a_media_type_of_those_that_are_allowed() {
    static PARTS: Operation =
        Operation { body: RequestBody::Multipart("multipart/form-data"), ..CREATE };
    let images = &["image/png", "image/jpeg"];
    let request = sent(&PARTS, |request| {
        request.file("bytes", &b"B"[..], images);
        request.files(
            "files[]",
            [Part::from("1"), Part::file("2.JPG", "2"), Part::file("3.bin", "3")],
            images,
        );
        request.file("range", Part::file("a.webp", "R"), &["image/*"]);
        request.file("any", "A", &[]);
        request.file("set", Part::from("S").media_type("application/pdf"), images);
        request.file("value", Part::json(&1), images);
        request.other_parts([("more", "M")]);
    })
    .await;
    let text = request.text();
    let heads: Vec<&str> = text
        .split("Content-Disposition: form-data; ")
        .skip(1)
        .filter_map(|part| part.split("\r\n\r\n").next())
        .collect();
    assert_eq!(
        heads,
        [
            "name=\"bytes\"; filename=\"bytes.png\"\r\nContent-Type: image/png",
            "name=\"files[]\"; filename=\"files.png\"\r\nContent-Type: image/png",
            "name=\"files[]\"; filename=\"2.JPG\"\r\nContent-Type: image/jpeg",
            "name=\"files[]\"; filename=\"3.bin\"\r\nContent-Type: image/png",
            "name=\"range\"; filename=\"a.webp\"\r\nContent-Type: image/webp",
            "name=\"any\"; filename=\"any\"\r\nContent-Type: application/octet-stream",
            "name=\"set\"; filename=\"set.pdf\"\r\nContent-Type: application/pdf",
            "name=\"value\"\r\nContent-Type: application/json",
            "name=\"more\"",
        ],
        "{text}"
    );
}

#[tokio::test]
async fn parts_of_a_mixed_body_have_no_names() {
    static MIXED: Operation =
        Operation { body: RequestBody::Multipart("multipart/mixed"), ..CREATE };
    let request = sent(&MIXED, |request| {
        let parts = [Part::json(&1), Part::from("two"), Part::file("3.png", "three")];
        request.unnamed_parts(parts, &["application/json", "text/plain"], "image/png");
    })
    .await;
    let media_type = request.header("content-type").unwrap();
    let boundary = media_type.strip_prefix("multipart/mixed; boundary=").unwrap();
    let wanted = "--B\r\nContent-Type: application/json\r\n\r\n1\r\n\
        --B\r\nContent-Type: text/plain\r\n\r\ntwo\r\n\
        --B\r\nContent-Disposition: attachment; filename=\"3.png\"\r\n\
        Content-Type: image/png\r\n\r\nthree\r\n--B--\r\n";
    assert_eq!(request.text().replace(boundary, "B"), wanted);
}

#[tokio::test]
async fn a_json_body_can_be_sent_as_a_form_or_as_parts() {
    static WHOLE: Operation =
        Operation { body: RequestBody::Json("application/json"), ..CREATE };
    let form = RequestBody::Form("application/x-www-form-urlencoded");
    let parts = RequestBody::Multipart("multipart/form-data");
    for operation in [&CREATE, &WHOLE] {
        for body in [form, parts] {
            let request = sent(operation, |request| {
                match operation.body {
                    RequestBody::Json(_) => {
                        request.body(json!({"n": 1, "tags": ["x", "y"]}))
                    }
                    _ => {
                        request.field("n", 1);
                        request.field("tags", ["x", "y"]);
                    }
                }
                request.send_as(body);
            })
            .await;
            let media_type = request.header("content-type").unwrap();
            if body == form {
                assert_eq!(media_type, "application/x-www-form-urlencoded");
                assert_eq!(request.text(), "n=1&tags=x&tags=y");
            } else {
                assert!(media_type.starts_with("multipart/form-data; boundary="));
                assert_eq!(request.text().matches("name=\"tags\"").count(), 2);
            }
        }
    }
}

#[tokio::test]
async fn json_values_are_sent_one_per_line_or_record() {
    static LINES: Operation =
        Operation { body: RequestBody::JsonLines("application/jsonl"), ..CREATE };
    let request =
        sent(&LINES, |request| request.items([json!({"a": 1}), json!([2])])).await;
    assert_eq!(request.text(), "{\"a\":1}\n[2]\n");
    assert_eq!(request.header("content-type"), Some("application/jsonl"));
    static SEQUENCE: Operation =
        Operation { body: RequestBody::JsonSequence("application/json-seq"), ..CREATE };
    let request = sent(&SEQUENCE, |request| request.items(["x", "y"])).await;
    assert_eq!(request.text(), "\u{1E}\"x\"\n\u{1E}\"y\"\n");
}
