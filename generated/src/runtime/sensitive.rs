//! Records the sensitive values of a request while they are serialized: their positions in a
//! body are not known otherwise.

use std::cell::RefCell;

use secrecy::SecretString;

thread_local! {
    /// The values serialized since recording started; `None` if it is not active.
    static RECORDED: RefCell<Option<Vec<SecretString>>> = const { RefCell::new(None) };
}

/// Starts to record the sensitive values that this thread serializes.
pub(crate) fn start_recording() {
    replace(Some(Vec::new()));
}

/// Stops recording and returns the recorded values.
pub(crate) fn finish_recording() -> Vec<SecretString> {
    replace(None).unwrap_or_default()
}

/// The thread-local is gone while a thread ends; no request is built then.
fn replace(by: Option<Vec<SecretString>>) -> Option<Vec<SecretString>> {
    RECORDED.try_with(|recorded| recorded.replace(by)).ok().flatten()
}

/// Records a sensitive value, if recording is active.
pub(crate) fn record(secret: &SecretString) {
    let _ = RECORDED.try_with(|recorded| {
        if let Some(values) = &mut *recorded.borrow_mut() {
            values.push(secret.clone());
        }
    });
}
