//! The less common settings of a call, one implementation for all request builders.

use serde::Serialize;

use super::Request;

/// The less common settings of a call; every request builder implements it.
///
/// It is a trait because methods of each builder would take the compiler longer.
pub trait RequestExt: Sized {
    #[doc(hidden)]
    fn request_mut(&mut self) -> &mut Request;

    /// Applies a setter where there is a value: `.with(limit, |call, n| call.limit(n))`.
    #[must_use = "requests are sent when they are awaited"]
    fn with<V>(self, value: Option<V>, set: impl FnOnce(Self, V) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// Sets a query parameter that the document lacks, or replaces one.
    #[must_use = "requests are sent when they are awaited"]
    fn extra_query(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request_mut().query(name, value);
        self
    }

    /// Sets a member of the body that the document lacks, or replaces one.
    #[must_use = "requests are sent when they are awaited"]
    fn extra_field(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request_mut().extra_field(name, value);
        self
    }

    /// Sets whether the request may be sent twice, instead of what the document implies: if so,
    /// it is retried after timeouts and failed connections too. A request with an
    /// `Idempotency-Key` header may be, too.
    #[must_use = "requests are sent when they are awaited"]
    fn idempotent(mut self, idempotent: bool) -> Self {
        self.request_mut().idempotent(idempotent);
        self
    }

    /// Adds a value to the extensions of the HTTP request, for a transport that reads it.
    #[must_use = "requests are sent when they are awaited"]
    fn request_extension<T>(mut self, value: T) -> Self
    where
        T: Clone + Send + Sync + 'static,
    {
        self.request_mut().extension(value);
        self
    }
}
