//! The secrets of a request, which servers may repeat in their responses.

use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::percent::encode;
use super::security::{EncodedCredential, SelectedCredentials};
use super::{Base64, Request};

/// Shorter secrets would match by accident.
const MIN_LENGTH: usize = 4;

/// The credentials and sensitive values of a request, in each encoding in which a server may
/// repeat them. Longer ones come first, since they may contain shorter ones.
#[cold]
pub(crate) fn request_secrets(
    request: &Request,
    sent: &SelectedCredentials,
) -> Vec<String> {
    let core = &request.core;
    let mut texts = Vec::new();
    for credential in sent.encoded(core.api(), core.credentials()) {
        match credential {
            EncodedCredential::Header(name, value) => {
                push_header(&mut texts, name, value)
            }
            EncodedCredential::Query(pair) | EncodedCredential::Cookie(pair) => {
                let encoded = pair.split_once('=').map_or("", |(_, value)| value);
                let plain = percent_encoding::percent_decode_str(encoded);
                texts.extend(plain.decode_utf8().map(|text| text.into_owned()));
                texts.push(encoded.to_owned());
            }
            EncodedCredential::None => {}
        }
    }
    for headers in [&request.headers, core.headers()] {
        if let Some(value) = headers.get(AUTHORIZATION) {
            push_header(&mut texts, &AUTHORIZATION, value);
        }
    }
    for value in &request.sensitive {
        texts.push(encode(value.expose_secret()));
        texts.push(value.expose_secret().to_owned());
    }
    texts.retain(|text| text.len() >= MIN_LENGTH);
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

/// The secrets of a credential in a header.
fn push_header(texts: &mut Vec<String>, name: &HeaderName, value: &HeaderValue) {
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
