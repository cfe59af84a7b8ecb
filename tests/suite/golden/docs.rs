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
    let files = [
        "mod.rs",
        "client.rs",
        "webhooks.rs",
        "resources/docs.rs",
        "resources/docs/add_guide.rs",
        "resources/docs/list.rs",
        "types/guide.rs",
        "types/order.rs",
        "types/problem.rs",
    ];
    for file in files {
        let text = emitted(file);
        let lines = text
            .lines()
            .map(|line| line.trim_start_matches([' ', '/', '!']));
        for line in lines.filter(|line| line.starts_with("```")) {
            // The client's own example is compiled.
            let language = line.trim_start_matches('`');
            let own = language == "no_run" && file == "client.rs";
            assert!(
                matches!(language, "" | "text" | "json") || own,
                "{file}: {line}"
            );
        }
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
