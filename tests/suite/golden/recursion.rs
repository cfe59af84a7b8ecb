//! Types that hold themselves: directly, in lists, maps and unions, by other names.

use sdk_golden::recursion::types::{Node, ValueType};
use serde_json::{from_value, json, to_value};

#[test]
fn trees_survive() {
    let leaf = json!({ "value": "leaf", "children": [], "tree": [] });
    let value = json!({
        "value": "root", "next": leaf, "children": [leaf], "named": { "a": leaf },
        "either": "x", "alias": leaf, "tree": [[], [[]]],
        "pair": { "right": { "left": { "right": { "left": {} } } } },
        "json": { "a": ["b", { "c": [] }] },
    });
    let node: Node = from_value(value.clone()).unwrap();
    assert_eq!(node.next.as_ref().unwrap().value, "leaf");
    let Some(ValueType::Map(map)) = &node.json else {
        panic!("no map")
    };
    assert!(matches!(&map["a"], ValueType::ValueList(list) if list.len() == 2));
    assert_eq!(to_value(node).unwrap(), value);
}

#[test]
fn depth_is_no_danger() {
    let mut value = json!({ "value": "x" });
    for _ in 0..100 {
        value = json!({ "value": "x", "next": value });
    }
    let node: Node = from_value(value).unwrap();
    assert!(node.next.is_some());
}
