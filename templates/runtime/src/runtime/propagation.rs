//! Propagates the context of a trace, such as W3C's `traceparent`, into requests.

use std::sync::Arc;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use super::framing::framing_error;

/// Adds headers of the caller's tracing library to each attempt; none by default.
#[derive(Clone, Default)]
pub(crate) struct Propagation(Option<Arc<AddHeaders>>);

type AddHeaders = dyn Fn(&mut HeaderMap) + Send + Sync;

impl Propagation {
    pub(crate) fn new(add: impl Fn(&mut HeaderMap) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(add)))
    }

    /// Adds the headers that the request does not have.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) -> Result<(), String> {
        let Some(add) = &self.0 else { return Ok(()) };
        let mut added = HeaderMap::new();
        add(&mut added);
        for (name, value) in &added {
            if let Some(error) = framing_error(name) {
                return Err(error);
            }
            if [AUTHORIZATION, COOKIE].contains(name) {
                return Err(format!("`propagate` must not add the header `{name}`"));
            }
            if !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
        Ok(())
    }
}
