//! Paths with a query or a fragment in their key: a fixed query becomes parameters with one value,
//! a fragment is never sent.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::path::Path;
use crate::path_template::split_key;
use crate::pointer::decode;

/// Adds the query of each path's key to the parameters of its path item, and reports it.
pub(crate) fn normalize(tree: &mut Value, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    let root = Path::Root;
    let parent = Path::Key(&root, "paths");
    for (path, item) in paths.iter_mut() {
        let Value::Object(item) = item else {
            continue;
        };
        if path.starts_with("x-") || !path.contains(['?', '#']) {
            continue;
        }
        let location = Path::Key(&parent, path).origin();
        let (_, query, fragment) = split_key(path);
        if !fragment.is_empty() {
            let message = format!(
                "the fragment `#{}` of this path is never sent",
                sanitize(fragment)
            );
            let problem = Diagnostic::error(location.clone(), message).repair("ignoring it");
            diagnostics.tolerated(ErrorKind::PathSyntax, problem);
        }
        if !query.is_empty() {
            let message = format!("the query `?{}` is not part of a path", sanitize(query));
            let problem = Diagnostic::error(location, message)
                .help("declare parameters in the query")
                .repair("sending it as a query");
            diagnostics.tolerated(ErrorKind::PathSyntax, problem);
            add_parameters(item, query);
        }
    }
}

fn add_parameters(item: &mut Map<String, Value>, query: &str) {
    let list = item.entry("parameters").or_insert_with(|| json!([]));
    let Value::Array(list) = list else {
        return;
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let text = |text: &str| decode(text).unwrap_or_else(|| text.to_owned());
        let name = text(name);
        // A variable's value is that of the declared parameter.
        if name.contains('{') || value.contains('{') {
            continue;
        }
        let schema = json!({"type": "string", "enum": [text(value)]});
        list.push(json!({"name": name, "in": "query", "required": true, "schema": schema}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_becomes_parameters_and_both_are_reported() {
        let mut tree = json!({"paths": {"/a?mode=x%20y&flag": {}, "/b#c": {}, "/d": {}}});
        let mut diagnostics = Diagnostics::new(false);
        normalize(&mut tree, &mut diagnostics);
        let parameter = |name: &str, value: &str| {
            let schema = json!({"type": "string", "enum": [value]});
            json!({"name": name, "in": "query", "required": true, "schema": schema})
        };
        let expected = json!([parameter("mode", "x y"), parameter("flag", "")]);
        assert_eq!(tree["paths"]["/a?mode=x%20y&flag"]["parameters"], expected);
        assert_eq!(diagnostics.counts(), (0, 2));
    }
}
