//! Builds a [`Core`]; the generated client builders wrap it.

mod environment;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use tokio::sync::Semaphore;

use super::base_url::{self, BaseUrl};
use super::core::Inner;
use super::framing::framing_error;
use super::propagation::Propagation;
use super::security::{self, StoredCredential};
use super::{
    AnyError, Api, Context, Core, Credential, ErrorKind, RetryPolicy, Timer, Transport,
};

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;
const MAX_PAGES: usize = 100_000;
const EVENT_TIMEOUT: Duration = Duration::from_secs(600);

/// Configures a `reqwest::Client`.
#[cfg(feature = "reqwest")]
type Configure =
    dyn Fn(super::ReqwestClientBuilder) -> super::ReqwestClientBuilder + Send + Sync;

/// Builds a [`Core`]. [`CoreBuilder::build`] reports the first error.
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server_variables: Vec<(&'static str, String)>,
    credentials: Vec<Option<StoredCredential>>,
    headers: HeaderMap,
    user_agent: String,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    max_body_bytes: usize,
    max_concurrent_requests: Option<usize>,
    max_pages: usize,
    event_timeout: Duration,
    allow_insecure_http: bool,
    propagation: Propagation,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    configure: Option<Arc<Configure>>,
    timer: Option<Arc<dyn Timer>>,
    error: Option<(ErrorKind, String)>,
}

impl CoreBuilder {
    /// Creates a builder with the default settings.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server_variables: Vec::new(),
            credentials: vec![None; api.schemes.len()],
            headers: HeaderMap::new(),
            user_agent: api.user_agent.to_owned(),
            timeout: Some(TIMEOUT),
            total_timeout: None,
            connect_timeout: CONNECT_TIMEOUT,
            retry: RetryPolicy::new(),
            max_body_bytes: MAX_BODY_BYTES,
            max_concurrent_requests: None,
            max_pages: MAX_PAGES,
            event_timeout: EVENT_TIMEOUT,
            allow_insecure_http: false,
            propagation: Propagation::default(),
            transport: None,
            #[cfg(feature = "reqwest")]
            configure: None,
            timer: None,
            error: None,
        }
    }

    /// Sets the credential of a scheme.
    pub fn credential(&mut self, scheme: &str, credential: Credential) {
        let Some(index) = self.api.scheme_index(scheme) else {
            return self.record_error(
                ErrorKind::Build,
                format!("the API has no security scheme `{scheme}`"),
            );
        };
        let scheme = &self.api.schemes[index];
        let stored = credential.fixed().map_err(str::to_owned).and_then(|fixed| {
            fixed.map_or(Ok(()), |secret| security::check_kind(self.api, index, secret))
        });
        let stored =
            stored.and_then(|()| Ok(StoredCredential::new(scheme.kind, credential)?));
        match stored {
            Ok(stored) => self.credentials[index] = Some(stored),
            Err(error) => {
                let message = format!("the credential `{}` {error}", scheme.setter);
                self.record_error(ErrorKind::Credential, message);
            }
        }
    }

    /// Sets the base URL.
    pub fn base_url(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(base_url.into());
    }

    /// Sets a variable of the API's server URLs.
    pub fn server_variable(&mut self, name: &'static str, value: impl Into<String>) {
        self.server_variables.push((name, value.into()));
    }

    /// Sets the timeout of one attempt; `None` removes it.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// Sets the timeout of a whole call, all attempts included.
    pub fn total_timeout(&mut self, timeout: Duration) {
        self.total_timeout = Some(timeout);
    }

    /// Sets the timeout for connecting.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Sets the maximum number of retries.
    pub fn retries(&mut self, retries: u32) {
        self.retry = self.retry.clone().retries(retries);
    }

    /// Sets the number of retries and the delays between them.
    pub fn retry_policy(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    /// Sets the maximum size of a response body.
    pub fn max_body_bytes(&mut self, limit: usize) {
        self.max_body_bytes = limit;
    }

    /// Sets the maximum number of requests at the same time.
    pub fn max_concurrent_requests(&mut self, limit: usize) {
        self.max_concurrent_requests = Some(limit);
    }

    /// Sets the maximum number of pages of a list.
    pub fn max_pages(&mut self, limit: usize) {
        self.max_pages = limit;
    }

    /// Sets the maximum time between two events of a stream.
    pub fn event_timeout(&mut self, timeout: Duration) {
        self.event_timeout = timeout;
    }

    /// Allows credentials to be sent over plain `http` to hosts other than this machine.
    pub fn allow_insecure_http(&mut self) {
        self.allow_insecure_http = true;
    }

    /// Appends to the `User-Agent` header.
    pub fn user_agent(&mut self, product: &str) {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
    }

    /// Sets a header of every request. Its value is marked as sensitive.
    pub fn header(&mut self, name: &str, value: &str) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            let problem =
                format!("`{}` is not a valid header name", name.escape_debug());
            return self.record_error(ErrorKind::Build, problem);
        };
        let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) else {
            let problem =
                format!("the value of header `{name}` contains a control character");
            return self.record_error(ErrorKind::Build, problem);
        };
        if let Some(message) = framing_error(&key) {
            return self.record_error(ErrorKind::Build, message);
        }
        value.set_sensitive(true);
        self.headers.insert(key, value);
    }

    /// Sets the function that adds the headers of the current trace to each attempt.
    pub fn propagate(&mut self, add: impl Fn(&mut HeaderMap) + Send + Sync + 'static) {
        self.propagation = Propagation::new(add);
    }

    /// Sets the transport.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Configures the default transport.
    #[cfg(feature = "reqwest")]
    pub fn reqwest<F>(&mut self, configure: F)
    where
        F: Fn(super::ReqwestClientBuilder) -> super::ReqwestClientBuilder
            + Send
            + Sync
            + 'static,
    {
        self.configure = Some(Arc::new(configure));
    }

    /// Sets the timer.
    pub fn timer(&mut self, timer: impl Timer) {
        self.timer = Some(Arc::new(timer));
    }

    /// Builds the core, or returns the first error of the configuration.
    pub fn build(self) -> Result<Core, AnyError> {
        let api = self.api;
        let error = |kind, message: String| {
            AnyError::new(kind, Context::new(api, None), message)
        };
        let build_error = |message: String| error(ErrorKind::Build, message);
        if let Some((kind, message)) = self.error {
            return Err(error(kind, message));
        }
        let base_url_is_set = self.base_url.is_some();
        let base_url = match &self.base_url {
            Some(base_url) => base_url::check(base_url),
            None => base_url::default(api, &self.server_variables),
        };
        let base_url = base_url.map_err(build_error)?;
        let has_credential = self.credentials.iter().any(Option::is_some);
        if has_credential && base_url.is_insecure() && !self.allow_insecure_http {
            return Err(build_error(base_url::INSECURE.to_owned()));
        }
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => self.default_transport(&base_url).map_err(build_error)?,
        };
        let mut headers = HeaderMap::new();
        if let Some(name) = api.version_header {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                build_error(format!("`{name}` is not a valid header name"))
            })?;
            headers.insert(name, HeaderValue::from_static(api.version));
        }
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| {
            build_error("the user agent contains a control character".to_owned())
        })?;
        headers.insert(USER_AGENT, user_agent);
        headers.extend(self.headers);
        let timer = self.timer.or_else(default_timer).ok_or_else(|| {
            build_error(
                "no timer: set `timer` or enable the feature `reqwest`".to_owned(),
            )
        })?;
        Ok(Core::new(Inner {
            api,
            base_url,
            base_url_is_set,
            server_variables: self.server_variables,
            credentials: self.credentials,
            headers,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            max_body_bytes: self.max_body_bytes,
            request_limit: self.max_concurrent_requests.map(|limit| {
                Arc::new(Semaphore::new(limit.clamp(1, Semaphore::MAX_PERMITS)))
            }),
            max_pages: self.max_pages,
            event_timeout: self.event_timeout,
            allow_insecure_http: self.allow_insecure_http,
            propagation: self.propagation,
            transport,
            timer,
        }))
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(
        &self,
        base_url: &BaseUrl,
    ) -> Result<Arc<dyn Transport>, String> {
        let secure = base_url.is_https();
        let configure = self.configure.clone();
        let made = super::ReqwestTransport::configured(
            self.connect_timeout,
            secure,
            move |builder| match &configure {
                Some(configure) => configure(builder),
                None => builder,
            },
        );
        match made {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(format!("the HTTP client cannot be created: {error}")),
        }
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&self, _: &BaseUrl) -> Result<Arc<dyn Transport>, String> {
        let problem = "no transport: set `transport` or enable the feature `reqwest`";
        Err(problem.to_owned())
    }

    fn record_error(&mut self, kind: ErrorKind, message: String) {
        self.error.get_or_insert((kind, message));
    }
}

#[cfg(feature = "tokio")]
fn default_timer() -> Option<Arc<dyn Timer>> {
    Some(Arc::new(super::TokioTimer))
}

#[cfg(not(feature = "tokio"))]
fn default_timer() -> Option<Arc<dyn Timer>> {
    None
}

/// Omits credentials and header values.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An invalid base URL may contain a password.
        let base_url =
            self.base_url.as_deref().and_then(|url| base_url::check(url).ok());
        f.debug_struct("CoreBuilder")
            .field("api", &self.api.name)
            .field("base_url", &base_url.as_ref().map(BaseUrl::as_str))
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
