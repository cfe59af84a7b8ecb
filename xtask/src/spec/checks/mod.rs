//! What the standard demands of a document beyond the types of its keywords. Everything is
//! looked at, and every problem told; what has one obvious meaning is repaired.

mod operations;
mod references;
mod schemas;

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostics;

/// Checks a normalised tree.
pub(super) fn check(tree: &mut Value, diagnostics: &mut Diagnostics) {
    for pointer in references::check(tree, diagnostics) {
        clear(tree, &pointer);
    }
    let found = schemas::check(tree, diagnostics);
    for (pointer, key) in found.misfits {
        if let Some(Value::Object(members)) = tree.pointer_mut(&pointer) {
            members.shift_remove(key);
        }
    }
    for pointer in found.circles {
        clear(tree, &pointer);
    }
    let repairs = operations::check(tree, diagnostics);
    operations::repair(tree, repairs);
}

/// Makes an object of which nothing is known.
fn clear(tree: &mut Value, pointer: &str) {
    if let Some(value) = tree.pointer_mut(pointer) {
        *value = Value::Object(Map::new());
    }
}

#[cfg(test)]
mod tests;
