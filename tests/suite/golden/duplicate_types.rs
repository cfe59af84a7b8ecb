//! Inline types that are the same inside one parent are one type.

use sdk_golden::duplicate_types::types::{
    Event, Rule,
    event::{connected, removed},
    rule::{
        RuleComment, RuleNote, RuleWhen,
        when::{RuleWhenAfter, RuleWhenBefore},
    },
};
use serde_json::json;

#[test]
fn what_is_the_same_goes_by_each_of_its_names() {
    let event = json!({"kind": "removed", "device": {"id": "d1", "site": {"floor": 2}}});
    let Event::Removed(removed) = serde_json::from_value(event).unwrap() else {
        panic!("another event");
    };
    let device: connected::EventConnectedDevice = removed.device;
    let site: Option<removed::device::EventRemovedDeviceSite> = device.site;
    assert_eq!(site.and_then(|site| site.floor), Some(2));
}

#[test]
fn alternatives_of_a_request_stay_apart() {
    let before = RuleWhen::from(RuleWhenBefore::new(9));
    let after = RuleWhen::from(RuleWhenAfter::new(17));
    assert_ne!(before, after);

    let note: RuleComment = RuleNote::new().text("quiet");
    let rule = Rule::new(after).note(note);
    let json = serde_json::to_value(&rule).unwrap();
    assert_eq!(
        json,
        json!({"when": {"hour": 17}, "note": {"text": "quiet"}})
    );
}
