use serde_json::json;

use super::*;

fn applied(tree: Value, actions: Value) -> (Value, Vec<Diagnostic>) {
    let overlay = json!({
        "overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": actions
    });
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new(false));
    sources.add("api.json", tree.to_string());
    let file = sources.add("overlay.json", overlay.to_string());
    let mut tree = tree;
    apply(&mut tree, &overlay, file, &mut sources, &mut diagnostics);
    (tree, diagnostics.into_iter().collect())
}

#[test]
fn updates_merge_and_append() {
    let tree = json!({"a": {"b": {"x": 1, "list": [1]}}, "l": [{"n": 1}, {"n": 2}]});
    let actions = json!([
        {"target": "$.a.b", "update": {"y": 2, "list": [2]}},
        {"target": "$.l", "update": {"n": 3}},
        {"target": "$.l[?@.n > 1]", "update": {"big": true}},
        {"target": "$.a.b.list", "update": [3]},
    ]);
    let (tree, problems) = applied(tree, actions);
    assert_eq!(problems, []);
    assert_eq!(
        tree,
        json!({
            "a": {"b": {"x": 1, "list": [1, 2, [3]], "y": 2}},
            "l": [{"n": 1}, {"n": 2, "big": true}, {"n": 3, "big": true}]
        })
    );
}

#[test]
fn updates_together_are_bounded_in_depth() {
    let deep = (0..100).fold(json!({}), |inner, _| json!({"a": inner}));
    let deepest = format!("$.b{}", ".a".repeat(100));
    let actions = json!([
        {"target": "$", "update": {"b": deep}},
        {"target": deepest, "update": {"c": deep}},
    ]);
    let (tree, problems) = applied(json!({}), actions);
    assert_eq!(tree, json!({}));
    assert_eq!(
        problems[0].message,
        "this makes the document nest too deeply"
    );
}

#[test]
fn removals_keep_indexes_valid() {
    let tree = json!({"l": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "k": {"a": 1, "b": 2}});
    let actions = json!([
        {"target": "$.l[?@ == 2 || @ == 10 || @ == 11]", "remove": true},
        {"target": "$.k.a", "remove": true},
    ]);
    let (tree, problems) = applied(tree, actions);
    assert_eq!(problems, []);
    assert_eq!(
        tree,
        json!({"l": [0, 1, 3, 4, 5, 6, 7, 8, 9], "k": {"b": 2}})
    );
}

#[test]
fn problems_of_an_overlay_have_their_location() {
    let actions = json!([
        {"target": "$.paths.sesions", "update": {}},
        {"target": "$[", "update": {}},
        {"target": "$.a", "updates": {}},
    ]);
    let (_, problems) = applied(json!({"a": {}, "paths": {"sessions": {}}}), actions);
    let reported: Vec<_> = problems
        .iter()
        .map(|one| {
            (
                one.message.as_str(),
                one.help.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(reported[0].0, "this action matches nothing");
    assert_eq!(reported[0].1, "`$.paths` matches; did you mean `sessions`?");
    assert!(
        reported[1].0.starts_with("invalid JSONPath"),
        "{reported:?}"
    );
    assert_eq!(reported[2].1, "did you mean `update`?");
    assert!(
        problems
            .iter()
            .all(|one| matches!(&one.location, Location::At(at) if at.file == "overlay.json"))
    );
}

#[test]
fn a_path_that_multiplies_is_refused() {
    let tree = (0..60).fold(json!({}), |inner, _| json!({"a": inner, "b": {}}));
    let target = format!("${}", "..*".repeat(12));
    let (after, problems) = applied(tree.clone(), json!([{"target": target, "remove": true}]));
    assert_eq!(after, tree);
    assert!(
        problems[0].message.contains("too many values"),
        "{problems:?}"
    );
}
