//! Selects and encodes the credentials of a request.

use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::credential::Fresh;
use super::percent::encode;
use super::{
    AnyError, Api, Base64, Credential, ErrorKind, Operation, Request, Scheme, SchemeKind,
};

/// A credential as it is sent.
#[derive(Clone)]
pub(crate) enum EncodedCredential {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    /// `name=value`, encoded.
    Cookie(String),
    /// A client certificate, which the transport presents.
    None,
}

/// A credential of a client: fixed ones are encoded once.
#[derive(Clone)]
pub(crate) enum StoredCredential {
    Fixed(EncodedCredential),
    Provider(Credential),
}

impl StoredCredential {
    /// Checks a credential; the error message does not contain it.
    pub(crate) fn new(
        kind: SchemeKind,
        credential: Credential,
    ) -> Result<Self, &'static str> {
        match credential.fixed()? {
            Some(secret) => encode_credential(kind, secret).map(Self::Fixed),
            None => Ok(Self::Provider(credential)),
        }
    }
}

/// Encodes a credential for its security scheme.
pub(crate) fn encode_credential(
    kind: SchemeKind,
    secret: &str,
) -> Result<EncodedCredential, &'static str> {
    if secret.is_empty() {
        return Err("is empty");
    }
    if secret.chars().any(|c| c.is_ascii_control()) {
        return Err("contains a line break or another control character");
    }
    let has_whitespace = match kind {
        // RFC 6750, section 2.1.
        SchemeKind::Bearer => secret.contains(char::is_whitespace),
        // The password of a Basic credential may begin or end with a space.
        SchemeKind::Basic => false,
        _ => secret.trim() != secret,
    };
    if has_whitespace {
        return Err("contains whitespace that cannot be part of it");
    }
    let header = |name: HeaderName, text: &str| {
        let error = "contains a character that is not allowed in a header";
        let ascii = Some(text).filter(|text| text.is_ascii()).ok_or(error)?;
        let mut value = HeaderValue::from_str(ascii).map_err(|_| error)?;
        value.set_sensitive(true);
        Ok(EncodedCredential::Header(name, value))
    };
    match kind {
        SchemeKind::Bearer => header(AUTHORIZATION, &format!("Bearer {secret}")),
        SchemeKind::Basic if !secret.contains(':') => {
            Err("has no colon between user name and password: use `Credential::basic`")
        }
        SchemeKind::Basic => {
            let encoded = Base64::from(secret.as_bytes().to_vec()).encode();
            header(AUTHORIZATION, &format!("Basic {encoded}"))
        }
        SchemeKind::Http(scheme) => header(AUTHORIZATION, &format!("{scheme} {secret}")),
        SchemeKind::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| "belongs to a header whose name is not valid")?;
            header(name, secret)
        }
        SchemeKind::Query(name) => {
            Ok(EncodedCredential::Query(format!("{}={}", encode(name), encode(secret))))
        }
        SchemeKind::Cookie(name) => {
            Ok(EncodedCredential::Cookie(format!("{name}={}", encode(secret))))
        }
        SchemeKind::MutualTls => Ok(EncodedCredential::None),
    }
}

/// Checks that a credential is of the kind that its setter takes. The error message names the
/// right setter, and does not contain the credential.
pub(crate) fn check_kind(api: &Api, index: usize, secret: &str) -> Result<(), String> {
    let Some(scheme) = api.schemes.get(index) else { return Ok(()) };
    let rejected = scheme.rejects.iter().find(|(prefix, _)| secret.starts_with(prefix));
    if let Some((_, name)) = rejected {
        return Err(format!("is a {name}"));
    }
    let longest = |scheme: &Scheme| {
        let prefixes =
            scheme.prefixes.iter().filter(|prefix| secret.starts_with(**prefix));
        prefixes.map(|prefix| prefix.len()).max().unwrap_or(0)
    };
    let best = api.schemes.iter().max_by_key(|scheme| longest(scheme));
    match best.filter(|best| longest(best) > longest(scheme)) {
        Some(best) => Err(format!("belongs to the setter `{}`", best.setter)),
        None => Ok(()),
    }
}

/// Selects the first security requirement whose credentials are all available; requirements
/// with schemes take precedence over the empty one. `None` if there is no such requirement.
pub(crate) fn select(
    api: &Api,
    security: &'static [&'static [&'static str]],
    has: impl Fn(usize) -> bool,
) -> Option<&'static [&'static str]> {
    let complete =
        |set: &[&str]| set.iter().all(|name| api.scheme_index(name).is_some_and(&has));
    let mut nonempty = security.iter().filter(|set| !set.is_empty());
    let optional = security.is_empty() || security.iter().any(|set| set.is_empty());
    nonempty.find(|set| complete(set)).copied().or(optional.then_some(&[]))
}

/// The credentials of a call's last attempt. Fixed ones are borrowed from the client.
#[derive(Default)]
pub(crate) struct SelectedCredentials {
    schemes: &'static [&'static str],
    /// The credentials of providers.
    provided: Vec<ProvidedCredential>,
    /// Those of earlier attempts of the call, which a later response may repeat.
    earlier: Vec<EncodedCredential>,
}

/// A provider's credential, as it is sent in one attempt.
struct ProvidedCredential {
    /// The index of its scheme.
    index: usize,
    encoded: EncodedCredential,
    version: u64,
}

impl SelectedCredentials {
    /// Selects the credentials of an attempt. Providers have yet to be called.
    pub(crate) fn select(
        &mut self,
        request: &Request,
        headers: &HeaderMap,
    ) -> Result<(), AnyError> {
        self.earlier.extend(self.provided.drain(..).map(|it| it.encoded));
        self.schemes = select_for(request, headers)?;
        Ok(())
    }

    /// The credentials of providers that earlier attempts sent.
    pub(crate) fn earlier(&self) -> &[EncodedCredential] {
        &self.earlier
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.schemes.is_empty()
    }

    /// The encoded credentials. A header that the caller set takes precedence over them.
    pub(crate) fn encoded<'a>(
        &'a self,
        api: &'a Api,
        stored: &'a [Option<StoredCredential>],
    ) -> impl Iterator<Item = &'a EncodedCredential> {
        let indices = self.schemes.iter().filter_map(|name| api.scheme_index(name));
        indices.filter_map(|index| match stored.get(index)? {
            Some(StoredCredential::Fixed(fixed)) => Some(fixed),
            _ => self.provided.iter().find(|it| it.index == index).map(|it| &it.encoded),
        })
    }

    /// Whether a provider has to be called.
    pub(crate) fn need_provider(
        &self,
        api: &Api,
        stored: &[Option<StoredCredential>],
        headers: &HeaderMap,
    ) -> bool {
        // Most clients have fixed credentials only; their schemes need no lookup.
        let is_provider = |credential: &Option<StoredCredential>| {
            matches!(credential, Some(StoredCredential::Provider(_)))
        };
        stored.iter().any(is_provider)
            && self.providers(api, stored, headers).next().is_some()
    }

    /// Calls the credential providers.
    pub(crate) async fn call_providers(
        &mut self,
        request: &Request,
        headers: &HeaderMap,
    ) -> Result<(), AnyError> {
        let (api, stored) = (request.core.api(), request.core.credentials());
        let mut provided = Vec::new();
        for (index, provider) in self.providers(api, stored, headers) {
            let scheme = &api.schemes[index];
            let Fresh { secret, version } = provider.get().await.map_err(|error| {
                let message =
                    format!("the credential provider of `{}` failed", scheme.setter);
                credential_error(request, message).with_source(error)
            })?;
            let secret = secret.expose_secret();
            let encoded = check_kind(api, index, secret)
                .and_then(|()| Ok(encode_credential(scheme.kind, secret)?))
                .map_err(|error| {
                    let setter = scheme.setter;
                    let message =
                        format!("the credential of the provider of `{setter}` {error}");
                    credential_error(request, message)
                })?;
            provided.push(ProvidedCredential { index, encoded, version });
        }
        self.provided = provided;
        Ok(())
    }

    /// Records that the API rejected the credentials. Returns whether a provider may have others.
    pub(crate) fn reject(&self, stored: &[Option<StoredCredential>]) -> bool {
        for ProvidedCredential { index, version, .. } in &self.provided {
            if let Some(Some(StoredCredential::Provider(provider))) = stored.get(*index)
            {
                provider.reject(*version);
            }
        }
        !self.provided.is_empty()
    }

    /// The providers to call, by the scheme's index; not those whose header the caller set.
    fn providers<'a>(
        &self,
        api: &'a Api,
        stored: &'a [Option<StoredCredential>],
        headers: &'a HeaderMap,
    ) -> impl Iterator<Item = (usize, &'a Credential)> + use<'a> {
        let indices = self.schemes.iter().filter_map(|name| api.scheme_index(name));
        indices.filter_map(move |index| match stored.get(index)? {
            Some(StoredCredential::Provider(provider))
                if !is_supplied(api.schemes[index].kind, headers) =>
            {
                Some((index, provider))
            }
            _ => None,
        })
    }
}

/// The schemes of one attempt.
fn select_for(
    request: &Request,
    headers: &HeaderMap,
) -> Result<&'static [&'static str], AnyError> {
    let (api, operation) = (request.core.api(), request.operation);
    let stored = request.core.credentials();
    let has = |index: usize| {
        stored.get(index).is_some_and(Option::is_some)
            || is_supplied(api.schemes[index].kind, headers)
    };
    select(api, operation.security, has)
        .ok_or_else(|| credential_error(request, missing(api, operation)))
}

#[cold]
fn credential_error(request: &Request, message: String) -> AnyError {
    AnyError::new(ErrorKind::Credential, request.context(), message)
}

/// Whether a scheme needs no credential of the client: the caller set its header, or the
/// transport presents a certificate.
fn is_supplied(kind: SchemeKind, headers: &HeaderMap) -> bool {
    match kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Http(_) => {
            headers.contains_key(AUTHORIZATION)
        }
        SchemeKind::Header(name) => headers.contains_key(name),
        SchemeKind::Query(_) | SchemeKind::Cookie(_) => false,
        SchemeKind::MutualTls => true,
    }
}

/// The message that lists the setters and environment variables of the requirements.
#[cold]
pub(crate) fn missing(api: &Api, operation: &Operation) -> String {
    let name_scheme = |name: &&str| match api.scheme_index(name) {
        None => format!("`{name}`"),
        Some(index) => {
            let scheme = &api.schemes[index];
            match scheme.env {
                Some(env) => format!("`{}` (or {env} for `from_env`)", scheme.setter),
                None => format!("`{}`", scheme.setter),
            }
        }
    };
    let sets: Vec<String> = operation
        .security
        .iter()
        .map(|set| set.iter().map(name_scheme).collect::<Vec<_>>().join(" and "))
        .collect();
    format!("set {} on the client's builder", sets.join(", or "))
}
