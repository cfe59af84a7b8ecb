//! What descriptions become is compiled and read by rustdoc; here is what stands in the files.

use std::fs;

use crate::support::root;

fn emitted(path: &str) -> String {
    fs::read_to_string(root().join("tests/golden/crate/src/docs").join(path)).unwrap()
}

#[test]
fn code_of_a_description_is_never_run() {
    let text = emitted("resources/docs.rs");
    assert!(
        text.contains("/// ```text\n    /// panic!(\"never run\");"),
        "{text}"
    );
    for line in text.lines().filter(|line| line.contains("```")) {
        let fence = line.trim().trim_start_matches("/// ");
        assert!(
            matches!(fence, "```" | "```text" | "```json" | "````" | "````json"),
            "{line}"
        );
    }
}

#[test]
fn examples_are_json() {
    let text = emitted("types/guide.rs");
    assert!(text.contains("/// Example: `\"a\"`"), "{text}");
    assert!(
        text.contains("/// ````json\n/// {\n///   \"name\": \"*/ #![evil]\","),
        "{text}"
    );
}
