//! Defaults: values that should conform to their own schemas.

use serde_json::Value;

use super::Repair;
use super::values::{Mismatch, converted, mismatch};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, nearest, sanitize};
use crate::grammar::{ObjectKind, walk};
use crate::path::Path;
use crate::pointer::SpecPointer;

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut repairs = Vec::new();
    walk(
        tree,
        ObjectKind::Root,
        Path::Root,
        &mut |schema, kind, path| {
            if kind != ObjectKind::Schema {
                return;
            }
            for (pointer, default) in defaults(schema, path) {
                let Some(found) = mismatch(tree, default, schema) else {
                    continue;
                };
                let meant = converted(default, schema.get("type"))
                    .filter(|meant| found.at.is_empty() && mismatch(tree, meant, schema).is_none());
                let problem = problem(&pointer, &found, default, schema, meant.as_ref());
                diagnostics.recoverable(ErrorKind::InvalidDefault, problem);
                repairs.push(Repair {
                    pointer,
                    key: "default",
                    value: meant,
                });
            }
        },
    );
    repairs
}

/// The defaults of a schema and of the members of its `allOf`, with the pointers to the schemas that
/// declare them.
fn defaults<'d>(schema: &'d Value, path: &Path<'_>) -> Vec<(String, &'d Value)> {
    let mut found = Vec::new();
    let default = |schema: &'d Value| schema.get("default");
    found.extend(default(schema).map(|default| (path.pointer(), default)));
    let members = schema.get("allOf").and_then(Value::as_array);
    for (index, member) in members.into_iter().flatten().enumerate() {
        // One with a type is checked by itself.
        if member.get("$ref").is_none() && member.get("type").is_none() {
            let list = Path::Key(path, "allOf");
            let pointer = Path::Index(&list, index).pointer();
            found.extend(default(member).map(|default| (pointer, default)));
        }
    }
    found
}

fn problem(
    pointer: &str,
    found: &Mismatch,
    default: &Value,
    schema: &Value,
    meant: Option<&Value>,
) -> Diagnostic {
    let location = SpecPointer::new(format!("#{pointer}/default{}", found.at));
    let mut problem = Diagnostic::error(location, message(found));
    problem.help = help(found, default, schema).map(Into::into);
    match meant {
        Some(meant) => problem.repair(format!("using `{}`", sanitize(&meant.to_string()))),
        None => problem
            .repair("ignoring the default")
            .omits(format!("the default `{}`", shortened(default))),
    }
}

fn message(found: &Mismatch) -> String {
    match found.at.as_str() {
        "" => format!("the default {}", found.clause),
        at => format!("the default's `{}` {}", sanitize(at), found.clause),
    }
}

/// A similar value of the `enum`.
fn help(found: &Mismatch, default: &Value, schema: &Value) -> Option<String> {
    let values = schema.get("enum").filter(|_| found.at.is_empty())?;
    let known = values.as_array()?.iter().filter_map(Value::as_str);
    let near = nearest(default.as_str()?, known)?;
    Some(format!("did you mean `{}`?", sanitize(near)))
}

/// A value, short enough for a line.
fn shortened(value: &Value) -> String {
    const MOST: usize = 60;
    let text = sanitize(&value.to_string());
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
