//! What a JSONPath costs at most, estimated before it is run: `$..*..*..*` selects each value once
//! for every way that leads to it.

use serde_json::Value;

/// No JSONPath may look at more values than this.
pub(super) const MOST: usize = 30_000_000;

/// How many values a JSONPath looks at in a tree, or more.
pub(super) fn of(path: &str, tree: &Value) -> usize {
    let Measure { values, ways } = measure(tree);
    let below = (ways / values.max(1)).saturating_add(1);
    let mut cost = values;
    let (mut descents, mut filters) = (0_usize, 0_usize);
    let mut quote = None;
    let mut characters = path.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '.') if next == Some('.') => {
                descents += 1;
                // The first one visits each value once.
                cost = cost.saturating_mul(if descents > 1 { below } else { 1 });
            }
            (None, '?') => {
                filters += 1;
                cost = cost.saturating_mul(if filters > 1 { below } else { 1 });
            }
            // Each selector of a list selects anew.
            (None, ',') => cost = cost.saturating_mul(2),
            // A filter that starts over at the root.
            (None, '$') if at > 0 => cost = cost.saturating_mul(values),
            (None, _) => {}
        }
    }
    cost
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
