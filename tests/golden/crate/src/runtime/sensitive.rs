//! The sensitive values of a request, collected while they are written: nothing else knows
//! where in a body they stand.

use std::cell::RefCell;

use secrecy::SecretString;

thread_local! {
    /// What was written since a request began to collect; none while no request does.
    static WRITTEN: RefCell<Option<Vec<SecretString>>> = const { RefCell::new(None) };
}

/// Begins to collect what this thread writes.
pub(crate) fn begin() {
    replace(Some(Vec::new()));
}

/// What was written since then.
pub(crate) fn end() -> Vec<SecretString> {
    replace(None).unwrap_or_default()
}

/// A thread that ends has no such place any more, and writes no request.
fn replace(by: Option<Vec<SecretString>>) -> Option<Vec<SecretString>> {
    WRITTEN.try_with(|written| written.replace(by)).ok().flatten()
}

/// Says that a sensitive value is written.
pub(crate) fn wrote(secret: &SecretString) {
    let _ = WRITTEN.try_with(|written| {
        if let Some(written) = &mut *written.borrow_mut() {
            written.push(secret.clone());
        }
    });
}
