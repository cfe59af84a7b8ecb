//! What several schemas say together.

use jiff::Timestamp;
use sdk_golden::{
    all_of::types::{
        Parcel,
        parcel::{ParcelLabel, ParcelSpeed},
    },
    testing::MockTransport,
};
use serde_json::json;

#[tokio::test]
async fn members_are_merged_and_narrowed() {
    let answer = r#"{"to":"x","width":3,"code":"c","created_at":"2024-01-01T00:00:00Z"}"#;
    let mock = MockTransport::new().json(200, answer);
    let parcel = Parcel::new("x", 3)
        .height(1.5)
        .label(ParcelLabel::new().text("t").language("en"))
        .speed(ParcelSpeed::Now);
    let tracked = client!(all_of, mock)
        .parcels()
        .send_parcel(parcel)
        .await
        .unwrap();
    assert_eq!(
        super::sent(&mock),
        json!({
            "to": "x", "width": 3, "height": 1.5, "speed": "now",
            "label": { "text": "t", "language": "en" },
        })
    );
    assert_eq!((tracked.width, tracked.code.as_str()), (3, "c"));
    let created: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(tracked.created_at, Some(created));
}
