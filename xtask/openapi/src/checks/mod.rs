//! What the standard demands of a document beyond the types of its keywords. Everything is
//! looked at, and every problem told; what has one obvious meaning is repaired.

mod bounds;
mod circles;
mod defaults;
mod lists;
mod operations;
mod references;
mod schemas;
mod servers;
mod values;

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostics;

/// Checks a normalized tree.
pub(super) fn check(tree: &mut Value, version: &str, diagnostics: &mut Diagnostics) {
    let modern = !version.starts_with("3.0");
    for pointer in references::check(tree, diagnostics) {
        clear(tree, &pointer);
    }
    apply(tree, schemas::check(tree, diagnostics));
    apply(tree, defaults::check(tree, modern, diagnostics));
    for pointer in circles::check(tree, diagnostics) {
        clear(tree, &pointer);
    }
    let repairs = operations::check(tree, diagnostics);
    operations::repair(tree, repairs);
    apply(tree, servers::check(tree, diagnostics));
}

/// A change of one member of an object, so that the document has one meaning.
struct Repair {
    /// The object.
    pointer: String,
    key: &'static str,
    /// What the member becomes; none: it goes.
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

/// Makes an object of which nothing is known.
fn clear(tree: &mut Value, pointer: &str) {
    if let Some(value) = tree.pointer_mut(pointer) {
        *value = Value::Object(Map::new());
    }
}

#[cfg(test)]
mod tests;
