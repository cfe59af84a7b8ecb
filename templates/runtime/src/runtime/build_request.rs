//! Builds the HTTP request: URL, headers and body.

use bytes::Bytes;
use http::Extensions;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::base_url::BaseUrl;
use super::multipart::Form;
use super::request::{PartList, RequestContent};
use super::security::EncodedCredential;
use super::{AnyError, Body, Request, RequestBody, RequestInfo};

/// The characters that a path template may contain and a URL may not.
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'#')
    .add(b'\\')
    .add(b'^');

/// The parts of a request that all attempts share.
pub(crate) struct Prepared {
    body: Body,
    media_type: Option<HeaderValue>,
}

/// The request of one attempt, before it is complete.
pub(crate) struct AttemptRequest<'a> {
    method: http::Method,
    base_url: &'a BaseUrl,
    path_and_query: String,
    has_query: bool,
    cookies: String,
    headers: HeaderMap,
    extensions: Extensions,
}

impl Prepared {
    pub(crate) fn new(request: &Request) -> Result<Self, AnyError> {
        request.check()?;
        let (body, media_type) = body(request)?;
        Ok(Self { body, media_type })
    }

    /// Whether the body can be sent again.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.try_clone().is_some()
    }

    /// The request of one attempt, without credentials.
    pub(crate) fn outgoing<'a>(
        &self,
        request: &'a Request,
        attempt: u32,
    ) -> Result<AttemptRequest<'a>, String> {
        let operation = request.operation;
        let base_url =
            request.base_url.as_deref().unwrap_or(request.core.parsed_base_url());
        let at = request.path_and_query.as_deref();
        let mut outgoing = AttemptRequest {
            method: operation.method.into(),
            base_url,
            has_query: at.is_some_and(|at| at.contains('?')),
            path_and_query: match at {
                Some(at) => at.to_owned(),
                None => request.expanded_path()?,
            },
            cookies: joined(&request.cookies, "; "),
            headers: self.headers(request)?,
            extensions: extensions(request, attempt),
        };
        if at.is_none() {
            for (_, text) in &request.query {
                outgoing.add_query(text);
            }
        }
        Ok(outgoing)
    }

    /// The path with the query, and the body, of a request that a test expects.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn target_and_body(
        request: &Request,
    ) -> Result<(String, Bytes), AnyError> {
        let prepared = Self::new(request)?;
        let outgoing = prepared.outgoing(request, 1);
        let outgoing = outgoing.map_err(|problem| request.invalid(problem))?;
        let body = prepared.body.as_bytes().cloned().unwrap_or_default();
        Ok((outgoing.path_and_query, body))
    }

    fn headers(&self, request: &Request) -> Result<HeaderMap, String> {
        let own = request.core.headers();
        // `Accept`, `Content-Type` and a credential.
        let mut headers =
            HeaderMap::with_capacity(own.len() + request.headers.len() + 3);
        for (name, value) in own {
            headers.append(name.clone(), value.clone());
        }
        let accept = request.operation.accept;
        if !accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        if let Some(media_type) = &self.media_type {
            headers.insert(CONTENT_TYPE, media_type.clone());
        }
        for (name, value) in &request.headers {
            headers.insert(name, value.clone());
        }
        request.core.propagation().add_to(&mut headers)?;
        Ok(headers)
    }

    /// The complete HTTP request.
    pub(crate) fn finish(
        &self,
        outgoing: AttemptRequest<'_>,
    ) -> Result<http::Request<Body>, String> {
        let body = self
            .body
            .try_clone()
            .ok_or("the body's stream has already been consumed")?;
        let AttemptRequest {
            method,
            base_url,
            path_and_query,
            cookies,
            mut headers,
            extensions,
            ..
        } = outgoing;
        let uri = base_url.with_path_and_query(path_and_query)?;
        if !cookies.is_empty() {
            let mut value = HeaderValue::try_from(cookies)
                .map_err(|_| "a cookie contains a control character")?;
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
        let mut request = http::Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        *request.extensions_mut() = extensions;
        Ok(request)
    }
}

impl AttemptRequest<'_> {
    /// The headers; credentials do not replace them.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn is_insecure(&self) -> bool {
        self.base_url.is_insecure()
    }

    /// Adds a credential.
    pub(crate) fn add(&mut self, credential: &EncodedCredential) {
        match credential {
            EncodedCredential::Header(name, value) => {
                if !self.headers.contains_key(name) {
                    self.headers.insert(name, value.clone());
                }
            }
            EncodedCredential::Query(text) if self.has_parameter(text) => {}
            EncodedCredential::Query(text) => self.add_query(text),
            EncodedCredential::Cookie(text) => add(&mut self.cookies, text, "; "),
            EncodedCredential::None => {}
        }
    }

    /// Whether the query has a parameter of this name: a link may repeat the credential.
    fn has_parameter(&self, pair: &str) -> bool {
        let name = pair.split('=').next().unwrap_or_default();
        let query = self.path_and_query.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|known| known.split('=').next() == Some(name))
    }

    fn add_query(&mut self, text: &str) {
        if !text.is_empty() {
            self.path_and_query.push(if self.has_query { '&' } else { '?' });
            self.path_and_query.push_str(text);
            self.has_query = true;
        }
    }
}

/// The caller's extensions, and a [`RequestInfo`] for transports that read it.
fn extensions(request: &Request, attempt: u32) -> Extensions {
    let mut extensions = request.extensions.as_deref().cloned().unwrap_or_default();
    let core = &request.core;
    if core.transport().reads_request_info() {
        let (api, operation) = (core.api(), request.operation);
        extensions.insert(RequestInfo { api, operation, attempt });
    }
    extensions
}

/// Joins the parts that are not empty.
fn joined(parts: &[(&'static str, String)], separator: &str) -> String {
    let mut text = String::new();
    for (_, part) in parts {
        add(&mut text, part, separator);
    }
    text
}

fn add(text: &mut String, part: &str, separator: &str) {
    if !part.is_empty() && !text.is_empty() {
        text.push_str(separator);
    }
    text.push_str(part);
}

/// An estimate of the length of path and query, so that the string is rarely reallocated.
fn estimated_length(base_url: &BaseUrl, request: &Request) -> usize {
    let names = request.path.iter().map(|(name, _)| name.len() + "{}".len());
    let template = request.operation.path.len().saturating_sub(names.sum());
    let values = request.path.iter().map(|(_, text)| text.len()).sum::<usize>();
    let query = request.query.iter().map(|(_, text)| text.len() + "&".len());
    base_url.path().len() + template + values + query.sum::<usize>()
}

impl Request {
    /// The path of the URL, with its parameters expanded.
    pub(crate) fn expanded_path(&self) -> Result<String, String> {
        let base_url = self.base_url.as_deref().unwrap_or(self.core.parsed_base_url());
        let mut path = String::with_capacity(estimated_length(base_url, self));
        path.push_str(base_url.path());
        expand_path(&mut path, self)?;
        Ok(path)
    }
}

/// Appends the path with its parameters expanded.
fn expand_path(path: &mut String, request: &Request) -> Result<(), String> {
    let mut rest = request.operation.path;
    let mut dots = false;
    while let Some((literal, name, after)) = next_parameter(rest) {
        path.extend(utf8_percent_encode(literal, TEMPLATE));
        let value = value_of(request, name);
        if value.is_empty() {
            return Err(empty_parameter(name));
        }
        // Only values of dots make a segment of dots.
        dots |= value.bytes().all(|byte| byte == b'.');
        path.push_str(value);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, TEMPLATE));
    if dots { refuse_dots(request) } else { Ok(()) }
}

#[cold]
fn empty_parameter(name: &str) -> String {
    format!("the path parameter `{name}` must not be empty")
}

/// Refuses parameters that expand to a segment `.` or `..`, which would address another operation.
#[cold]
fn refuse_dots(request: &Request) -> Result<(), String> {
    for segment in request.operation.path.split('/') {
        let (mut expanded, mut last, mut rest) = (String::new(), None, segment);
        while let Some((literal, name, after)) = next_parameter(rest) {
            expanded = expanded + literal + value_of(request, name);
            (last, rest) = (Some(name), after);
        }
        expanded.push_str(rest);
        if let (Some(name), "." | "..") = (last, expanded.as_str()) {
            return Err(format!(
                "the path parameter `{name}` must not produce the path segment `{expanded}`"
            ));
        }
    }
    Ok(())
}

/// The text before the first parameter, the parameter's name, and the text after it.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}

fn value_of<'a>(request: &'a Request, name: &str) -> &'a str {
    let value = request.path.iter().find(|(key, _)| *key == name);
    value.map_or("", |(_, value)| value)
}

/// The body and its media type.
fn body(request: &Request) -> Result<(Body, Option<HeaderValue>), AnyError> {
    let operation = request.operation;
    let Some(media_type) = request.body.media_type() else {
        return Ok((Body::empty(), None));
    };
    if request.body != operation.body {
        return other_encoding(request, media_type);
    }
    let body = match &request.content {
        RequestContent::Empty => match operation.body {
            RequestBody::JsonFields(_) if operation.method.usually_has_body() => {
                Body::from(Bytes::from_static(b"{}"))
            }
            _ => return Ok((Body::empty(), None)),
        },
        RequestContent::Fields(fields) => Body::from(object(fields)),
        RequestContent::Form(fields) => Body::from(joined(fields, "&")),
        RequestContent::Parts(parts) => return multipart(request, parts, media_type),
        RequestContent::Bytes(bytes) => Body::from(bytes.clone()),
        RequestContent::Body(body) => body.try_clone().ok_or_else(|| {
            request.invalid("the body's stream has already been consumed".into())
        })?,
    };
    Ok((body, Some(HeaderValue::from_static(media_type))))
}

/// The JSON body as a form, or as parts.
#[cold]
fn other_encoding(
    request: &Request,
    media_type: &'static str,
) -> Result<(Body, Option<HeaderValue>), AnyError> {
    if matches!(request.content, RequestContent::Empty) {
        return Ok((Body::empty(), None));
    }
    if let RequestBody::Multipart(_) = request.body {
        let parts = request.json_as_parts().map_err(|error| request.invalid(error))?;
        return multipart(request, &parts, media_type);
    }
    let form = request.json_as_form().map_err(|error| request.invalid(error))?;
    Ok((Body::from(form), Some(HeaderValue::from_static(media_type))))
}

/// Encodes a multipart body; the media type contains the boundary.
#[inline(never)]
fn multipart(
    request: &Request,
    parts: &PartList,
    media_type: &str,
) -> Result<(Body, Option<HeaderValue>), AnyError> {
    let mut form = Form::new();
    for (name, parts) in &parts.named {
        for part in parts {
            form.part(*name, part.clone());
        }
    }
    for (name, part) in &parts.others {
        match name {
            Some(name) => form.part(name.as_str(), part.clone()),
            None => form.unnamed(part.clone()),
        };
    }
    let encoded =
        form.encode(media_type).map_err(|error| request.invalid(error.to_string()))?;
    let media_type = HeaderValue::try_from(encoded.content_type).map_err(|_| {
        request.invalid("the media type is not a valid header value".to_owned())
    })?;
    Ok((encoded.body, Some(media_type)))
}

/// A JSON object of properties whose values are already JSON text.
#[inline(never)]
fn object(fields: &[(&'static str, String)]) -> String {
    let mut text = String::from("{");
    for (name, value) in fields {
        if text.len() > 1 {
            text.push(',');
        }
        // Names may contain quotes; a string always has a JSON text.
        text.push_str(&serde_json::Value::from(*name).to_string());
        text.push(':');
        text.push_str(value);
    }
    text.push('}');
    text
}
