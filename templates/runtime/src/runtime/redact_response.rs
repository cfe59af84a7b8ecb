//! The secrets of a request, which servers may repeat in their responses.

use std::borrow::Cow;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL,
    CONTENT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
    IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, RANGE, USER_AGENT,
};
use secrecy::{ExposeSecret, SecretString};

use super::percent::encode;
use super::security::{EncodedCredential, SelectedCredentials};
use super::{Base64, Core, Request};

/// Shorter secrets would match by accident.
const MIN_LENGTH: usize = 4;

/// The headers of a caller that are known to contain no secret, and whose values are words that
/// error messages need.
const PUBLIC: [HeaderName; 12] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CACHE_CONTROL,
    CONTENT_LANGUAGE,
    CONTENT_TYPE,
    IF_MATCH,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
    IF_UNMODIFIED_SINCE,
    RANGE,
    USER_AGENT,
];

/// The secrets of a request that has been sent. Their texts are collected for errors only.
pub(crate) struct RequestSecrets {
    core: Core,
    credentials: SelectedCredentials,
    headers: HeaderMap,
    sensitive: Vec<SecretString>,
}

impl RequestSecrets {
    /// Moves the secrets out of a request.
    pub(crate) fn take(request: &mut Request, credentials: SelectedCredentials) -> Self {
        Self {
            core: request.core.clone(),
            credentials,
            headers: std::mem::take(&mut request.headers),
            sensitive: std::mem::take(&mut request.sensitive),
        }
    }

    // part: events
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
    // end of part

    /// The credentials, the caller's header values and the sensitive values, in each encoding in
    /// which a server may repeat them. Longer texts come first, since they may contain shorter
    /// ones.
    #[cold]
    pub(crate) fn texts(&self) -> Vec<String> {
        let core = &self.core;
        let mut texts = Vec::new();
        let sent = self.credentials.encoded(core.api(), core.credentials());
        for credential in sent.chain(self.credentials.earlier()) {
            match credential {
                EncodedCredential::Header(name, value) => {
                    push_header(&mut texts, name, value);
                }
                EncodedCredential::Query(pair) | EncodedCredential::Cookie(pair) => {
                    push_pair(&mut texts, pair);
                }
                EncodedCredential::None => {}
            }
        }
        for (name, value) in self.headers.iter().chain(core.headers()) {
            if value.is_sensitive() && !PUBLIC.contains(name) {
                push_header(&mut texts, name, value);
            }
        }
        for value in &self.sensitive {
            texts.push(encode(value.expose_secret()));
            texts.push(value.expose_secret().to_owned());
        }
        let escaped = texts.iter().filter_map(|text| escaped(text)).collect::<Vec<_>>();
        texts.extend(escaped);
        texts.retain(|text| text.len() >= MIN_LENGTH);
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts.dedup();
        texts
    }
}

/// The secrets of a header: its value, and the part after a scheme.
fn push_header(texts: &mut Vec<String>, name: &HeaderName, value: &HeaderValue) {
    let text = String::from_utf8_lossy(value.as_bytes());
    if *name == COOKIE {
        text.split("; ").for_each(|pair| push_pair(texts, pair));
    }
    if let Some((scheme, secret)) = text.split_once(' ') {
        texts.extend(password(scheme, secret));
        texts.push(secret.to_owned());
    }
    if *name != AUTHORIZATION || !text.contains(' ') {
        texts.push(text.into_owned());
    }
}

/// The value of an encoded `name=value` pair, as it is and decoded.
fn push_pair(texts: &mut Vec<String>, pair: &str) {
    let encoded = pair.split_once('=').map_or("", |(_, value)| value);
    let plain = percent_encoding::percent_decode_str(encoded).decode_utf8();
    texts.extend(plain.map(Cow::into_owned));
    texts.push(encoded.to_owned());
}

/// The password of a Basic credential.
fn password(scheme: &str, encoded: &str) -> Option<String> {
    let pair = Base64::decode(encoded).ok().filter(|_| scheme == "Basic")?;
    let (_, password) = std::str::from_utf8(&pair.0).ok()?.split_once(':')?;
    Some(password.to_owned())
}

/// A text as it is quoted in a JSON path, if that is another text.
fn escaped(text: &str) -> Option<String> {
    let escaped = text.escape_debug().to_string();
    (escaped != text).then_some(escaped)
}
