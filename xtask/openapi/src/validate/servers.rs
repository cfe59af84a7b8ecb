//! Servers: the variables of a URL are declared, and it can be the base of a request's URL.

use serde_json::{Map, Value};

use super::Repair;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::{ObjectKind, walk};
use crate::path::Path;
use crate::path_template::variables;

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut repairs = Vec::new();
    walk(
        tree,
        ObjectKind::Root,
        Path::Root,
        &mut |value, kind, path| {
            let Value::Object(members) = value else {
                return;
            };
            match kind {
                ObjectKind::Server => {
                    repairs.extend(base_url(members, path, diagnostics));
                    url_variables(members, path, diagnostics);
                }
                ObjectKind::ServerVariable => repairs.extend(variable(members, path, diagnostics)),
                _ => {}
            }
        },
    );
    repairs
}

/// A query and a fragment are not part of a base URL, and credentials do not belong into one.
fn base_url(
    server: &Map<String, Value>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Repair> {
    let url = server.get("url")?.as_str()?;
    let base = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = base.split_once("://").unwrap_or(("", base));
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    let host = match (scheme, authority.rsplit_once('@')) {
        ("", _) | (_, None) => authority,
        (_, Some((_, host))) => host,
    };
    let problem = match (host == authority, base == url) {
        (true, true) => return None,
        (false, _) => "the URL of a server must not have credentials",
        (true, false) => "the URL of a server must not have a query or a fragment",
    };
    let better = match scheme {
        "" => base.to_owned(),
        scheme => format!("{scheme}://{host}{after}"),
    };
    let problem = Diagnostic::error(Path::Key(path, "url").origin(), problem)
        .repair(format!("using `{}`", sanitize(&better)));
    diagnostics.recoverable(ErrorKind::Server, problem);
    Some(Repair::with(path.pointer(), "url", Value::String(better)))
}

fn url_variables(server: &Map<String, Value>, path: &Path<'_>, diagnostics: &mut Diagnostics) {
    let url = server.get("url").and_then(Value::as_str);
    let url = url.unwrap_or_default();
    let location = Path::Key(path, "url").origin();
    let Some(names) = variables(url) else {
        let problem = Diagnostic::error(location, "unbalanced braces in this URL");
        let problem = problem.repair("using the URL as it is");
        diagnostics.recoverable(ErrorKind::Server, problem);
        return;
    };
    for name in names {
        let declared = server.get("variables").and_then(|all| all.get(name));
        if declared.is_none() {
            let name = sanitize(name);
            let message = format!("the URL's `{{{name}}}` is not a variable of this server");
            let problem = Diagnostic::error(location.clone(), message)
                .help(format!("add `{name}` to `variables`, with a `default`"))
                .repair("requiring the whole URL of callers")
                .omits(format!("the server `{}`", sanitize(url)));
            diagnostics.recoverable(ErrorKind::Server, problem);
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
        let location = Path::Key(path, "enum").origin();
        let problem = Diagnostic::error(location, "`enum` must not be empty");
        diagnostics.recoverable(ErrorKind::Server, problem.repair("accepting any value"));
        return None;
    }
    if values.contains(default) {
        return None;
    }
    let location = Path::Key(path, "default").origin();
    let message = "the default is not among the values of `enum`";
    let problem = Diagnostic::error(location, message).repair("adding it to the values");
    diagnostics.recoverable(ErrorKind::Server, problem);
    let mut values = values.clone();
    values.push(default.clone());
    Some(Repair::with(path.pointer(), "enum", Value::Array(values)))
}
