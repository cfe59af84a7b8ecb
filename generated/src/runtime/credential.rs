//! Credentials: fixed values and providers.

mod cached;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::BoxError;
use cached::CachedCredential;

type Provided = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

/// A provider's credential.
pub(crate) struct Fresh {
    pub(crate) secret: SecretString,
    /// Increases with each call of the provider of a cached credential.
    pub(crate) version: u64,
}

/// A credential: a key, a token, a user name with a password, or a provider of one.
///
/// `Debug`, errors, logs and spans do not contain it.
#[derive(Clone)]
pub struct Credential {
    source: Source,
}

#[derive(Clone)]
enum Source {
    Fixed(SecretString),
    Cached(Arc<CachedCredential>),
    /// An invalid credential and its error.
    Invalid(&'static str),
    Provider(Arc<dyn Fn() -> Provided + Send + Sync>),
}

impl Credential {
    /// A provider, called before each attempt. Cache the credential in the provider if it is
    /// slow: `timeout` does not limit it, only `total_timeout` does.
    ///
    /// ```
    /// use session_sdk::runtime::Credential;
    ///
    /// async fn token() -> Result<String, std::io::Error> {
    ///     Ok("token".to_owned()) // from a vault, for example
    /// }
    ///
    /// let credential = Credential::provider(token);
    /// ```
    pub fn provider<P, F, S, E>(provider: P) -> Self
    where
        P: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        let provider = move || -> Provided {
            let provided = provider();
            Box::pin(async move { provided.await.map(Into::into).map_err(Into::into) })
        };
        Self { source: Source::Provider(Arc::new(provider)) }
    }

    /// A credential from a provider, kept until the API rejects it with a 401. The request is then
    /// sent once more with a fresh credential. Any number of calls that need one at the same time
    /// share one call of the provider.
    ///
    /// ```
    /// use session_sdk::runtime::Credential;
    ///
    /// async fn log_in() -> Result<String, std::io::Error> {
    ///     Ok("a token of an hour".to_owned())
    /// }
    ///
    /// let credential = Credential::cached(log_in);
    /// ```
    pub fn cached<P, F, S, E>(provider: P) -> Self
    where
        P: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        let provider = move || -> Provided {
            let provided = provider();
            Box::pin(async move { provided.await.map(Into::into).map_err(Into::into) })
        };
        Self { source: Source::Cached(Arc::new(CachedCredential::new(provider))) }
    }

    /// A user name and a password, for a Basic scheme. A user name must not contain a colon
    /// (RFC 7617): building the client is an error.
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        let mut text = user.into();
        if text.contains(':') {
            let error = "has a colon in its user name, which Basic does not allow";
            return Self { source: Source::Invalid(error) };
        }
        text.push(':');
        text.push_str(password.into().expose_secret());
        Self::from(text)
    }

    /// The credential if it is fixed, or its error.
    pub(crate) fn fixed(&self) -> Result<Option<&str>, &'static str> {
        match &self.source {
            Source::Fixed(secret) => Ok(Some(secret.expose_secret())),
            Source::Invalid(error) => Err(error),
            Source::Cached(_) | Source::Provider(_) => Ok(None),
        }
    }

    /// Calls the provider, if there is one.
    pub(crate) async fn get(&self) -> Result<Fresh, BoxError> {
        let secret = match &self.source {
            Source::Fixed(secret) => secret.clone(),
            Source::Invalid(error) => return Err((*error).into()),
            Source::Cached(cached) => return cached.get().await,
            Source::Provider(provider) => provider().await?,
        };
        Ok(Fresh { secret, version: 0 })
    }

    /// Records that the API rejected a version of the credential.
    pub(crate) fn reject(&self, version: u64) {
        if let Source::Cached(cached) = &self.source {
            cached.reject(version);
        }
    }
}

impl From<SecretString> for Credential {
    fn from(secret: SecretString) -> Self {
        Self { source: Source::Fixed(secret) }
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self::from(SecretString::from(secret))
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self::from(SecretString::from(secret))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::Fixed(_) | Source::Invalid(_) => "Credential(…)",
            Source::Cached(_) | Source::Provider(_) => "Credential(provider)",
        })
    }
}
