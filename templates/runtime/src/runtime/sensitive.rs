//! Decides what serializing a sensitive value writes, and records those of a request while it is
//! built: their positions in a body are not known otherwise.

use std::cell::{Cell, RefCell};

use secrecy::{ExposeSecret, SecretString};

thread_local! {
    /// The values serialized since recording started; `None` if it is not active.
    static RECORDED: RefCell<Option<Vec<SecretString>>> = const { RefCell::new(None) };
    /// The number of calls of [`expose_secrets`] that this thread is in.
    static EXPOSING: Cell<usize> = const { Cell::new(0) };
}

/// What a sensitive value is serialized as outside of requests and of [`expose_secrets`].
pub(crate) const REDACTED: &str = "[redacted]";

/// Serializes secrets as they are, within a function.
///
/// Types of responses may contain secrets, such as tokens. `Debug` does not show them, and
/// `Serialize` writes `"[redacted]"` instead of them, so that they do not get into logs or into
/// responses of a service of yours by mistake. A cache needs them:
///
/// ```
/// use session_sdk::runtime::{expose_secrets, serde::Secret};
///
/// let token = Secret("hush".into());
/// assert_eq!(serde_json::to_string(&token)?, r#""[redacted]""#);
/// let cached = expose_secrets(|| serde_json::to_string(&token))?;
/// assert_eq!(cached, r#""hush""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Reading `"[redacted]"` as a secret is an error. Requests contain their secrets always.
pub fn expose_secrets<R>(serialize: impl FnOnce() -> R) -> R {
    /// Ends the exposure, even if the function panics.
    struct Exposing;

    impl Drop for Exposing {
        fn drop(&mut self) {
            let _ = EXPOSING.try_with(|depth| depth.set(depth.get().saturating_sub(1)));
        }
    }

    let _ = EXPOSING.try_with(|depth| depth.set(depth.get().saturating_add(1)));
    let _exposing = Exposing;
    serialize()
}

/// Starts to record the sensitive values that this thread serializes.
pub(crate) fn start_recording() {
    replace(Some(Vec::new()));
}

/// Whether what this thread serializes becomes part of a request.
pub(crate) fn is_recording() -> bool {
    let is_active = RECORDED.try_with(|recorded| recorded.borrow().is_some());
    is_active.unwrap_or(false)
}

/// Stops recording and returns the recorded values.
pub(crate) fn finish_recording() -> Vec<SecretString> {
    replace(None).unwrap_or_default()
}

/// The thread-local is gone while a thread ends; no request is built then.
fn replace(by: Option<Vec<SecretString>>) -> Option<Vec<SecretString>> {
    RECORDED.try_with(|recorded| recorded.replace(by)).ok().flatten()
}

/// The text that a sensitive value is serialized as. Records the value if it is sent.
pub(crate) fn serialized(secret: &SecretString) -> &str {
    let is_recorded = RECORDED.try_with(|recorded| match &mut *recorded.borrow_mut() {
        Some(values) => {
            values.push(secret.clone());
            true
        }
        None => false,
    });
    let is_exposed = || EXPOSING.try_with(|depth| depth.get() > 0).unwrap_or(false);
    if is_recorded.unwrap_or(false) || is_exposed() {
        secret.expose_secret()
    } else {
        REDACTED
    }
}
