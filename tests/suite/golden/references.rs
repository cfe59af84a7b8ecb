//! `$ref`s: with siblings, into schemas, of path items and parameters, to other files.

use sdk_golden::{
    references::types::{Cat, CoatColor, Mood},
    testing::MockTransport,
};
use serde_json::{from_value, json, to_value};

#[tokio::test]
async fn an_operation_s_parameter_replaces_its_path_s() {
    let mock = MockTransport::new()
        .json(200, r#"{"id":"1","mood":"calm"}"#)
        .json(200, r#"{"id":"1","mood":"cross"}"#)
        .json(204, "");
    let client = client!(references, mock);
    let cat = client.cats().get("1", "en").await.unwrap();
    client.cats().replace("1", cat).lang("de").await.unwrap();
    client.dogs().delete("2").await.unwrap();
    let lines: Vec<String> = mock.requests().iter().map(|r| r.uri.to_string()).collect();
    let base = "https://golden.test";
    assert_eq!(
        lines,
        [
            format!("{base}/cats/1?lang=en"),
            format!("{base}/cats/1?lang=de"),
            format!("{base}/dogs/2"),
        ]
    );
}

#[test]
fn siblings_and_nested_targets_count() {
    let value = json!({
        "id": "1", "mood": "calm", "last_mood": "cross", "coat": "black",
        "narrowed": { "color": "white", "length": 3 }, "mother": { "id": "2", "mood": "new" },
    });
    let cat: Cat = from_value(value.clone()).unwrap();
    assert_eq!(cat.last_mood, Some(Mood::Cross));
    assert_eq!(cat.coat, Some(CoatColor::Black));
    assert_eq!(cat.narrowed.as_ref().unwrap().length, Some(3));
    assert_eq!(to_value(cat).unwrap(), value);
}

#[tokio::test]
async fn other_files_are_part_of_the_document() {
    let mock = MockTransport::new()
        .json(
            200,
            r#"[{"name":"b","nest":{"tree":"oak","birds":[{"name":"c"}]}}]"#,
        )
        .json(404, r#"{"title":"t"}"#);
    let client = client!(external, mock);
    let birds = client.birds().list_birds().limit(2).await.unwrap();
    assert_eq!(birds[0].nest.as_ref().unwrap().birds[0].name, "c");
    let error = client.nests().list_nests().await.unwrap_err();
    assert_eq!(error.body().unwrap().title, "t");
    assert_eq!(mock.requests()[0].query(), "limit=2");
}
