//! The secrets of a request, to be looked for in what the server says about it.

use http::header::AUTHORIZATION;

use super::Base64;
use super::security::Rendered;

/// Shorter ones would be found in words.
const SHORTEST: usize = 8;

/// The texts by which a server may repeat the credentials that were sent.
pub(crate) fn secrets(sent: &[Rendered]) -> Vec<String> {
    let mut texts = Vec::new();
    for credential in sent {
        match credential {
            Rendered::Header(name, value) => {
                let text = value.to_str().unwrap_or_default();
                match text.split_once(' ') {
                    Some((scheme, secret)) if *name == AUTHORIZATION => {
                        texts.extend(password(scheme, secret));
                        texts.push(secret.to_owned());
                    }
                    _ => texts.push(text.to_owned()),
                }
            }
            Rendered::Query(pair) | Rendered::Cookie(pair) => {
                let encoded = pair.split_once('=').map_or("", |(_, value)| value);
                let plain = percent_encoding::percent_decode_str(encoded);
                texts.extend(plain.decode_utf8().map(|text| text.into_owned()));
                texts.push(encoded.to_owned());
            }
            Rendered::Nothing => {}
        }
    }
    texts.retain(|text| text.len() >= SHORTEST);
    texts
}

/// The password of a Basic credential.
fn password(scheme: &str, encoded: &str) -> Option<String> {
    let pair = Base64::decode(encoded).ok().filter(|_| scheme == "Basic")?;
    let (_, password) = std::str::from_utf8(&pair.0).ok()?.split_once(':')?;
    Some(password.to_owned())
}
