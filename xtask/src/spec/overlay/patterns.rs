//! JSONPath's `match` and `search` (RFC 9535, sections 2.4.6 and 2.4.7). Each pattern is compiled
//! once, and one that cannot be is told: by the RFC it would match nothing in silence.

use std::{cell::RefCell, collections::HashMap};

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;
use serde_json_path::functions::{LogicalType, ValueType};

use crate::diagnostics::plain;

/// The most that all matching of an action may take: the sum of text times pattern, in bytes.
const MOST: usize = 1_000_000_000;

/// How large a compiled pattern may become, in bytes.
const LARGEST: usize = 200_000;

thread_local! {
    // The functions get nothing but their arguments.
    static PATTERNS: RefCell<Patterns> = RefCell::default();
}

#[derive(Default)]
struct Patterns {
    /// By what is to be matched; none where it is no pattern.
    compiled: HashMap<String, Option<Regex>>,
    work: usize,
    problem: Option<String>,
}

/// Runs a query. The error says what is wrong with a pattern in it.
pub(super) fn watched<T>(query: impl FnOnce() -> T) -> Result<T, String> {
    PATTERNS.take();
    let found = query();
    match PATTERNS.take().problem {
        Some(problem) => Err(problem),
        None => Ok(found),
    }
}

#[serde_json_path_macros::function(name = "match")]
fn match_whole(value: ValueType<'_>, pattern: ValueType<'_>) -> LogicalType {
    is_match(&value, &pattern, |pattern| format!("(?R)^(?:{pattern})$"))
}

#[serde_json_path_macros::function(name = "search")]
fn search_in(value: ValueType<'_>, pattern: ValueType<'_>) -> LogicalType {
    is_match(&value, &pattern, |pattern| format!("(?R)(?:{pattern})"))
}

/// What is not text matches nothing.
fn is_match(
    value: &ValueType<'_>,
    pattern: &ValueType<'_>,
    placed: fn(&str) -> String,
) -> LogicalType {
    let (Some(Value::String(text)), Some(Value::String(pattern))) =
        (value.as_value(), pattern.as_value())
    else {
        return LogicalType::False;
    };
    PATTERNS.with_borrow_mut(|patterns| patterns.is_match(text, pattern, placed).into())
}

impl Patterns {
    fn is_match(&mut self, text: &str, pattern: &str, placed: fn(&str) -> String) -> bool {
        let work = (text.len() + 1).saturating_mul(pattern.len() + 1);
        self.work = self.work.saturating_add(work);
        if self.work > MOST {
            let told = || "matching this pattern takes too long".to_owned();
            self.problem.get_or_insert_with(told);
            return false;
        }
        let problem = &mut self.problem;
        let compiled = self
            .compiled
            .entry(placed(pattern))
            .or_insert_with_key(|placed| {
                let built = RegexBuilder::new(placed).size_limit(LARGEST).build();
                built
                    .inspect_err(|error| {
                        let message = format!("`{}` is no pattern: {error}", plain(pattern));
                        problem.get_or_insert(message);
                    })
                    .ok()
            });
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::*;

    fn found(path: &str, tree: &Value) -> Result<Vec<Value>, String> {
        let path = JsonPath::parse(path).unwrap();
        watched(|| path.query(tree).iter().map(|&one| one.clone()).collect())
    }

    #[test]
    fn match_takes_the_whole_text_and_search_a_part_of_it() {
        let tree = json!(["ab", "abc", "a\nb", "Ab", 5, null, ["ab"]]);
        for (path, expected) in [
            ("$[?match(@, 'ab|abc')]", json!(["ab", "abc"])),
            ("$[?search(@, 'b')]", json!(["ab", "abc", "a\nb", "Ab"])),
            ("$[?search(@, '^[a-z]b$')]", json!(["ab"])),
            ("$[?match(@, 'a.b')]", json!([])),
            ("$[?match(@, $[4])]", json!([])),
            ("$[?!search(@, 'b')]", json!([5, null, ["ab"]])),
        ] {
            assert_eq!(found(path, &tree).map(Value::from), Ok(expected), "{path}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_told() {
        let told = found("$[?match(@, '[a')]", &json!(["a"])).unwrap_err();
        assert!(told.starts_with("`[a` is no pattern: "), "{told}");
        let told = found("$[?match(@, '\\\\p{Lu}')]", &json!(["A"])).unwrap_err();
        assert!(told.starts_with("`\\p{Lu}` is no pattern: "), "{told}");
        assert!(found("$[?match(@, 'a')]", &json!(["a"])).is_ok());
    }

    #[test]
    fn a_pattern_is_bounded_in_size_and_in_work() {
        let told = found("$[?match(@, '((x{1000}){1000}){1000}')]", &json!(["a"])).unwrap_err();
        assert!(told.contains("is no pattern"), "{told}");
        let pattern = "a?".repeat(1_000);
        let tree = json!(vec!["a".repeat(100_000); 100]);
        let told = found(&format!("$[?match(@, '{pattern}')]"), &tree).unwrap_err();
        assert_eq!(told, "matching this pattern takes too long");
    }
}
