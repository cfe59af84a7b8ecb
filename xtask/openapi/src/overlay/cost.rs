//! What a JSONPath costs at most, estimated before it is parsed and run: `$..*..*..*` selects each
//! value once for every way that leads to it.

use serde_json::Value;

/// No JSONPath may look at more values than this.
pub(super) const MOST: usize = 30_000_000;

/// How deep brackets and parentheses may stand in one another: the parser recurses.
const DEEPEST: usize = 64;

/// How deep filters may stand in filters: the parser takes twice as long for each.
const DEEPEST_FILTER: usize = 8;

/// Whether a JSONPath is nested too deep to be parsed.
pub(super) fn is_too_deep(path: &str) -> bool {
    // Of each bracket and parenthesis that is open, whether it holds a filter.
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

/// How many values a JSONPath looks at in a tree, or more.
pub(super) fn of(path: &str, tree: &Value) -> usize {
    let Measure { values, ways } = measure(tree);
    let below = (ways / values.max(1)).saturating_add(1);
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
            // Each selector of a list selects anew.
            ',' => cost = cost.saturating_mul(2),
            // A filter that starts over at the root.
            '$' if at > 0 => cost = cost.saturating_mul(values),
            _ => {}
        }
    }
    cost
}

/// The characters outside of quoted names: where each stands, and the one behind it.
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
    /// How many pairs there are of a value and one above it.
    ways: usize,
}

/// Without recursion.
fn measure(tree: &Value) -> Measure {
    let (mut values, mut ways) = (0_usize, 0_usize);
    let mut open: Vec<(&Value, usize)> = vec![(tree, 0)];
    while let Some((value, depth)) = open.pop() {
        values += 1;
        ways = ways.saturating_add(depth);
        match value {
            Value::Object(members) => open.extend(members.values().map(|one| (one, depth + 1))),
            Value::Array(list) => open.extend(list.iter().map(|one| (one, depth + 1))),
            _ => {}
        }
    }
    Measure { values, ways }
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
    fn what_people_write_is_cheap_and_what_multiplies_is_not() {
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
