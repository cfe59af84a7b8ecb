//! Servers: each variable of an address is declared, and its default is one of its values.

use serde_json::{Map, Value};

use super::Repair;
use super::operations::variables;
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};
use crate::grammar::{Kind, walk};
use crate::path::Path;

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut repairs = Vec::new();
    walk(tree, Kind::Root, Path::Root, &mut |value, kind, path| {
        let Value::Object(members) = value else {
            return;
        };
        match kind {
            Kind::Server => address(members, path, diagnostics),
            Kind::ServerVariable => repairs.extend(variable(members, path, diagnostics)),
            _ => {}
        }
    });
    repairs
}

fn address(server: &Map<String, Value>, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let url = server
        .get("url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let place = Path::Key(path, "url").origin();
    let Some(names) = variables(url) else {
        let message = "the braces of this address do not match";
        let repair = "the address is taken as it is";
        diagnostics.recoverable(Diagnostic::error(place, message).repair(repair));
        return;
    };
    for name in names {
        let declared = server.get("variables").and_then(|all| all.get(name));
        if declared.is_none() {
            let name = sanitize(name);
            let message = format!("the address's `{{{name}}}` is no variable of this server");
            diagnostics.recoverable(
                Diagnostic::error(place.clone(), message)
                    .help(format!("add `{name}` to `variables`, with a `default`"))
                    .repair("the caller gives the whole address")
                    .omits(format!("the address `{}`", sanitize(url))),
            );
        }
    }
}

fn variable(
    variable: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Repair> {
    let values = variable.get("enum")?.as_array()?;
    let default = variable.get("default")?;
    if values.is_empty() {
        let place = Path::Key(path, "enum").origin();
        let message = "`enum` must not be empty";
        diagnostics.recoverable(Diagnostic::error(place, message).repair("any value is taken"));
        return None;
    }
    if values.contains(default) {
        return None;
    }
    let place = Path::Key(path, "default").origin();
    let message = "the default is not among the values of `enum`";
    diagnostics.recoverable(Diagnostic::error(place, message).repair("it is one of the values"));
    let mut values = values.clone();
    values.push(default.clone());
    Some(Repair::with(path.pointer(), "enum", Value::Array(values)))
}
