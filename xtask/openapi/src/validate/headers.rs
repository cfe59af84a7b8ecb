//! Names of headers and cookies that HTTP allows, and headers that the transport writes itself.

use serde_json::Value;

use super::Repair;
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::{ObjectKind, walk};
use crate::path::Path;

/// Headers that frame a message or name its connection: a value of the caller would break it.
const FRAMING: [&str; 9] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut repairs = Vec::new();
    walk(
        tree,
        ObjectKind::Root,
        Path::Root,
        &mut |value, kind, path| {
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            let in_message = matches!(text("in"), Some("header" | "cookie"));
            match (kind, text("name")) {
                (ObjectKind::Parameter, Some(name)) if in_message => {
                    repairs.extend(parameter(name, text("in"), path, diagnostics));
                }
                (ObjectKind::SecurityScheme, Some(name)) if in_message => {
                    let key = Path::Key(path, "name");
                    let problem = unusable(name, text("in")).map(|(_, message)| message);
                    repairs.extend(problem.map(|why| scheme(&why, &key, path, diagnostics)));
                }
                (ObjectKind::SecurityScheme, None) if text("type") == Some("http") => {
                    let key = Path::Key(path, "scheme");
                    let invalid = text("scheme").filter(|scheme| !is_token(scheme));
                    let why = |scheme| format!("`{}` is not a valid HTTP scheme", sanitize(scheme));
                    repairs.extend(invalid.map(|name| scheme(&why(name), &key, path, diagnostics)));
                }
                _ => {}
            }
        },
    );
    repairs
}

fn parameter(
    name: &str,
    location: Option<&str>,
    path: &Path<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Repair> {
    let origin = Path::Key(path, "name").origin();
    let omitted = format!("the parameter `{}`", sanitize(name));
    if location == Some("header") && name.eq_ignore_ascii_case("authorization") {
        let message = "the standard ignores parameters for the `Authorization` header";
        let warning = Diagnostic::warning(origin, message)
            .help("declare a security scheme")
            .repair("ignoring the parameter");
        diagnostics.push(warning.omits(omitted));
        return None;
    }
    let (kind, message) = unusable(name, location)?;
    let problem = Diagnostic::error(origin, message)
        .repair("ignoring the parameter")
        .omits(omitted);
    diagnostics.recoverable(kind, problem);
    Some(Repair::without(path.pointer(), "in"))
}

fn scheme(why: &str, key: &Path<'_>, path: &Path<'_>, diagnostics: &mut Diagnostics) -> Repair {
    let name = match path {
        Path::Key(_, name) => sanitize(name),
        _ => String::new(),
    };
    let problem = Diagnostic::error(key.origin(), why)
        .repair("ignoring the security scheme")
        .omits(format!("the security scheme `{name}`"));
    diagnostics.recoverable(ErrorKind::SecurityScheme, problem);
    Repair::without(path.pointer(), "type")
}

/// Why a name cannot be that of a header or cookie that a caller sets.
fn unusable(name: &str, location: Option<&str>) -> Option<(ErrorKind, String)> {
    let what = if location == Some("cookie") {
        "cookie"
    } else {
        "header"
    };
    if !is_token(name) {
        let message = format!("`{}` is not a valid {what} name", sanitize(name));
        return Some((ErrorKind::Header, message));
    }
    let is_framing = FRAMING
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header));
    let message = format!("the transport sets the header `{}` itself", sanitize(name));
    (what == "header" && is_framing).then_some((ErrorKind::TransportHeader, message))
}

/// Whether a text is a token of RFC 9110.
fn is_token(text: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_tchar)
}
