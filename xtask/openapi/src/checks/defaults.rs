//! Defaults: values that their own schemas must describe.
//!
//! OpenAPI 3.0 demands it; JSON Schema, and with it 3.1, only recommends that a value of the right
//! type is also one that the schema allows.

use serde_json::Value;

use super::Repair;
use super::values::{Misfit, misfit, read_as};
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, nearest, sanitize};
use crate::grammar::{Kind, walk};
use crate::path::Path;

pub(super) fn check(tree: &Value, modern: bool, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut repairs = Vec::new();
    walk(tree, Kind::Root, Path::Root, &mut |schema, kind, path| {
        if kind != Kind::Schema {
            return;
        }
        for (pointer, default) in of(schema, path) {
            let Some(found) = misfit(tree, default, schema) else {
                continue;
            };
            let meant = read_as(default, schema.get("type"))
                .filter(|meant| found.at.is_empty() && misfit(tree, meant, schema).is_none());
            let problem = problem(&pointer, &found, default, schema, meant.as_ref());
            if found.of_type || !modern {
                diagnostics.recoverable(problem);
            } else {
                diagnostics.push(Diagnostic {
                    severity: Severity::Warning,
                    ..problem
                });
            }
            repairs.push(Repair {
                pointer,
                key: "default",
                value: meant,
            });
        }
    });
    repairs
}

/// A schema's default, and those that the members of its `allOf` give it, with the pointers to
/// the schemas that say so.
fn of<'d>(schema: &'d Value, path: &Path<'_>) -> Vec<(String, &'d Value)> {
    let mut found = Vec::new();
    let default = |schema: &'d Value| schema.get("default");
    found.extend(default(schema).map(|default| (path.pointer(), default)));
    let members = schema.get("allOf").and_then(Value::as_array);
    for (index, member) in members.into_iter().flatten().enumerate() {
        // One with a type is looked at by itself.
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
    found: &Misfit,
    default: &Value,
    schema: &Value,
    meant: Option<&Value>,
) -> Diagnostic {
    let place = SpecPointer::new(format!("#{pointer}/default{}", found.at));
    let mut problem = Diagnostic::error(place, message(found));
    problem.help = help(found, default, schema).map(Into::into);
    match meant {
        Some(meant) => problem.repair(format!("it is read as `{}`", sanitize(&meant.to_string()))),
        None => problem
            .repair("the default is left out")
            .omits(format!("the default `{}`", shown(default))),
    }
}

fn message(found: &Misfit) -> String {
    match found.at.as_str() {
        "" => format!("the default {}", found.is),
        at => format!("the default's `{}` {}", sanitize(at), found.is),
    }
}

/// The value that is meant, perhaps.
fn help(found: &Misfit, default: &Value, schema: &Value) -> Option<String> {
    let values = schema.get("enum").filter(|_| found.at.is_empty())?;
    let known = values.as_array()?.iter().filter_map(Value::as_str);
    let near = nearest(default.as_str()?, known)?;
    Some(format!("did you mean `{}`?", sanitize(near)))
}

/// A value, short enough for a line.
fn shown(value: &Value) -> String {
    const MOST: usize = 60;
    let text = sanitize(&value.to_string());
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
