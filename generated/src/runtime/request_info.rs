use super::{Api, Operation};

/// The operation and the attempt of an HTTP request, for transports that measure, record or limit
/// requests. It is in the request's extensions:
///
/// ```
/// use session_sdk::runtime::{Body, RequestInfo};
///
/// fn label(request: &http::Request<Body>) -> String {
///     match request.extensions().get::<RequestInfo>() {
///         Some(info) => format!("{} {}, attempt {}", info.method(), info.path(), info.attempt()),
///         None => "unknown".to_owned(),
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RequestInfo {
    pub(crate) api: &'static Api,
    pub(crate) operation: &'static Operation,
    pub(crate) attempt: u32,
}

impl RequestInfo {
    /// The name of the API's module: `clerk`.
    pub fn api(&self) -> &'static str {
        self.api.name
    }

    /// The operation's id in the document; empty for requests of `Client::request`.
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The operation's method.
    pub fn method(&self) -> http::Method {
        self.operation.method.into()
    }

    /// The operation's path template, without values: `/sessions/{session_id}`.
    pub fn path(&self) -> &'static str {
        self.operation.path
    }

    /// The number of this attempt; the first one is 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}
