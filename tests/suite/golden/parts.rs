//! Parts without a type, with several media types, and without names.

use sdk_golden::{
    parts::resources::profile::upload_profile::{
        UploadProfileBodyKind, UploadProfileBodyMeta, UploadProfileBodyPointsItem,
    },
    runtime::Part,
    testing::MockTransport,
};

/// The heads and contents of the parts that were sent.
fn parts(mock: &MockTransport) -> Vec<String> {
    let request = &mock.requests()[0];
    let media_type = request.header("content-type").unwrap();
    let boundary = format!("--{}", media_type.split_once("boundary=").unwrap().1);
    let parts = request.text().split(&boundary).skip(1);
    let parts = parts.map(|part| part.trim_matches(['\r', '\n', '-']).to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

#[tokio::test]
async fn each_part_is_sent_as_the_document_says() {
    let mock = MockTransport::new().json(204, "");
    let mut meta = UploadProfileBodyMeta::default();
    meta.x = Some(1);
    let mut point = UploadProfileBodyPointsItem::default();
    point.y = Some(2);
    client!(parts, mock)
        .profile()
        .upload_profile()
        .profile_image(&b"IMAGE"[..])
        .pages_param([Part::file("one.pdf", "P")])
        .kind(UploadProfileBodyKind::AB)
        .meta(meta)
        .points([point.clone(), point])
        .history("<note/>")
        .await
        .unwrap();
    let disposition = "Content-Disposition: form-data; name=";
    assert_eq!(
        parts(&mock),
        [
            format!(
                "{disposition}\"profileImage\"; filename=\"profileImage.png\"\r\n\
                 Content-Type: image/png\r\n\r\nIMAGE"
            ),
            format!(
                "{disposition}\"pages\"; filename=\"one.pdf\"\r\n\
                 Content-Type: application/pdf\r\n\r\nP"
            ),
            format!("{disposition}\"kind\"\r\n\r\na-b"),
            format!("{disposition}\"meta\"\r\nContent-Type: application/json\r\n\r\n{{\"x\":1}}"),
            format!("{disposition}\"points\"\r\nContent-Type: application/json\r\n\r\n{{\"y\":2}}"),
            format!("{disposition}\"points\"\r\nContent-Type: application/json\r\n\r\n{{\"y\":2}}"),
            format!(
                "{disposition}\"history\"\r\n\
                 Content-Type: application/xml; charset=utf-8\r\n\r\n<note/>"
            ),
        ]
    );
}

#[tokio::test]
async fn parts_that_the_document_does_not_name_are_passed_by_name() {
    for binary in [false, true] {
        let mock = MockTransport::new().json(204, "");
        let client = client!(parts, mock);
        let parts_of = [("a", Part::from("1")), ("b", Part::from("2"))];
        if binary {
            client.binary().binary(parts_of).await.unwrap();
        } else {
            client.free().free(parts_of).await.unwrap();
        }
        let disposition = "Content-Disposition: form-data; name=";
        let expected = [
            format!("{disposition}\"a\"\r\n\r\n1"),
            format!("{disposition}\"b\"\r\n\r\n2"),
        ];
        assert_eq!(parts(&mock), expected);
    }
}

#[tokio::test]
async fn parts_of_a_mixed_body_have_the_media_types_of_their_positions() {
    let mock = MockTransport::new().json(204, "");
    let parts_of = [Part::from("{}"), Part::from("1"), Part::from("2")];
    client!(parts, mock).mixed().mixed(parts_of).await.unwrap();
    assert_eq!(
        parts(&mock),
        [
            "Content-Type: application/json\r\n\r\n{}",
            "Content-Type: image/png\r\n\r\n1",
            "Content-Type: image/png\r\n\r\n2",
        ]
    );
}
