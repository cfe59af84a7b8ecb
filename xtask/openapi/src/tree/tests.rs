use serde_json::json;

use super::*;

fn value(text: &str) -> Value {
    read(text)
        .map(|tree| tree.value)
        .map_err(|error| error.message)
        .unwrap()
}

fn message(text: &str) -> String {
    read(text).err().map(|error| error.message).unwrap()
}

#[test]
fn yaml_keys_are_text_as_written() {
    assert_eq!(
        value("200: a\n1.10: b\nno: c\nnull: d"),
        json!({
            "200": "a", "1.10": "b", "no": "c", "null": "d"
        })
    );
}

#[test]
fn versions_are_text_as_written() {
    assert_eq!(
        value("openapi: 3.1\ninfo: {version: 1.10}")["info"]["version"],
        "1.10"
    );
}

#[test]
fn explicit_members_override_merge_keys() {
    assert_eq!(
        value("a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}\nc: {<<: [{z: 3}, *a]}"),
        json!({"a": {"x": 1, "y": 1}, "b": {"y": 2, "x": 1}, "c": {"z": 3, "x": 1, "y": 1}})
    );
}

#[test]
fn duplicate_keys_are_found_and_the_last_wins() {
    for text in ["{\"a\": {\"b\": 1, \"b\": 2}}", "a:\n  b: 1\n  b: 2\n"] {
        let tree = read(text).unwrap_or(Tree {
            value: Value::Null,
            duplicates: vec![],
        });
        assert_eq!(tree.value, json!({"a": {"b": 2}}));
        let pointer = "/a/b".to_owned();
        let differs = true;
        assert_eq!(tree.duplicates, [Duplicate { pointer, differs }]);
    }
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":", "- ", "a: [", "? "] {
        let text = open.repeat(10_000);
        assert!(read(&text).is_err());
    }
    assert_eq!(message(&"[".repeat(10_000)), TOO_DEEP);
}

/// 200 kB of flow nesting took 48 seconds.
#[test]
fn deep_flow_is_refused_before_it_is_parsed() {
    let depth = 500_000;
    let text = format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
    let error = read(&text).err();
    assert_eq!(error.and_then(|error| error.at), Some((1, 131)));
}

#[test]
fn brackets_in_scalars_and_comments_are_not_nesting() {
    let open = "[".repeat(200);
    for text in [
        format!("a: |\n  {open}\nb: 1\n"),
        format!("a:\n  - >2-\n      it's {open}\n  - b: 'x{open}'\n"),
        format!("a: it's\n  {open} '\n"),
        format!("a: \"\\\" {open}\"\n# {open}\nb: c#{open}\n"),
    ] {
        assert!(read(&text).is_ok(), "{text}");
    }
    for text in [
        format!("a: it's\nb: {open}"),
        format!("a: |\n  '\nb: {open}"),
        format!("? - |\n    '\n  - {open}"),
        format!("a: b '\n  c '\nd: {open}"),
        format!("- 'it''s' # '\n- !t &x {open}"),
    ] {
        assert_eq!(message(&text), TOO_DEEP, "{text}");
    }
}

#[test]
fn a_tab_that_yaml_1_2_allows_is_explained() {
    let error = read("a: 1\t# one\nb: 2\n").err();
    assert!(error.is_none_or(|error| error.help == Some(TAB)));
    let error = read("a:\n\t- 1\n").err().and_then(|error| error.help);
    assert_eq!(error, Some(TAB));
}

#[test]
fn aliases_cannot_explode() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{before}]\n");
    }
    assert_eq!(message(&bomb), TOO_MUCH);
    let long = format!(
        "a: &a {}\nb: [{}]",
        "x".repeat(1 << 20),
        "*a, ".repeat(1000)
    );
    assert_eq!(message(&long), TOO_MUCH);
    assert!(read("a: &a [*a]").is_err());
}

#[test]
fn numbers_keep_their_size() {
    assert_eq!(value("a: 18446744073709551615")["a"], json!(u64::MAX));
    assert_eq!(
        value("a: 340282366920938463463374607431768211456")["a"],
        json!(3.402823669209385e38)
    );
    assert_eq!(value("a: .inf")["a"], "inf");
}

#[test]
fn custom_tags_are_ignored() {
    assert_eq!(value("a: !custom {b: !!str 1}"), json!({"a": {"b": "1"}}));
}

#[test]
fn several_documents_are_refused() {
    assert_eq!(
        message("a: 1\n---\nb: 2\n"),
        "more than one YAML document in this file"
    );
}

#[test]
fn long_names_with_very_much_below_them_are_refused() {
    let name = "n".repeat(200_000);
    let many = vec!["1"; 10_000].join(",");
    for text in [
        format!(r#"{{"{name}":[{many}]}}"#),
        format!("? {name}\n: [{many}]\n"),
    ] {
        assert_eq!(message(&text), TOO_LONG);
    }
    let few = format!(r#"{{"{name}":[1,2,3]}}"#);
    assert!(read(&few).is_ok());
}
