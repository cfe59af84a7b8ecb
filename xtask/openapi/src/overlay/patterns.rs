//! JSONPath's `match` and `search` (RFC 9535, sections 2.4.6 and 2.4.7). Each pattern is compiled
//! once, and an invalid one is reported: by the RFC it would silently match nothing.

use std::{cell::RefCell, collections::HashMap};

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;
use serde_json_path::functions::{LogicalType, ValueType};

use crate::diagnostics::sanitize;

/// The most work of all matching of an action: the sum of text times pattern, in bytes, with the
/// repetitions of the pattern written out.
const MOST: usize = 300_000_000;

/// The largest compiled pattern, in bytes.
const LARGEST: usize = 100_000;

/// The most patterns of an action: each value of the document may be one.
const MOST_PATTERNS: usize = 500;

/// Why a pattern cannot be used, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) help: &'static str,
}

thread_local! {
    // serde_json_path passes its functions nothing but their arguments.
    static PATTERNS: RefCell<Patterns> = RefCell::default();
}

#[derive(Default)]
struct Patterns {
    /// By the anchored pattern; none where it is invalid.
    compiled: HashMap<String, Option<Regex>>,
    work: usize,
    problem: Option<Problem>,
}

/// Runs a query. The error is that of a pattern in it.
pub(super) fn watched<T>(query: impl FnOnce() -> T) -> Result<T, Problem> {
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

/// A value that is not text does not match.
fn is_match(
    value: &ValueType<'_>,
    pattern: &ValueType<'_>,
    anchored: fn(&str) -> String,
) -> LogicalType {
    let (Some(Value::String(text)), Some(Value::String(pattern))) =
        (value.as_value(), pattern.as_value())
    else {
        return LogicalType::False;
    };
    PATTERNS.with_borrow_mut(|patterns| patterns.is_match(text, pattern, anchored).into())
}

impl Patterns {
    fn is_match(&mut self, text: &str, pattern: &str, anchored: fn(&str) -> String) -> bool {
        let work = (text.len() + 1).saturating_mul(size(pattern));
        self.work = self.work.saturating_add(work);
        if self.work > MOST {
            self.report(
                "matching this pattern takes too long",
                "match less text, or use a simpler pattern",
            );
            return false;
        }
        let key = anchored(pattern);
        if !self.compiled.contains_key(&key) {
            if self.compiled.len() == MOST_PATTERNS {
                self.report("too many patterns", "write the pattern into the path");
                return false;
            }
            // By itself first, so that it cannot close a group of the anchored one.
            let compiled = compile(pattern).and_then(|_| compile(&key));
            let compiled = compiled.inspect_err(|error| {
                let message = format!("`{}` is not a valid pattern: {error}", sanitize(pattern));
                self.report(&message, "write an I-Regexp (RFC 9485), without `\\p{…}`");
            });
            self.compiled.insert(key.clone(), compiled.ok());
        }
        let compiled = self.compiled.get(&key).and_then(Option::as_ref);
        compiled.is_some_and(|regex| regex.is_match(text))
    }

    /// Keeps the first problem.
    fn report(&mut self, message: &str, help: &'static str) {
        let message = message.to_owned();
        self.problem.get_or_insert(Problem { message, help });
    }
}

fn compile(pattern: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(pattern).size_limit(LARGEST).build()
}

/// An upper bound on the length of a pattern with its repetitions written out.
fn size(pattern: &str) -> usize {
    let repeated = pattern.split('{').skip(1).map(|rest| {
        let numbers = rest.split('}').next().unwrap_or_default().split(',');
        numbers
            .filter_map(|number| number.parse().ok())
            .max()
            .unwrap_or(1)
    });
    repeated.fold(pattern.len() + 1, |size, times: usize| {
        size.saturating_mul(times.max(1))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::*;

    fn found(path: &str, tree: &Value) -> Result<Vec<Value>, String> {
        let path = JsonPath::parse(path).unwrap();
        watched(|| path.query(tree).iter().map(|&one| one.clone()).collect())
            .map_err(|problem| problem.message)
    }

    #[test]
    fn match_is_anchored_and_search_is_not() {
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
    fn an_invalid_pattern_is_reported() {
        let message = found("$[?match(@, '[a')]", &json!(["a"])).unwrap_err();
        assert!(
            message.starts_with("`[a` is not a valid pattern: "),
            "{message}"
        );
        let message = found("$[?match(@, '\\\\p{Lu}')]", &json!(["A"])).unwrap_err();
        assert!(
            message.starts_with("`\\p{Lu}` is not a valid pattern: "),
            "{message}"
        );
        let message = found("$[?match(@, 'a)|(b')]", &json!(["axxx"])).unwrap_err();
        assert!(
            message.starts_with("`a)|(b` is not a valid pattern: "),
            "{message}"
        );
        assert!(found("$[?match(@, 'a')]", &json!(["a"])).is_ok());
    }

    #[test]
    fn patterns_are_bounded_in_size_and_number_and_work() {
        let message = found("$[?match(@, '((x{1000}){1000}){1000}')]", &json!(["a"])).unwrap_err();
        assert!(message.contains("too long"), "{message}");
        let message = found("$[?match(@, 'x{9999}')]", &json!(["a"])).unwrap_err();
        assert!(message.contains("is not a valid pattern"), "{message}");
        for pattern in ["b{0,300}", &"b".repeat(300)] {
            let tree = json!(vec!["a".repeat(100_000); 100]);
            let message = found(&format!("$[?match(@, '{pattern}')]"), &tree).unwrap_err();
            assert_eq!(message, "matching this pattern takes too long");
        }
        let list: Vec<_> = (0..1_000)
            .map(|n| json!({"t": "a", "p": format!("x{n}")}))
            .collect();
        let message = found("$[?match(@.t, @.p)]", &json!(list)).unwrap_err();
        assert_eq!(message, "too many patterns");
    }
}
