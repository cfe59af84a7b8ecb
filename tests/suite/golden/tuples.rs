//! Lists whose elements have types of their own.

use jiff::Timestamp;
use sdk_golden::{
    runtime::UnixMillis,
    testing::MockTransport,
    tuples::types::{
        Track,
        track::{TrackMixedFirst, TrackMixedSecond},
    },
};
use serde_json::json;

#[tokio::test]
async fn elements_are_typed() {
    let answer = json!({
        "point": [1, 2.5, "a", "of the future"], "points": [[3, 4, "b"]],
        "mixed": ["left", { "x": 1 }], "open": ["a", 1],
    });
    let mock = MockTransport::new().json(200, answer.to_string());
    let at = Timestamp::from_millisecond(1500).unwrap();
    let track = Track::new((1.0, 2.5, "a".to_owned()), [(3.0, 4.0, "b".to_owned())])
        .pair((Some("p".to_owned()), Some(UnixMillis(at))))
        .mixed((
            Some(TrackMixedFirst::Right),
            Some(TrackMixedSecond::new(2.0)),
            None,
        ))
        .same([1.0, 2.0]);
    let read = client!(tuples, mock)
        .tracks()
        .save_track(track)
        .await
        .unwrap();
    assert_eq!(
        super::sent(&mock),
        json!({
            "point": [1.0, 2.5, "a"], "points": [[3.0, 4.0, "b"]], "pair": ["p", 1500],
            "mixed": ["right", { "x": 2.0 }], "same": [1.0, 2.0],
        })
    );
    assert_eq!(
        read.point,
        (1.0, 2.5, "a".to_owned()),
        "further elements are of the future"
    );
    let (side, part, text) = read.mixed.unwrap();
    let x = part.map(|part| part.x);
    assert_eq!(
        (side, x, text),
        (Some(TrackMixedFirst::Left), Some(1.0), None)
    );
    assert_eq!(read.open.unwrap(), [json!("a"), json!(1)]);
}

#[tokio::test]
async fn a_missing_element_is_an_error_with_its_path() {
    let mock = MockTransport::new().json(200, r#"{"point":[1,2],"points":[]}"#);
    let track = Track::new((1.0, 2.0, String::new()), []);
    let error = client!(tuples, mock)
        .tracks()
        .save_track(track)
        .await
        .unwrap_err();
    assert_eq!(error.json_path(), Some("$.point[2]"));
}
