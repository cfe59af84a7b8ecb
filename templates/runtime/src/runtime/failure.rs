//! The one error of the runtime. [`Error`](super::Error) adds the type of the body.

mod shown;

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    BoxError, Content, Context, ErrorKind, Method, Payload, json, redact, retry,
    retry_after,
};

/// What went wrong, and all that is known about it.
///
/// Neither `Display` nor `Debug` shows a body, a header, a parameter or a credential; the
/// API's own error message they do show.
pub struct Failure {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    context: Context,
    detail: String,
    json_path: Option<String>,
    body: Option<Bytes>,
    /// What the body says, read when somebody asks.
    said: OnceLock<Said>,
    /// The request's id in the headers, without secrets.
    said_id: Option<String>,
    source: Option<BoxError>,
    /// The limit of all attempts together, where it ended the call.
    total: Option<Duration>,
}

/// What an error body says.
#[derive(Default)]
struct Said {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Failure {
    /// A failure of any kind, with words that say more.
    #[cold]
    pub fn new(kind: ErrorKind, context: Context, detail: impl Into<String>) -> Self {
        let inner = Inner {
            kind,
            context,
            detail: detail.into(),
            json_path: None,
            body: None,
            said: OnceLock::new(),
            said_id: None,
            source: None,
            total: None,
        };
        Self { inner: Box::new(inner) }
    }

    /// An answer that is not what the document says: what came is kept. `detail` must not
    /// quote any of it.
    #[cold]
    pub fn decode(context: Context, body: Bytes, detail: impl Into<String>) -> Self {
        let mut failure = Self::new(ErrorKind::Decode, context, detail.into());
        failure.inner.body = Some(body);
        failure
    }

    /// An answer that is not the JSON that the document says: what came is kept, and where
    /// it was not read.
    #[cold]
    pub fn decode_json(context: Context, body: Bytes, error: &json::Error) -> Self {
        let encoding =
            context.headers.get(CONTENT_ENCODING).filter(|_| error.is_syntax());
        let detail = match encoding.and_then(|value| value.to_str().ok()) {
            None | Some("identity") => error.message().to_owned(),
            Some(encoding) => {
                let encoding = redact::one_line(encoding);
                format!("it is encoded ({encoding}), which the transport did not undo")
            }
        };
        let mut failure = Self::decode(context, body, detail);
        failure.inner.json_path = error.path();
        failure
    }

    /// Adds what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    /// Adds the body that came.
    #[must_use]
    pub fn with_body(mut self, body: Bytes) -> Self {
        self.inner.body = Some(body);
        self
    }

    /// Adds that the limit of all attempts together ended the call, where there was one.
    #[must_use]
    pub(crate) fn at_total(mut self, total: Option<Duration>) -> Self {
        self.inner.total = total;
        self
    }

    /// The answer that a refusal is, for callers who judge the status themselves. Anything else
    /// stays a failure.
    pub(crate) fn into_answer(self) -> Result<Payload, Self> {
        let refused = matches!(self.kind(), ErrorKind::Status | ErrorKind::Redirect);
        // A body that broke off has words about it.
        let whole = refused && self.inner.detail.is_empty();
        match self.inner.body {
            Some(ref body) if whole => {
                let content = Content::Buffered(body.clone());
                Ok(Payload { context: self.inner.context, content })
            }
            _ => Err(self),
        }
    }

    pub(crate) fn context(&self) -> &Context {
        &self.inner.context
    }

    pub(crate) fn context_mut(&mut self) -> &mut Context {
        &mut self.inner.context
    }

    /// What went wrong, in one word.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The answer's status; none where there was no answer.
    pub fn status(&self) -> Option<u16> {
        self.inner.context.status.map(|status| status.as_u16())
    }

    /// The answer's headers; empty where there was no answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.context.headers
    }

    /// The answer's body, as it came.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.inner.body.as_ref()
    }

    /// The answer's body as JSON of a type; none where it is not that.
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.bytes()?).ok()
    }

    /// The API's code for the error.
    pub fn code(&self) -> Option<&str> {
        self.said().code.as_deref()
    }

    /// The API's message, without the call's own credentials and sensitive values where it
    /// repeats them.
    pub fn message(&self) -> Option<&str> {
        self.said().message.as_deref()
    }

    /// The request's id, by which the API's makers find it in their logs.
    pub fn request_id(&self) -> Option<&str> {
        let Inner { said_id, context, .. } = &*self.inner;
        let of_header = said_id.as_deref().or_else(|| context.request_id());
        of_header.or_else(|| self.said().request_id.as_deref())
    }

    /// Where in the answer's JSON decoding stopped: `$.data[0].status`.
    pub fn json_path(&self) -> Option<&str> {
        self.inner.json_path.as_deref()
    }

    /// How long the server asks to wait before the next attempt.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::retry_after(self.headers(), SystemTime::now())
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.inner.context.attempts
    }

    /// How long the call took, pauses between attempts included.
    pub fn elapsed(&self) -> Duration {
        self.inner.context.elapsed
    }

    /// The operation's id; empty where no operation was called.
    pub fn operation(&self) -> &'static str {
        self.inner.context.operation.map_or("", |operation| operation.id)
    }

    /// The operation's method.
    pub fn method(&self) -> Option<Method> {
        self.inner.context.operation.map(|operation| operation.method)
    }

    /// The operation's path template, without the call's values.
    pub fn path(&self) -> &'static str {
        self.inner.context.operation.map_or("", |operation| operation.path)
    }

    /// Whether time was up.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether `total_timeout` ended the call: its time was up, or would have been before the
    /// next attempt. [`Failure::kind`] is the last attempt's own.
    pub fn hit_total_timeout(&self) -> bool {
        self.inner.total.is_some()
    }

    /// Whether the connection could not be made, or not be secured.
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect | ErrorKind::Tls)
    }

    /// Whether the answer was not what the document says.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether sending it again may help and does no harm. The client has done so already,
    /// as often as its policy says.
    pub fn is_retryable(&self) -> bool {
        retry::worth_retrying(self)
    }

    fn said(&self) -> &Said {
        self.inner.said.get_or_init(|| {
            let body = self.inner.body.as_deref().unwrap_or_default();
            let Ok(body) = serde_json::from_slice::<Value>(body) else {
                return Said::default();
            };
            let fields = &self.inner.context.api.errors;
            Said {
                code: text_at(&body, fields.code),
                message: text_at(&body, fields.message),
                request_id: text_at(&body, fields.request_id),
            }
        })
    }

    /// Takes secrets out of what the API says: some repeat the key that they refuse.
    #[cold]
    pub(crate) fn without(mut self, secrets: &[String]) -> Self {
        let Inner { context, said_id, .. } = &mut *self.inner;
        *said_id = context.request_id().map(|id| redact::without(id, secrets));
        if self.inner.body.is_some() && !secrets.is_empty() {
            self.said();
        }
        if let Some(said) = self.inner.said.get_mut() {
            for text in [&mut said.code, &mut said.message, &mut said.request_id] {
                *text = text.take().map(|text| redact::without(&text, secrets));
            }
        }
        self
    }
}

/// The first text or number that a pointer leads to.
fn text_at(body: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.inner.source.as_ref()?;
        Some(&**source)
    }
}
