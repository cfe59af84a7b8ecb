//! What the standard requires of a document beyond the types of its keywords. Every problem is
//! reported, and repaired so that the document has one meaning.

mod arrays;
mod bounds;
mod cycles;
mod defaults;
mod headers;
mod operations;
mod refs;
mod schemas;
mod servers;
mod values;

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostics;

/// Validates and repairs a normalized tree.
pub(crate) fn validate(tree: &mut Value, diagnostics: &mut Diagnostics) {
    for pointer in refs::check(tree, diagnostics) {
        clear(tree, &pointer);
    }
    apply(tree, schemas::check(tree, diagnostics));
    apply(tree, defaults::check(tree, diagnostics));
    for pointer in cycles::check(tree, diagnostics) {
        clear(tree, &pointer);
    }
    let repairs = operations::check(tree, diagnostics);
    operations::repair(tree, repairs);
    apply(tree, servers::check(tree, diagnostics));
    apply(tree, headers::check(tree, diagnostics));
}

/// A change of one member of an object.
struct Repair {
    /// The object.
    pointer: String,
    key: &'static str,
    /// The member's new value; none removes it.
    value: Option<Value>,
}

impl Repair {
    fn without(pointer: String, key: &'static str) -> Self {
        Self {
            pointer,
            key,
            value: None,
        }
    }

    fn with(pointer: String, key: &'static str, value: Value) -> Self {
        Self {
            pointer,
            key,
            value: Some(value),
        }
    }
}

fn apply(tree: &mut Value, repairs: Vec<Repair>) {
    for repair in repairs {
        let Some(Value::Object(members)) = tree.pointer_mut(&repair.pointer) else {
            continue;
        };
        match repair.value {
            Some(value) => {
                members.insert(repair.key.to_owned(), value);
            }
            None => {
                members.shift_remove(repair.key);
            }
        }
    }
}

/// Replaces a value by an empty object.
fn clear(tree: &mut Value, pointer: &str) {
    if let Some(value) = tree.pointer_mut(pointer) {
        *value = Value::Object(Map::new());
    }
}

#[cfg(test)]
mod tests;
