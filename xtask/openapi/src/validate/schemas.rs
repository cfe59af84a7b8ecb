//! Schemas that no value conforms to, and those that contradict themselves.

use serde_json::{Map, Value};

use super::arrays::Arrays;
use super::values::{converted, is_of_type, same};
use super::{Repair, bounds};
use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, sanitize};
use crate::grammar::{ObjectKind, walk};
use crate::node::member;
use crate::path::Path;

pub(super) fn check(tree: &Value, diagnostics: &mut Diagnostics) -> Vec<Repair> {
    let mut check = Check {
        diagnostics,
        repairs: Vec::new(),
    };
    let mut arrays = Arrays { values: 0 };
    walk(
        tree,
        ObjectKind::Root,
        Path::Root,
        &mut |value, kind, path| {
            if kind == ObjectKind::Schema
                && let Value::Object(schema) = value
            {
                arrays.check(schema, path, check.diagnostics, &mut check.repairs);
                bounds::check(schema, path, check.diagnostics, &mut check.repairs);
                check.enumeration(schema, path);
                check.constant(schema, path);
                check.items(schema, path);
                check.directions(schema, path);
            }
        },
    );
    check.repairs
}

struct Check<'p> {
    diagnostics: &'p mut Diagnostics,
    repairs: Vec<Repair>,
}

impl Check<'_> {
    /// The values of an `enum` must be of the schema's type.
    fn enumeration(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let ty = member(schema, "type");
        let Some(Value::Array(values)) = member(schema, "enum") else {
            return;
        };
        let fits = |value: &Value| value.is_null() || is_of_type(value, ty);
        if values.iter().all(fits) {
            return;
        }
        let list = Path::Key(path, "enum");
        let meant = |value: &Value| match fits(value) {
            true => Some(value.clone()),
            false => converted(value, ty),
        };
        let repaired: Vec<Value> = values.iter().filter_map(meant).collect();
        if repaired.iter().all(Value::is_null) {
            let message = "no value of the `enum` is of the schema's type";
            let problem = Diagnostic::error(list.origin(), message).repair("ignoring the type");
            self.diagnostics
                .recoverable(ErrorKind::InvalidEnumValue, problem);
            self.repairs.push(Repair::without(path.pointer(), "type"));
            return;
        }
        for (index, value) in values.iter().enumerate().filter(|(_, value)| !fits(value)) {
            let shown = sanitize(&value.to_string());
            let message = format!("`{shown}` in this `enum` is not of the schema's type");
            let problem = Diagnostic::error(Path::Index(&list, index).origin(), message);
            let problem = match converted(value, ty) {
                Some(meant) => problem.repair(format!("using `{}`", sanitize(&meant.to_string()))),
                None => problem
                    .repair("ignoring it")
                    .omits(format!("the value `{shown}`")),
            };
            self.diagnostics
                .recoverable(ErrorKind::InvalidEnumValue, problem);
        }
        let repair = Repair::with(path.pointer(), "enum", Value::Array(repaired));
        self.repairs.push(repair);
    }

    /// A `const` must be of the schema's type, and in its `enum`.
    fn constant(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let Some(only) = member(schema, "const").filter(|only| !only.is_null()) else {
            return;
        };
        let location = Path::Key(path, "const").origin();
        let ty = member(schema, "type");
        if !is_of_type(only, ty) {
            let problem = Diagnostic::error(location, "the `const` is not of the schema's type");
            let (problem, repair) = match converted(only, ty) {
                Some(meant) => (
                    problem.repair(format!("using `{}`", sanitize(&meant.to_string()))),
                    Repair::with(path.pointer(), "const", meant),
                ),
                None => (
                    problem.repair("ignoring the type"),
                    Repair::without(path.pointer(), "type"),
                ),
            };
            self.diagnostics
                .recoverable(ErrorKind::InvalidConst, problem);
            self.repairs.push(repair);
        } else if let Some(Value::Array(values)) = member(schema, "enum")
            && !values.iter().any(|value| same(value, only))
        {
            let message = "the `const` is not among the values of `enum`";
            let problem = Diagnostic::error(location, message)
                .repair("using the `const`")
                .omits("the values of the `enum`");
            self.diagnostics
                .recoverable(ErrorKind::InvalidConst, problem);
            self.repairs.push(Repair::without(path.pointer(), "enum"));
        }
    }

    fn items(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let is_array = member(schema, "type").is_some_and(|ty| ty == "array");
        let described = ["items", "prefixItems", "allOf"]
            .iter()
            .any(|key| schema.contains_key(*key));
        if is_array && !described {
            let message = "`items` is missing in this array";
            let warning = Diagnostic::warning(path.origin(), message);
            self.diagnostics
                .push(warning.repair("accepting any elements"));
        }
    }

    /// A value must be sent or received.
    fn directions(&mut self, schema: &Map<String, Value>, path: &Path<'_>) {
        let flag = |key: &str| member(schema, key) == Some(&Value::Bool(true));
        if flag("readOnly") && flag("writeOnly") {
            let location = Path::Key(path, "writeOnly").origin();
            let message = "`readOnly` and `writeOnly` cannot both be true";
            let problem = Diagnostic::error(location, message).repair("ignoring both");
            self.diagnostics
                .recoverable(ErrorKind::ReadWriteOnly, problem);
            for key in ["readOnly", "writeOnly"] {
                self.repairs.push(Repair::without(path.pointer(), key));
            }
        }
    }
}
