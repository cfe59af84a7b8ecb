use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::base_url::is_dot_segment;
use super::{
    Api, ByteStream, Core, Envelope, Method, Operation, Pending, RawResponse, Request,
    RequestBody, Response, ResponseMode, Safety, decode,
};

/// A request that the document lacks, with the client's credentials, retries, limits and errors.
///
/// ```ignore
/// let call = clerk.request(Method::GET, "/users/{user_id}").path("user_id", "user_1");
/// let user: serde_json::Value = call.query("expand", true).json().await?;
/// ```
///
/// It has the credentials of the first security requirement of the API that the client has all of.
#[must_use = "a request is sent only when its result is awaited"]
pub struct CustomRequest<B> {
    request: Request,
    body: PhantomData<fn() -> B>,
}

impl<B> CustomRequest<B> {
    pub(crate) fn new(core: Core, method: &http::Method, path: &'static str) -> Self {
        let known = Method::from_http(method);
        let operation = operation(core.api(), known.unwrap_or(Method::Get), path);
        let mut request = Request::new(core, operation);
        if path.split('/').any(is_dot_segment) {
            let error = "the path must not contain the segments `.` or `..`";
            request.record_error(error.to_owned());
        }
        if known.is_none() {
            request.record_error(format!("the method `{method}` is not supported"));
        }
        Self { request, body: PhantomData }
    }

    /// Sets a path parameter: the value of `{name}` in the path, encoded as one segment.
    pub fn path(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request.path(name, value);
        self
    }

    /// Sets a query parameter; null omits it.
    pub fn query(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request.query(name, value);
        self
    }

    /// Sets a property of the JSON body.
    pub fn field(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request.field(name, value);
        self
    }

    /// Sets the whole JSON body.
    pub fn body(mut self, value: impl Serialize) -> Self {
        self.request.body(value);
        self
    }

    /// Sets a header. It replaces a header of the SDK.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.header(name, value);
        self
    }

    /// Sets the timeout of one attempt, the response body included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Sets the timeout of the whole call: all attempts and the delays between them.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.request.total_timeout(timeout);
        self
    }

    /// Sets the maximum number of retries.
    pub fn retries(mut self, retries: u32) -> Self {
        self.request.retries(retries);
        self
    }

    /// Sets whether the request may be sent twice. By default that depends on the method.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.request.idempotent(idempotent);
        self
    }

    /// Adds a value to the extensions of the HTTP request, for a transport that reads it.
    pub fn request_extension<T>(mut self, value: T) -> Self
    where
        T: Clone + Send + Sync + 'static,
    {
        self.request.extension(value);
        self
    }

    /// Sends the request and decodes the response.
    pub fn json<T: DeserializeOwned>(self) -> Pending<T, B> {
        self.request.send(decode::serde_json)
    }

    /// Sends the request, decodes the response, and keeps status and headers.
    pub fn with_response<T: DeserializeOwned + 'static>(
        self,
    ) -> Pending<Response<T>, B> {
        self.request.send_with_response(decode::serde_json)
    }

    /// Sends the request, and returns the response undecoded, whatever its status.
    pub fn raw(self) -> Pending<RawResponse, B> {
        self.request.raw()
    }

    /// Sends the request, and streams the response.
    pub fn stream(mut self) -> Pending<ByteStream, B> {
        self.request.response = ResponseMode::Streamed;
        self.request.send(decode::bytes)
    }
}

impl<B> Clone for CustomRequest<B> {
    fn clone(&self) -> Self {
        Self { request: self.request.clone(), body: PhantomData }
    }
}

/// Omits values: they may be secret.
impl<B> fmt::Debug for CustomRequest<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomRequest")
            .field("method", &self.request.operation.method)
            .field("path", &self.request.operation.path)
            .finish_non_exhaustive()
    }
}

/// The operation with this path template. It is created once and kept: a program has as many as
/// it has literals.
fn operation(
    api: &'static Api,
    method: Method,
    path: &'static str,
) -> &'static Operation {
    static OPERATIONS: Mutex<Vec<(&'static str, &'static Operation)>> =
        Mutex::new(Vec::new());

    let mut operations = OPERATIONS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = operations.iter().find(|(name, operation)| {
        *name == api.name && operation.method == method && operation.path == path
    });
    if let Some((_, operation)) = known {
        return operation;
    }
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        id: "",
        method,
        path,
        body: RequestBody::Json("application/json"),
        accept: "application/json",
        response: ResponseMode::Buffered,
        envelope: Envelope::None,
        safety: match method {
            Method::Get
            | Method::Head
            | Method::Options
            | Method::Trace
            | Method::Query => Safety::Safe,
            Method::Put | Method::Delete => Safety::Idempotent,
            Method::Post | Method::Patch | Method::Other(_) => Safety::Unsafe,
        },
        security: api.security,
    }));
    operations.push((api.name, operation));
    operation
}
