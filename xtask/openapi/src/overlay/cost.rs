//! An upper bound on the cost of a JSONPath, before it is parsed and run: `$..*..*..*` selects each
//! value once for every path to it.

use serde_json::Value;

/// The most values that a JSONPath may visit.
pub(super) const MOST: usize = 30_000_000;

/// The deepest nesting of brackets and parentheses: the parser recurses.
const DEEPEST: usize = 64;

/// The deepest nesting of filters: the parser takes twice as long for each level.
const DEEPEST_FILTER: usize = 8;

/// Whether a JSONPath is nested too deeply to be parsed.
pub(super) fn is_too_deep(path: &str) -> bool {
    // For each open bracket and parenthesis, whether it holds a filter.
    let mut open: Vec<bool> = Vec::new();
    outside_quotes(path).into_iter().any(|(_, character, _)| {
        match character {
            '[' | '(' => open.push(false),
            ']' | ')' => {
                open.pop();
            }
            '?' => {
                if let Some(holds_filter) = open.last_mut() {
                    *holds_filter = true;
                }
            }
            _ => {}
        }
        let filters = open.iter().filter(|holds_filter| **holds_filter).count();
        open.len() > DEEPEST || filters > DEEPEST_FILTER
    })
}

/// An upper bound on the values of a tree that a JSONPath visits.
pub(super) fn of(path: &str, tree: &Value) -> usize {
    let Measure { values, pairs } = measure(tree);
    let below = (pairs / values.max(1)).saturating_add(1);
    let mut cost = values;
    let (mut descents, mut filters) = (0_usize, 0_usize);
    for (at, character, next) in outside_quotes(path) {
        match character {
            '.' if next == Some('.') => {
                descents += 1;
                // The first one visits each value once.
                cost = cost.saturating_mul(if descents > 1 { below } else { 1 });
            }
            '?' => {
                filters += 1;
                cost = cost.saturating_mul(if filters > 1 { below } else { 1 });
            }
            // Each selector of a list visits all again.
            ',' => cost = cost.saturating_mul(2),
            // A filter that starts at the root.
            '$' if at > 0 => cost = cost.saturating_mul(values),
            _ => {}
        }
    }
    cost
}

/// The characters outside of quoted names, with their positions and the characters behind them.
fn outside_quotes(path: &str) -> Vec<(usize, char, Option<char>)> {
    let mut outside = Vec::new();
    let mut quote = None;
    let mut characters = path.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, _) => outside.push((at, character, characters.peek().map(|(_, next)| *next))),
        }
    }
    outside
}

struct Measure {
    values: usize,
    /// The number of pairs of a value and one that encloses it.
    pairs: usize,
}

/// Without recursion.
fn measure(tree: &Value) -> Measure {
    let (mut values, mut pairs) = (0_usize, 0_usize);
    let mut open: Vec<(&Value, usize)> = vec![(tree, 0)];
    while let Some((value, depth)) = open.pop() {
        values += 1;
        pairs = pairs.saturating_add(depth);
        match value {
            Value::Object(members) => open.extend(members.values().map(|one| (one, depth + 1))),
            Value::Array(list) => open.extend(list.iter().map(|one| (one, depth + 1))),
            _ => {}
        }
    }
    Measure { values, pairs }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nesting_is_bounded_and_quoted_names_do_not_nest() {
        for path in [
            "$.paths[?@.get[?@.tags[?@ == 'a']]]",
            "$['((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((']",
            "$[?(@.a)][?(@.b)][?(@.c)][?(@.d)][?(@.e)][?(@.f)][?(@.g)][?(@.h)][?(@.i)]",
        ] {
            assert!(!is_too_deep(path), "{path}");
        }
        let open = |text: &str, times: usize| format!("${}", text.repeat(times));
        assert!(is_too_deep(&open("[?@.a", 20)));
        assert!(is_too_deep(&format!("$[?{}", "(".repeat(20_000))));
        assert!(is_too_deep(&format!("$[?{}", "length(".repeat(20_000))));
    }

    #[test]
    fn common_paths_are_cheap_and_multiplying_ones_are_not() {
        let list: Vec<_> = (0..1000)
            .map(|n| json!({"n": n, "a": {"b": ["c", "d"]}}))
            .collect();
        let tree = json!({ "list": list });
        for path in [
            "$",
            "$.list[*].a",
            "$..a.b",
            "$.list[?@.n > 3 && @.a.b[0] == 'c'].a['b', 'x']",
            "$['..,,..,,..,,..,,..,,..,,..,,..,,..,,$$$$$']",
        ] {
            assert!(of(path, &tree) <= MOST, "{path}");
        }
        for path in [
            "$..*..*..*..*..*..*..*..*..*",
            "$[*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*]",
            "$..[?$..[?@.n == $.list[0].n]]",
        ] {
            assert!(of(path, &tree) > MOST, "{path}");
        }
    }
}
