//! Which credentials a request gets, and how they travel.

use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;

use super::percent::encode;
use super::{
    Api, Base64, Context, Credential, ErrorKind, Failure, Operation, SchemeKind,
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
}

/// Picks the credentials of one attempt, and asks providers for theirs.
pub(crate) async fn credentials(
    api: &'static Api,
    operation: &'static Operation,
    held: &[Option<Held>],
    headers: &HeaderMap,
) -> Result<Chosen, Failure> {
    let given = |index: usize| is_given(api.schemes[index].kind, headers);
    let has =
        |index: usize| held.get(index).is_some_and(Option::is_some) || given(index);
    let failure = |detail: String| {
        Failure::new(ErrorKind::Credential, Context::new(api, Some(operation)), detail)
    };
    let schemes = choose(api, operation.security, has)
        .ok_or_else(|| failure(missing(api, operation)))?;
    let mut chosen = Chosen { schemes, fresh: Vec::new() };
    let places = schemes.iter().filter_map(|name| api.scheme_index(name));
    for index in places {
        let Some(Some(Held::Provider(provider))) = held.get(index) else { continue };
        if given(index) {
            continue;
        }
        let scheme = &api.schemes[index];
        let secret = provider.get().await.map_err(|error| {
            failure(format!("the provider of `{}` failed", scheme.setter))
                .with_source(error)
        })?;
        let fresh = render(scheme.kind, secret.expose_secret()).map_err(|problem| {
            failure(format!("what the provider of `{}` gave {problem}", scheme.setter))
        })?;
        chosen.fresh.push((index, fresh));
    }
    Ok(chosen)
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
