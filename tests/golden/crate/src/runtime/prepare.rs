//! A filled request becomes HTTP: the address, the headers, the body.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::multipart::Form;
use super::request::RequestContent;
use super::security::Rendered;
use super::{Body, Failure, Request, RequestBody};

/// What a path template may hold that no address may.
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'#')
    .add(b'\\')
    .add(b'^');

/// A request without its credentials: what every attempt has in common.
pub(crate) struct Prepared {
    method: http::Method,
    url: String,
    query: String,
    cookies: String,
    headers: HeaderMap,
    body: Body,
}

impl Prepared {
    pub(crate) fn new(request: &Request) -> Result<Self, Failure> {
        request.check()?;
        let operation = request.operation;
        let base_url = request.base_url.as_deref();
        let mut url = base_url.unwrap_or(request.core.base_url()).to_owned();
        expand(&mut url, request).map_err(|problem| request.invalid(problem))?;
        let (body, media_type) = body(request)?;
        let mut headers = request.core.headers().clone();
        if !operation.accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(operation.accept));
        }
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        for (name, value) in &request.headers {
            headers.insert(name, value.clone());
        }
        Ok(Self {
            method: operation.method.into(),
            url,
            query: joined(&request.query, "&"),
            cookies: joined(&request.cookies, "; "),
            headers,
            body,
        })
    }

    /// The headers, which credentials do not replace.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether the body can be sent once more.
    pub(crate) fn can_go_again(&self) -> bool {
        self.body.again().is_some()
    }

    /// One attempt's request.
    pub(crate) fn attempt(
        &self,
        credentials: &[Rendered],
    ) -> Result<http::Request<Body>, String> {
        let body =
            self.body.again().ok_or("the body's stream has been read from already")?;
        let mut headers = self.headers.clone();
        let mut query = vec![self.query.clone()];
        let mut cookies = vec![self.cookies.clone()];
        for credential in credentials {
            match credential {
                Rendered::Header(name, value) => {
                    headers.entry(name).or_insert_with(|| value.clone());
                }
                Rendered::Query(text) => query.push(text.clone()),
                Rendered::Cookie(text) => cookies.push(text.clone()),
                Rendered::Nothing => {}
            }
        }
        let mut url = self.url.clone();
        let query = non_empty(query, "&");
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        let cookies = non_empty(cookies, "; ");
        if !cookies.is_empty() {
            let mut value =
                HeaderValue::from_str(&cookies).map_err(|_| "a cookie cannot travel")?;
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
        let uri: http::Uri =
            url.parse().map_err(|error| format!("the address: {error}"))?;
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

fn joined(parts: &[(&'static str, String)], separator: &str) -> String {
    non_empty(parts.iter().map(|(_, text)| text.clone()).collect(), separator)
}

fn non_empty(mut parts: Vec<String>, separator: &str) -> String {
    parts.retain(|part| !part.is_empty());
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => parts.join(separator),
    }
}

/// Appends the path, its parameters filled in. A segment that is empty, `.` or `..` would
/// reach another operation, so its parameter is refused.
fn expand(url: &mut String, request: &Request) -> Result<(), String> {
    for segment in request.operation.path.split('/').skip(1) {
        url.push('/');
        let start = url.len();
        let mut last = None;
        let mut rest = segment;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            url.extend(utf8_percent_encode(literal, TEMPLATE));
            let value = request.path.iter().find(|(key, _)| *key == name);
            let value = value.map_or("", |(_, value)| value);
            if value.is_empty() {
                return Err(format!("the path parameter `{name}` must not be empty"));
            }
            url.push_str(value);
            last = Some(name);
            rest = after;
        }
        url.extend(utf8_percent_encode(rest, TEMPLATE));
        if let Some(name) = last
            && matches!(&url[start..], "." | "..")
        {
            let segment = &url[start..];
            return Err(format!(
                "the path parameter `{name}` must not make the path `{segment}`"
            ));
        }
    }
    Ok(())
}

/// The body with its media type.
fn body(request: &Request) -> Result<(Body, Option<HeaderValue>), Failure> {
    let operation = request.operation;
    let media_type = match operation.body {
        RequestBody::None => return Ok((Body::empty(), None)),
        RequestBody::Json(media_type)
        | RequestBody::JsonFields(media_type)
        | RequestBody::Form(media_type)
        | RequestBody::Multipart(media_type)
        | RequestBody::Text(media_type)
        | RequestBody::Bytes(media_type) => media_type,
    };
    let body = match &request.content {
        RequestContent::Nothing => match operation.body {
            RequestBody::JsonFields(_) if operation.method.usually_has_body() => {
                Body::from(Bytes::from_static(b"{}"))
            }
            _ => return Ok((Body::empty(), None)),
        },
        RequestContent::Fields(fields) => Body::from(object(fields)),
        RequestContent::Form(fields) => Body::from(joined(fields, "&")),
        RequestContent::Parts(parts) => {
            let mut form = Form::new();
            for (name, parts) in parts {
                for part in parts {
                    form.part(*name, part.clone());
                }
            }
            let encoded = form
                .encode(media_type)
                .map_err(|error| request.invalid(error.to_string()))?;
            let media_type =
                HeaderValue::try_from(encoded.content_type).map_err(|_| {
                    request.invalid("the media type is no header".to_owned())
                })?;
            return Ok((encoded.body, Some(media_type)));
        }
        RequestContent::Ready(bytes) => Body::from(bytes.clone()),
        RequestContent::Given(body) => body.again().ok_or_else(|| {
            request.invalid("the body's stream was read from already".into())
        })?,
    };
    Ok((body, Some(HeaderValue::from_static(media_type))))
}

/// A JSON object of members that are JSON text already.
fn object(fields: &[(&'static str, String)]) -> String {
    let mut text = String::from("{");
    for (name, value) in fields {
        if text.len() > 1 {
            text.push(',');
        }
        // Names may hold quotes; JSON text of a string cannot fail.
        text.push_str(&serde_json::Value::from(*name).to_string());
        text.push(':');
        text.push_str(value);
    }
    text.push('}');
    text
}
