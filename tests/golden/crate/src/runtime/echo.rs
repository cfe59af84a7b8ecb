//! The secrets of a request, to be looked for in what the server says about it.

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::percent::encode;
use super::security::{Chosen, Rendered};
use super::{Base64, Request};

/// Shorter ones would be found everywhere.
const SHORTEST: usize = 4;

/// The texts by which a server may repeat what was sent to it: credentials, and the request's
/// sensitive values. The longest stand first, since they may hold shorter ones.
#[cold]
pub(crate) fn secrets(request: &Request, sent: &Chosen) -> Vec<String> {
    let core = &request.core;
    let mut texts = Vec::new();
    for credential in sent.rendered(core.api(), core.credentials()) {
        match credential {
            Rendered::Header(name, value) => header(&mut texts, name, value),
            Rendered::Query(pair) | Rendered::Cookie(pair) => {
                let encoded = pair.split_once('=').map_or("", |(_, value)| value);
                let plain = percent_encoding::percent_decode_str(encoded);
                texts.extend(plain.decode_utf8().map(|text| text.into_owned()));
                texts.push(encoded.to_owned());
            }
            Rendered::Nothing => {}
        }
    }
    for headers in [&request.headers, core.headers()] {
        if let Some(value) = headers.get(AUTHORIZATION) {
            header(&mut texts, &AUTHORIZATION, value);
        }
    }
    for value in &request.sensitive {
        texts.push(encode(value.expose_secret()));
        texts.push(value.expose_secret().to_owned());
    }
    texts.retain(|text| text.len() >= SHORTEST);
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

/// The secrets of a credential that travels in a header.
fn header(texts: &mut Vec<String>, name: &HeaderName, value: &HeaderValue) {
    let text = value.to_str().unwrap_or_default();
    match text.split_once(' ') {
        Some((scheme, secret)) if *name == AUTHORIZATION => {
            texts.extend(password(scheme, secret));
            texts.push(secret.to_owned());
        }
        _ => texts.push(text.to_owned()),
    }
}

/// The password of a Basic credential.
fn password(scheme: &str, encoded: &str) -> Option<String> {
    let pair = Base64::decode(encoded).ok().filter(|_| scheme == "Basic")?;
    let (_, password) = std::str::from_utf8(&pair.0).ok()?.split_once(':')?;
    Some(password.to_owned())
}
