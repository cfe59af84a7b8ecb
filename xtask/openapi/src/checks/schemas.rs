//! Schemas that no value can have.

use serde_json::{Map, Value};

use super::values::{is_of_type, read_as, same};
use super::{Repair, bounds, lists};
use crate::diagnostics::{Diagnostic, Diagnostics, sanitize};
use crate::grammar::{Kind, walk};
use crate::{node::member, path::Path};

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut check = Check {
        diagnostics,
        repairs: Vec::new(),
    };
    let mut values = 0;
    walk(tree, Kind::Root, Path::Root, &mut |value, kind, path| {
        if kind == Kind::Schema
            && let Value::Object(schema) = value
        {
            lists::check(
                schema,
                path,
                check.diagnostics,
                &mut check.repairs,
                &mut values,
            );
            bounds::check(schema, path, check.diagnostics, &mut check.repairs);
            check.enumeration(schema, path);
            check.constant(schema, path);
            check.items(schema, path);
            check.directions(schema, path);
        }
    });
    check.repairs
}

struct Check<'p> {
    diagnostics: &'p mut Diagnostics,
    repairs: Vec<Repair>,
}

impl Check<'_> {
    /// The values of an `enum` are of the schema's type.
    fn enumeration(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let ty = member(schema, "type");
        let Some(Value::Array(values)) = member(schema, "enum") else {
            return;
        };
        let fits = |value: &Value| value.is_null() || is_of_type(value, ty);
        if values.iter().all(fits) {
            return;
        }
        let place = Path::Key(path, "enum");
        let meant = |value: &Value| match fits(value) {
            true => Some(value.clone()),
            false => read_as(value, ty),
        };
        let repaired: Vec<Value> = values.iter().filter_map(meant).collect();
        if repaired.iter().all(Value::is_null) {
            let message = "no value of the `enum` is of the schema's type";
            self.diagnostics.recoverable(
                Diagnostic::error(place.origin(), message).repair("the type is ignored"),
            );
            self.repairs.push(Repair::without(path.pointer(), "type"));
            return;
        }
        for (index, value) in values.iter().enumerate().filter(|(_, value)| !fits(value)) {
            let shown = sanitize(&value.to_string());
            let message = format!("`{shown}` in this `enum` is not of the schema's type");
            let problem = Diagnostic::error(Path::Index(&place, index).origin(), message);
            self.diagnostics.recoverable(match read_as(value, ty) {
                Some(meant) => problem
                    .help(format!("write `{}`", sanitize(&meant.to_string())))
                    .repair("it is read so"),
                None => problem
                    .repair("it is left out")
                    .omits(format!("the value `{shown}`")),
            });
        }
        let repair = Repair::with(path.pointer(), "enum", Value::Array(repaired));
        self.repairs.push(repair);
    }

    /// A `const` is of the schema's type, and in its `enum`.
    fn constant(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let Some(only) = member(schema, "const").filter(|only| !only.is_null()) else {
            return;
        };
        let place = Path::Key(path, "const").origin();
        let ty = member(schema, "type");
        if !is_of_type(only, ty) {
            let problem = Diagnostic::error(place, "the `const` is not of the schema's type");
            let (problem, repair) = match read_as(only, ty) {
                Some(meant) => (
                    problem.repair(format!("it is read as `{}`", sanitize(&meant.to_string()))),
                    Repair::with(path.pointer(), "const", meant),
                ),
                None => (
                    problem.repair("the type is ignored"),
                    Repair::without(path.pointer(), "type"),
                ),
            };
            self.diagnostics.recoverable(problem);
            self.repairs.push(repair);
        } else if let Some(Value::Array(values)) = member(schema, "enum")
            && !values.iter().any(|value| same(value, only))
        {
            let message = "the `const` is not among the values of `enum`";
            self.diagnostics.recoverable(
                Diagnostic::error(place, message)
                    .repair("the `const` counts")
                    .omits("the values of the `enum`"),
            );
            self.repairs.push(Repair::without(path.pointer(), "enum"));
        }
    }

    fn items(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let is_list = member(schema, "type").is_some_and(|ty| ty == "array");
        let described = ["items", "prefixItems", "allOf"]
            .iter()
            .any(|key| schema.contains_key(*key));
        if is_list && !described {
            let message = "`items` is missing in this list";
            self.diagnostics
                .push(Diagnostic::warning(path.origin(), message).repair("it may hold anything"));
        }
    }

    /// What is never sent and never received is nowhere.
    fn directions(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let flag = |key: &str| member(schema, key) == Some(&Value::Bool(true));
        if flag("readOnly") && flag("writeOnly") {
            let place = Path::Key(path, "writeOnly").origin();
            let message = "`readOnly` and `writeOnly` cannot both be true";
            self.diagnostics
                .recoverable(Diagnostic::error(place, message).repair("both are ignored"));
            for key in ["readOnly", "writeOnly"] {
                self.repairs.push(Repair::without(path.pointer(), key));
            }
        }
    }
}
