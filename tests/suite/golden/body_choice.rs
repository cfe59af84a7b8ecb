//! Bodies of several media types, and bodies that may be absent.

use sdk_golden::{body_choice::types::Pet, testing::MockTransport};

use super::sent;

#[tokio::test]
async fn each_media_type_of_different_content_has_a_method() {
    let mock = MockTransport::new()
        .json(204, "")
        .json(204, "")
        .json(204, "")
        .json(204, "");
    let client = client!(body_choice, mock);
    client.messages().create().text("t").await.unwrap();
    client
        .messages()
        .create_multipart()
        .text("t")
        .file(&b"F"[..])
        .await
        .unwrap();
    client.form_first().form_first_form("a b").await.unwrap();
    client.image().image_png(&b"PNG"[..]).await.unwrap();
    let requests = mock.requests();
    let media_type = |index: usize| requests[index].header("content-type").unwrap();
    assert_eq!(
        (media_type(0), requests[0].text()),
        ("application/json", r#"{"text":"t"}"#)
    );
    assert!(media_type(1).starts_with("multipart/form-data; boundary="));
    assert!(
        requests[1]
            .text()
            .contains("name=\"file\"; filename=\"file\"\r\n")
    );
    assert_eq!(media_type(2), "application/x-www-form-urlencoded");
    assert_eq!(requests[2].text(), "a=a%20b");
    assert_eq!((media_type(3), requests[3].text()), ("image/png", "PNG"));
}

#[tokio::test]
async fn the_same_content_can_be_sent_in_each_encoding() {
    let pet = || {
        let mut pet = Pet::new("n");
        pet.tags = Some(vec!["x".to_owned(), "y".to_owned()]);
        pet
    };
    let mock = MockTransport::new()
        .json(204, "")
        .json(204, "")
        .json(204, "");
    let same = client!(body_choice, mock);
    same.same().same(pet()).with_form_body().await.unwrap();
    same.same().same(pet()).with_multipart_body().await.unwrap();
    same.same()
        .same(pet())
        .header("content-type", "text/json")
        .await
        .unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].text(), "name=n&tags=x&tags=y");
    assert_eq!(requests[1].text().matches("name=\"tags\"").count(), 2);
    assert_eq!(requests[2].header("content-type"), Some("text/json"));
}

#[tokio::test]
async fn a_body_that_is_not_required_may_be_absent() {
    let mock = MockTransport::new().json(204, "").json(204, "");
    let client = client!(body_choice, mock);
    client.optional().optional().await.unwrap();
    client.avatar().avatar().await.unwrap();
    for request in mock.requests() {
        assert_eq!((request.header("content-type"), request.text()), (None, ""));
    }
}

#[tokio::test]
async fn a_patch_of_an_object_is_a_merge_patch() {
    let mock = MockTransport::new().json(204, "");
    client!(body_choice, mock)
        .patch()
        .patch("n", [("a", 1)])
        .await
        .unwrap();
    assert_eq!(
        mock.requests()[0].header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(sent(&mock), serde_json::json!({ "a": 1 }));
}
