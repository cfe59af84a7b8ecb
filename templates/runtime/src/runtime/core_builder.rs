//! Builds a [`Core`]; the generated client builders are a thin coat around it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::base_url::{self, BaseUrl};
use super::core::Inner;
use super::security::Held;
use super::{
    Api, Context, Core, Credential, ErrorKind, Failure, RetryPolicy, Timer, Transport,
};

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Changes how a `reqwest::Client` is built.
#[cfg(feature = "reqwest")]
type Configure =
    dyn Fn(super::ReqwestClientBuilder) -> super::ReqwestClientBuilder + Send + Sync;

/// Builds a [`Core`]. The first thing that is wrong comes out of [`CoreBuilder::build`].
#[derive(Clone)]
pub struct CoreBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server_variables: Vec<(&'static str, String)>,
    credentials: Vec<Option<Held>>,
    headers: HeaderMap,
    user_agent: String,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    max_body_bytes: usize,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    configure: Option<Arc<Configure>>,
    timer: Option<Arc<dyn Timer>>,
    problem: Option<(ErrorKind, String)>,
}

impl CoreBuilder {
    /// Begins with the defaults.
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
            transport: None,
            #[cfg(feature = "reqwest")]
            configure: None,
            timer: None,
            problem: None,
        }
    }

    /// Begins with the credentials and the base address of the environment. None of the
    /// credentials being there is an error.
    pub fn from_env(api: &'static Api) -> Self {
        Self::from_variables(api, |name| std::env::var(name).ok())
    }

    pub(crate) fn from_variables(
        api: &'static Api,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut builder = Self::new(api);
        let mut missing = Vec::new();
        for scheme in api.schemes {
            let Some(env) = scheme.env else { continue };
            match variable(env) {
                Some(value) => builder.credential(scheme.name, Credential::from(value)),
                None => missing.push(env),
            }
        }
        if !missing.is_empty() && builder.credentials.iter().all(Option::is_none) {
            let names = missing.join(" or ");
            builder.refuse(
                ErrorKind::Credential,
                format!("set {names} in the environment"),
            );
        }
        if let Some(base) = api.base_url_env.and_then(variable) {
            builder.base_url(base);
        }
        builder
    }

    /// Sets the credential of a scheme.
    pub fn credential(&mut self, scheme: &str, credential: Credential) {
        let Some(index) = self.api.scheme_index(scheme) else {
            return self
                .refuse(ErrorKind::Build, format!("there is no scheme `{scheme}`"));
        };
        let scheme = &self.api.schemes[index];
        match Held::new(scheme.kind, credential) {
            Ok(held) => self.credentials[index] = Some(held),
            Err(problem) => {
                let problem = format!("the credential `{}` {problem}", scheme.setter);
                self.refuse(ErrorKind::Credential, problem);
            }
        }
    }

    /// Sets the base address.
    pub fn base_url(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(base_url.into());
    }

    /// Sets a variable of the API's own base address.
    pub fn server_variable(&mut self, name: &'static str, value: impl Into<String>) {
        self.server_variables.push((name, value.into()));
    }

    /// Sets the time that one attempt may take; none is no limit.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// Sets the time that all attempts of a call may take together.
    pub fn total_timeout(&mut self, timeout: Duration) {
        self.total_timeout = Some(timeout);
    }

    /// Sets the time that connecting may take.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Sets how often a request is sent again.
    pub fn retries(&mut self, retries: u32) {
        self.retry = self.retry.clone().retries(retries);
    }

    /// Sets how often a request is sent again, and after which pauses.
    pub fn retry_policy(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    /// Sets the largest answer that is read.
    pub fn max_body_bytes(&mut self, limit: usize) {
        self.max_body_bytes = limit;
    }

    /// Appends to the `User-Agent` header.
    pub fn user_agent(&mut self, product: &str) {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
    }

    /// Sets a header of every request. Its value shows in no log.
    pub fn header(&mut self, name: &str, value: &str) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            let problem = format!("`{}` is no header name", name.escape_debug());
            return self.refuse(ErrorKind::Build, problem);
        };
        let Ok(mut value) = HeaderValue::from_bytes(value.as_bytes()) else {
            let problem = format!("the header `{key}` holds a control character");
            return self.refuse(ErrorKind::Build, problem);
        };
        value.set_sensitive(true);
        self.headers.insert(key, value);
    }

    /// Sets what sends the requests.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Changes how the client's own transport is built.
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

    /// Sets the clock.
    pub fn timer(&mut self, timer: impl Timer) {
        self.timer = Some(Arc::new(timer));
    }

    /// Builds it, or says what is wrong.
    pub fn build(self) -> Result<Core, Failure> {
        let api = self.api;
        let fail =
            |kind, detail: String| Failure::new(kind, Context::new(api, None), detail);
        let wrong = |detail: String| fail(ErrorKind::Build, detail);
        if let Some((kind, detail)) = self.problem {
            return Err(fail(kind, detail));
        }
        let base_url_is_chosen = self.base_url.is_some();
        let base_url = match &self.base_url {
            Some(base_url) => base_url.clone(),
            None => base_url::default(api, &self.server_variables).map_err(wrong)?,
        };
        let base_url = base_url::check(&base_url).map_err(wrong)?;
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => self.default_transport(&base_url).map_err(wrong)?,
        };
        let mut headers = HeaderMap::new();
        if let Some(name) = api.version_header {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| wrong(format!("`{name}` is no header name")))?;
            headers.insert(name, HeaderValue::from_static(api.version));
        }
        let user_agent = HeaderValue::from_str(&self.user_agent)
            .map_err(|_| wrong("the user agent holds a control character".to_owned()))?;
        headers.insert(USER_AGENT, user_agent);
        headers.extend(self.headers);
        let timer = self.timer.or_else(default_timer).ok_or_else(|| {
            wrong(
                "without the feature `reqwest` there is no clock: set `timer`"
                    .to_owned(),
            )
        })?;
        Ok(Core::new(Inner {
            api,
            base_url,
            base_url_is_chosen,
            server_variables: self.server_variables,
            credentials: self.credentials,
            headers,
            timeout: self.timeout,
            total_timeout: self.total_timeout,
            retry: self.retry,
            max_body_bytes: self.max_body_bytes,
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
            Err(error) => Err(format!("no HTTP client: {error}")),
        }
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&self, _: &BaseUrl) -> Result<Arc<dyn Transport>, String> {
        let problem =
            "without the feature `reqwest` nothing sends requests: set `transport`";
        Err(problem.to_owned())
    }

    fn refuse(&mut self, kind: ErrorKind, problem: String) {
        self.problem.get_or_insert((kind, problem));
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

/// No credentials, no header values.
impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("api", &self.api.name)
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
