//! Credentials: fixed values and providers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::BoxError;

type Provided = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

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
    /// An invalid credential and its error.
    Invalid(&'static str),
    Provider(Arc<dyn Fn() -> Provided + Send + Sync>),
}

impl Credential {
    /// A provider, called before each attempt. Cache the credential in the provider if it is
    /// slow: `timeout` does not limit it, only `total_timeout` does.
    ///
    /// ```
    /// use sdk_golden::runtime::Credential;
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
            Source::Provider(_) => Ok(None),
        }
    }

    /// Calls the provider, if there is one.
    pub(crate) async fn get(&self) -> Result<SecretString, BoxError> {
        match &self.source {
            Source::Fixed(secret) => Ok(secret.clone()),
            Source::Invalid(error) => Err((*error).into()),
            Source::Provider(provider) => provider().await,
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
            Source::Provider(_) => "Credential(provider)",
        })
    }
}
