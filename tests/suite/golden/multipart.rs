//! Multipart bodies and forms, with encodings.

use sdk_golden::{
    multipart::{
        resources::forms::send_form::SendFormBodyFilter,
        types::{Contact, Meta},
    },
    runtime::Part,
    testing::MockTransport,
};

/// The parts of a multipart body: each with its head and its content.
fn parts(mock: &MockTransport) -> Vec<(String, String)> {
    let request = &mock.requests()[0];
    let kind = request.header("content-type").unwrap();
    let boundary = kind.split("boundary=").nth(1).unwrap().trim_matches('"');
    let between = format!("--{boundary}");
    let all = request.text().split(&between);
    all.filter_map(|part| {
        let (head, content) = part.split_once("\r\n\r\n")?;
        Some((head.to_lowercase(), content.trim_end().to_owned()))
    })
    .collect()
}

#[tokio::test]
async fn each_part_has_its_media_type() {
    let mock = MockTransport::new().json(204, "");
    client!(multipart, mock)
        .albums()
        .create_album(Part::file("c.png", &b"COVER"[..]), "T")
        .pictures([
            Part::file("1.jpg", &b"ONE"[..]),
            Part::file("2.jpg", &b"TWO"[..]),
        ])
        .raw_param(&b"RAW"[..])
        .tags(["x", "y"])
        .meta(Meta::new().width(1))
        .note("*n*")
        .count(3)
        .await
        .unwrap();
    let parts = parts(&mock);
    let found = |name: &str| -> Vec<&(String, String)> {
        let name = format!("name=\"{name}\"");
        parts
            .iter()
            .filter(|(head, _)| head.contains(&name))
            .collect()
    };
    let one = |name: &str| found(name)[0].clone();
    assert!(one("cover").0.contains("image/png") && one("cover").1 == "COVER");
    let pictures: Vec<&str> = found("pictures")
        .iter()
        .map(|part| part.1.as_str())
        .collect();
    assert_eq!(pictures, ["ONE", "TWO"]);
    assert!(found("pictures")[1].0.contains("filename=\"2.jpg\""));
    assert_eq!(one("raw").1, "RAW");
    assert_eq!(found("tags").len(), 2);
    assert!(one("meta").0.contains("application/vnd.meta+json"));
    assert_eq!(one("meta").1, r#"{"width":1}"#);
    assert!(one("note").0.contains("text/markdown"));
    assert_eq!(
        (one("title").1.as_str(), one("count").1.as_str()),
        ("T", "3")
    );
}

#[tokio::test]
async fn a_form_s_fields_have_their_styles() {
    let mock = MockTransport::new().json(204, "").json(204, "");
    let client = client!(multipart, mock);
    client
        .forms()
        .send_form("a b")
        .tags(["x", "y"])
        .colors(["red", "blue"])
        .filter(SendFormBodyFilter::new().size(3))
        .await
        .unwrap();
    client
        .contacts()
        .send_contact(Contact::new("n").age(7))
        .await
        .unwrap();
    let requests = mock.requests();
    let sent: Vec<&str> = requests[0].text().split('&').collect();
    assert_eq!(
        sent,
        [
            "name=a%20b",
            "tags=x",
            "tags=y",
            "colors=red%7Cblue",
            "filter%5Bsize%5D=3"
        ]
    );
    assert_eq!(requests[1].text(), "name=n&age=7");
}
