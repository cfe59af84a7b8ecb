//! Lists that may be shorter than `prefixItems`.

use sdk_golden::short_lists::types::T;
use serde_json::{from_value, json, to_value};

#[test]
fn a_short_list_is_read_and_written() {
    let wire = json!({ "loose": ["a"], "short": [], "pair": ["a", 1], "nested": [["a", null]] });
    let read: T = from_value(wire.clone()).unwrap();
    assert_eq!(read.loose, Some((Some("a".to_owned()), None)));
    assert_eq!(read.short, Some((None, None)));
    let written = to_value(&read).unwrap();
    for member in ["loose", "short", "pair", "nested"] {
        assert_eq!(written[member], wire[member], "{member}");
    }
}

#[test]
fn the_elements_that_min_items_asks_for_are_required() {
    let error = from_value::<T>(json!({ "pair": ["a"] })).unwrap_err();
    assert!(error.to_string().contains("$.pair[1]"), "{error}");
}
