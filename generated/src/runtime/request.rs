//! A request while its builder fills it. Nothing here depends on the operation's types.

mod content;
mod parameters;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde::Serialize;

use super::base_url::BaseUrl;
use super::param::Param;
use super::{
    Body, Context, Core, ErrorKind, Failure, Operation, Part, ResponseMode, sensitive,
};

/// A request while its builder fills it.
///
/// Setting the same name twice replaces. A value that cannot travel is remembered, and comes
/// out as an error when the request is sent.
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
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) response: ResponseMode,
    /// The base address, where it is not the client's. Boxed, because few have one.
    pub(crate) base_url: Option<Box<BaseUrl>>,
    /// The sensitive values in all of these.
    pub(crate) sensitive: Vec<SecretString>,
    problem: Option<Box<str>>,
}

/// What the request's body will hold.
#[derive(Clone)]
pub(crate) enum RequestContent {
    Nothing,
    /// The members of a JSON object, each value as JSON text.
    Fields(Vec<(&'static str, String)>),
    /// The fields of a form, each as `name=a&name=b`, encoded.
    Form(Vec<(&'static str, String)>),
    /// The parts of a multipart body.
    Parts(Vec<(&'static str, Vec<Part>)>),
    /// Bytes that are ready.
    Ready(Bytes),
    /// A body of the caller's own.
    Given(Arc<Body>),
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
            content: RequestContent::Nothing,
            timeout: None,
            total_timeout: None,
            retries: None,
            response: operation.response,
            base_url: None,
            sensitive: Vec::new(),
            problem: None,
        }
    }

    /// Sends it to an address of the operation's own: an address, or a path on the client's
    /// host. Where the caller chose a base address, that one stands.
    pub fn server(&mut self, address: &str) {
        match self.core.base_url_at(address) {
            Ok(base_url) => self.base_url = Some(Box::new(base_url)),
            Err(problem) => self.refuse(problem),
        }
    }

    /// Sets a header. Its value shows in no log.
    pub fn header(&mut self, name: &str, value: &str) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse(format!("`{}` is no header name", name.escape_debug()));
        };
        let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) else {
            return self
                .refuse(format!("the header `{name}` holds a control character"));
        };
        value.set_sensitive(true);
        self.headers.insert(key, value);
    }

    /// Sets the time that one attempt may take.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Sets the time that all attempts may take together.
    pub fn total_timeout(&mut self, timeout: Duration) {
        self.total_timeout = Some(timeout);
    }

    /// Sets how often the request is sent again.
    pub fn retries(&mut self, retries: u32) {
        self.retries = Some(retries);
    }

    /// Remembers why the request cannot be sent; the first reason stays.
    pub fn refuse(&mut self, problem: String) {
        self.problem.get_or_insert(problem.into());
    }

    /// The error that was remembered.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.problem
            .as_ref()
            .map_or(Ok(()), |problem| Err(self.invalid(problem.to_string())))
    }

    #[cold]
    pub(crate) fn invalid(&self, detail: String) -> Failure {
        let context = Context::new(self.core.api(), Some(self.operation));
        Failure::new(ErrorKind::InvalidRequest, context, detail)
    }

    /// A parameter's value as JSON text, and taken apart.
    fn param(&mut self, name: &str, value: &impl Serialize) -> Option<(String, Param)> {
        let json = self.json(name, value)?;
        let value = self.taken_apart(name, &json)?;
        Some((json, value))
    }

    fn taken_apart(&mut self, name: &str, json: &str) -> Option<Param> {
        match Param::from_json(json) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(format!("`{name}`: {error}"));
                None
            }
        }
    }

    fn json(&mut self, name: &str, value: &impl Serialize) -> Option<String> {
        sensitive::begin();
        let json = serde_json::to_string(value);
        self.written(name, json)
    }

    /// What a value was written to. Unlike the writing, it is compiled once.
    fn written(
        &mut self,
        name: &str,
        json: serde_json::Result<String>,
    ) -> Option<String> {
        self.sensitive.append(&mut sensitive::end());
        match json {
            Ok(json) => Some(json),
            Err(error) => {
                self.refuse(format!("`{name}` has no JSON form: {error}"));
                None
            }
        }
    }
}

/// Sets a named value; a second one replaces the first, in its place.
fn set<V>(values: &mut Vec<(&'static str, V)>, name: &'static str, value: V) {
    match values.iter_mut().find(|(key, _)| *key == name) {
        Some((_, old)) => *old = value,
        None => values.push((name, value)),
    }
}

/// No values: they may be secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
