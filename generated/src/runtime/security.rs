//! Which credentials a request gets, and how they travel.

use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::percent::encode;
use super::{
    Api, Base64, Context, Credential, ErrorKind, Failure, Operation, Request, SchemeKind,
};

/// A credential as it travels.
#[derive(Clone)]
pub(crate) enum Rendered {
    Header(HeaderName, HeaderValue),
    /// `name=value`, encoded.
    Query(String),
    /// `name=value`, encoded.
    Cookie(String),
    Nothing,
}

/// A credential that the client holds: fixed ones are rendered once.
#[derive(Clone)]
pub(crate) enum Held {
    Fixed(Rendered),
    Provider(Credential),
}

impl Held {
    /// Checks a credential; the error says what is wrong with it, without showing it.
    pub(crate) fn new(
        kind: SchemeKind,
        credential: Credential,
    ) -> Result<Self, &'static str> {
        match credential.fixed()? {
            Some(secret) => render(kind, secret).map(Self::Fixed),
            None => Ok(Self::Provider(credential)),
        }
    }
}

/// Turns a credential into what travels.
pub(crate) fn render(kind: SchemeKind, secret: &str) -> Result<Rendered, &'static str> {
    if secret.is_empty() {
        return Err("is empty");
    }
    if secret.chars().any(|c| c.is_ascii_control()) {
        return Err("holds a line break or another control character");
    }
    let header = |name: HeaderName, text: &str| {
        let unfit = "holds a character that no header may carry";
        let fit = Some(text).filter(|text| text.is_ascii()).ok_or(unfit)?;
        let mut value = HeaderValue::from_str(fit).map_err(|_| unfit)?;
        value.set_sensitive(true);
        Ok(Rendered::Header(name, value))
    };
    match kind {
        SchemeKind::Bearer => header(AUTHORIZATION, &format!("Bearer {secret}")),
        SchemeKind::Basic if !secret.contains(':') => Err(
            "lacks the colon between user name and password: use `Credential::basic`",
        ),
        SchemeKind::Basic => {
            let encoded = Base64::from(secret.as_bytes().to_vec()).encode();
            header(AUTHORIZATION, &format!("Basic {encoded}"))
        }
        SchemeKind::Http(scheme) => header(AUTHORIZATION, &format!("{scheme} {secret}")),
        SchemeKind::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| "belongs in a header whose name is none")?;
            header(name, secret)
        }
        SchemeKind::Query(name) => {
            Ok(Rendered::Query(format!("{}={}", encode(name), encode(secret))))
        }
        SchemeKind::Cookie(name) => {
            Ok(Rendered::Cookie(format!("{name}={}", encode(secret))))
        }
        SchemeKind::MutualTls => Ok(Rendered::Nothing),
    }
}

/// Picks the first set of schemes that the client has all credentials for; one that asks
/// for something before one that asks for nothing. None: there is no such set.
pub(crate) fn choose(
    api: &Api,
    security: &'static [&'static [&'static str]],
    has: impl Fn(usize) -> bool,
) -> Option<&'static [&'static str]> {
    let complete =
        |set: &[&str]| set.iter().all(|name| api.scheme_index(name).is_some_and(&has));
    let mut asking = security.iter().filter(|set| !set.is_empty());
    let open = security.is_empty() || security.iter().any(|set| set.is_empty());
    asking.find(|set| complete(set)).copied().or(open.then_some(&[]))
}

/// The credentials of one attempt. Fixed ones stay where the client holds them.
#[derive(Default)]
pub(crate) struct Chosen {
    schemes: &'static [&'static str],
    /// What providers gave, by the scheme's place.
    fresh: Vec<(usize, Rendered)>,
}

impl Chosen {
    /// The credentials as they travel. One whose header the caller has set gives way to that.
    pub(crate) fn rendered<'a>(
        &'a self,
        api: &'a Api,
        held: &'a [Option<Held>],
    ) -> impl Iterator<Item = &'a Rendered> {
        let places = self.schemes.iter().filter_map(|name| api.scheme_index(name));
        places.filter_map(|index| match held.get(index)? {
            Some(Held::Fixed(fixed)) => Some(fixed),
            _ => self.fresh.iter().find(|(at, _)| *at == index).map(|(_, it)| it),
        })
    }

    /// Whether one of them is known to its provider only.
    pub(crate) fn asks(
        &self,
        api: &Api,
        held: &[Option<Held>],
        headers: &HeaderMap,
    ) -> bool {
        // Most clients hold fixed ones, for which no name has to be looked up.
        let provider = |held: &Option<Held>| matches!(held, Some(Held::Provider(_)));
        held.iter().any(provider) && self.providers(api, held, headers).next().is_some()
    }

    /// Asks the providers for theirs.
    pub(crate) async fn ask(
        &mut self,
        request: &Request,
        headers: &HeaderMap,
    ) -> Result<(), Failure> {
        let (api, held) = (request.core.api(), request.core.credentials());
        let mut fresh = Vec::new();
        for (index, provider) in self.providers(api, held, headers) {
            let scheme = &api.schemes[index];
            let secret = provider.get().await.map_err(|error| {
                let detail = format!("the provider of `{}` failed", scheme.setter);
                failure(request, detail).with_source(error)
            })?;
            let rendered =
                render(scheme.kind, secret.expose_secret()).map_err(|problem| {
                    let setter = scheme.setter;
                    let detail =
                        format!("what the provider of `{setter}` gave {problem}");
                    failure(request, detail)
                })?;
            fresh.push((index, rendered));
        }
        self.fresh = fresh;
        Ok(())
    }

    /// The providers to ask, by the scheme's place: of the schemes whose header the caller
    /// has not set himself.
    fn providers<'a>(
        &self,
        api: &'a Api,
        held: &'a [Option<Held>],
        headers: &'a HeaderMap,
    ) -> impl Iterator<Item = (usize, &'a Credential)> + use<'a> {
        let places = self.schemes.iter().filter_map(|name| api.scheme_index(name));
        places.filter_map(move |index| match held.get(index)? {
            Some(Held::Provider(provider))
                if !is_given(api.schemes[index].kind, headers) =>
            {
                Some((index, provider))
            }
            _ => None,
        })
    }
}

/// Picks the credentials of one attempt. Providers are still to be asked.
pub(crate) fn choose_for(
    request: &Request,
    headers: &HeaderMap,
) -> Result<Chosen, Failure> {
    let (api, operation) = (request.core.api(), request.operation);
    let held = request.core.credentials();
    let has = |index: usize| {
        held.get(index).is_some_and(Option::is_some)
            || is_given(api.schemes[index].kind, headers)
    };
    let schemes = choose(api, operation.security, has)
        .ok_or_else(|| failure(request, missing(api, operation)))?;
    Ok(Chosen { schemes, fresh: Vec::new() })
}

#[cold]
fn failure(request: &Request, detail: String) -> Failure {
    let context = Context::new(request.core.api(), Some(request.operation));
    Failure::new(ErrorKind::Credential, context, detail)
}

/// Whether a scheme needs nothing from the client: the caller has set its header himself,
/// or the connection proves who calls.
fn is_given(kind: SchemeKind, headers: &HeaderMap) -> bool {
    match kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Http(_) => {
            headers.contains_key(AUTHORIZATION)
        }
        SchemeKind::Header(name) => headers.contains_key(name),
        SchemeKind::Query(_) | SchemeKind::Cookie(_) => false,
        SchemeKind::MutualTls => true,
    }
}

/// Says which setters and variables would let the caller in.
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
