//! The parts of the runtime that a crate has only if one of its APIs needs them: callers neither
//! compile nor review the others.
//!
//! A part has the files of its name, the lines of other files that end with `// part: NAME`, and
//! those between such a comment and `// end of part`.

use sdk_model::{Api, Operation, Resource, ResponseContent, Shape};

/// A part's name, and whether an API needs it.
type Part = (&'static str, fn(&Api) -> bool);

const PARTS: [Part; 3] = [
    ("events", |api| any_operation(&api.resources, has_events)),
    ("union", |api| {
        let mut shapes = api.types.values().map(|definition| &definition.shape);
        shapes.any(|shape| matches!(shape, Shape::Union { .. }))
    }),
    ("wait", |api| !api.waits.is_empty()),
];

const MARK: &str = "// part: ";
const END: &str = "// end of part";

/// The parts that no API needs.
pub(crate) fn unneeded(apis: &[Api]) -> Vec<&'static str> {
    let unneeded = PARTS
        .iter()
        .filter(|(_, is_needed)| !apis.iter().any(is_needed));
    unneeded.map(|(name, _)| *name).collect()
}

/// A file of the runtime without some parts; none if it belongs to one.
pub(crate) fn without(parts: &[&str], path: &str, text: &str) -> Option<String> {
    let belongs = |part: &&str| {
        let rest = path
            .strip_prefix("src/runtime/")
            .and_then(|rest| rest.strip_prefix(*part));
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    if parts.iter().any(belongs) {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut is_omitted = false;
    for line in text.split_inclusive('\n') {
        if line.trim() == END {
            is_omitted = false;
            continue;
        }
        match line.trim_end().split_once(MARK) {
            Some((code, part)) if code.trim().is_empty() => is_omitted = parts.contains(&part),
            Some((code, part)) if !parts.contains(&part) => {
                kept.push_str(code.trim_end());
                kept.push('\n');
            }
            None if !is_omitted => kept.push_str(line),
            _ => {}
        }
    }
    Some(kept)
}

fn any_operation(resources: &[Resource], is_wanted: fn(&Operation) -> bool) -> bool {
    resources.iter().any(|resource| {
        resource.operations.iter().any(is_wanted) || any_operation(&resource.children, is_wanted)
    })
}

fn has_events(operation: &Operation) -> bool {
    let others = operation.representations.iter().map(|it| &it.content);
    let mut contents = others.chain([&operation.success.content]);
    operation.streaming.is_some()
        || contents.any(|content| matches!(content, ResponseContent::Events { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_its_files_and_its_lines() {
        let text = "mod a;\npub mod wait; // part: wait\nuse x; // part: union\n";
        let path = "src/runtime/mod.rs";
        let kept = "mod a;\nuse x;\n".to_owned();
        assert_eq!(without(&["wait"], path, text), Some(kept));
        for path in ["src/runtime/wait.rs", "src/runtime/wait/poll.rs"] {
            assert_eq!(without(&["wait"], path, ""), None);
        }
        let region = "a\n    // part: wait\n    b\n    // end of part\nc\n";
        assert_eq!(without(&["wait"], path, region), Some("a\nc\n".to_owned()));
        let whole = Some("a\n    b\nc\n".to_owned());
        assert_eq!(without(&["union"], path, region), whole);
        let other = "src/runtime/waiting.rs";
        assert_eq!(without(&["wait"], other, "a\n"), Some("a\n".to_owned()));
    }
}
