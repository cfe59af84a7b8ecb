//! The request of an operation builder. Nothing here depends on the operation's types.

mod body;
mod parameters;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde::Serialize;

use super::base_url::BaseUrl;
use super::framing::framing_error;
use super::param::Param;
use super::{
    AnyError, Body, Context, Core, ErrorKind, Operation, Part, RequestBody,
    ResponseMode, sensitive,
};

/// The header by which servers recognize a request that they have processed.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The request of an operation builder.
///
/// Setting a name again replaces its value. Errors of setters are reported when the request is
/// sent; the first one is kept.
#[derive(Clone)]
pub struct Request {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(&'static str, String)>,
    /// By name: `name=a&name=b`, encoded.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) content: RequestContent,
    /// How the body is encoded: the operation's way, or another that the caller chose.
    pub(crate) body: RequestBody,
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    /// Whether it may be sent twice, if the caller decides that.
    pub(crate) idempotent: Option<bool>,
    /// Boxed, because few requests have any.
    pub(crate) extensions: Option<Box<http::Extensions>>,
    pub(crate) response: ResponseMode,
    /// The base URL, if it is not the client's. Boxed, because few requests have one.
    pub(crate) base_url: Option<Box<BaseUrl>>,
    /// A path and query in place of the operation's: the link to another page.
    pub(crate) path_and_query: Option<Box<str>>,
    /// The sensitive values of the request.
    pub(crate) sensitive: Vec<SecretString>,
    error: Option<Box<str>>,
}

/// The content of a request body.
#[derive(Clone)]
pub(crate) enum RequestContent {
    Empty,
    /// The properties of a JSON object, each value as JSON text.
    Fields(Vec<(&'static str, String)>),
    /// The fields of a form, each as `name=a&name=b`, encoded.
    Form(Vec<(&'static str, String)>),
    /// The parts of a multipart body.
    Parts(PartList),
    /// An encoded body.
    Bytes(Bytes),
    /// A body that the caller created.
    Body(Arc<Body>),
}

/// The parts of a multipart body.
#[derive(Clone, Default)]
pub(crate) struct PartList {
    /// The parts that the document names.
    pub(crate) named: Vec<(&'static str, Vec<Part>)>,
    /// The parts that it does not name.
    pub(crate) others: Vec<(Option<String>, Part)>,
}

impl Request {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        Self {
            core,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            content: RequestContent::Empty,
            body: operation.body,
            timeout: None,
            total_timeout: None,
            retries: None,
            idempotent: None,
            extensions: None,
            response: operation.response,
            base_url: None,
            path_and_query: None,
            sensitive: Vec::new(),
            error: None,
        }
    }

    /// Sets the operation's own server: a URL, or a path on the client's origin. A base URL that
    /// the caller set takes precedence over a URL.
    pub fn server(&mut self, url: &str) {
        match self.core.operation_base_url(url) {
            Ok(base_url) => self.base_url = Some(Box::new(base_url)),
            Err(error) => self.record_error(error),
        }
    }

    /// Sets a header. Its value is marked as sensitive.
    pub fn header(&mut self, name: &str, value: &str) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            let name = name.escape_debug();
            return self.record_error(format!("`{name}` is not a valid header name"));
        };
        let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) else {
            return self.record_error(format!(
                "the value of header `{name}` contains a control character"
            ));
        };
        if let Some(message) = framing_error(&key) {
            return self.record_error(message);
        }
        value.set_sensitive(true);
        self.headers.insert(key, value);
    }

    /// Sets the timeout of one attempt.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sets the timeout of the whole call.
    pub fn total_timeout(&mut self, timeout: Duration) {
        self.total_timeout = Some(timeout);
    }

    /// Sets the maximum number of retries.
    pub fn retries(&mut self, retries: u32) {
        self.retries = Some(retries);
    }

    /// Sets whether the request may be sent twice.
    pub fn idempotent(&mut self, idempotent: bool) {
        self.idempotent = Some(idempotent);
    }

    /// Adds a value to the extensions of the HTTP request.
    pub fn extension<T: Clone + Send + Sync + 'static>(&mut self, value: T) {
        self.extensions.get_or_insert_default().insert(value);
    }

    /// The context of its responses and errors, before the first attempt.
    pub(crate) fn context(&self) -> Context {
        let context = Context::new(self.core.api(), Some(self.operation));
        let is_idempotent = self.idempotent.unwrap_or_else(|| {
            context.is_idempotent || self.headers.contains_key(IDEMPOTENCY_KEY)
        });
        Context { is_idempotent, ..context }
    }

    /// Records an error, which sending the request reports; the first one is kept.
    pub fn record_error(&mut self, message: String) {
        self.error.get_or_insert(message.into());
    }

    /// Returns the recorded error.
    pub(crate) fn check(&self) -> Result<(), AnyError> {
        self.error
            .as_ref()
            .map_or(Ok(()), |message| Err(self.invalid(message.to_string())))
    }

    #[cold]
    pub(crate) fn invalid(&self, message: String) -> AnyError {
        AnyError::new(ErrorKind::InvalidRequest, self.context(), message)
    }

    /// A parameter's value as JSON text and as a [`Param`].
    fn param(&mut self, name: &str, value: &impl Serialize) -> Option<(String, Param)> {
        let json = self.json(name, value)?;
        let value = self.parse_param(name, &json)?;
        Some((json, value))
    }

    fn parse_param(&mut self, name: &str, json: &str) -> Option<Param> {
        match Param::from_json(json) {
            Ok(value) => Some(value),
            Err(error) => {
                self.record_error(format!("`{name}`: {error}"));
                None
            }
        }
    }

    fn json(&mut self, name: &str, value: &impl Serialize) -> Option<String> {
        sensitive::start_recording();
        let json = serde_json::to_string(value);
        self.serialized(name, json)
    }

    /// Handles the result of a serialization. Compiled once, unlike the serialization.
    fn serialized(
        &mut self,
        name: &str,
        json: serde_json::Result<String>,
    ) -> Option<String> {
        self.sensitive.append(&mut sensitive::finish_recording());
        match json {
            Ok(json) => Some(json),
            Err(error) => {
                self.record_error(format!("`{name}` cannot be serialized: {error}"));
                None
            }
        }
    }
}

/// Sets a named value, or replaces it without changing the order.
fn set<V>(values: &mut Vec<(&'static str, V)>, name: &'static str, value: V) {
    match values.iter_mut().find(|(key, _)| *key == name) {
        Some((_, old)) => *old = value,
        None => values.push((name, value)),
    }
}

/// Omits values: they may be secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
