//! Credentials: fixed ones, and providers that hand out fresh ones.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::BoxError;

type Provided = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

/// A credential: a key, a token, a user with a password, or a function that gets one.
///
/// It never shows in `Debug`, errors, logs or spans.
#[derive(Clone)]
pub struct Credential {
    source: Source,
}

#[derive(Clone)]
enum Source {
    Fixed(SecretString),
    /// One that cannot be, and why.
    Unfit(&'static str),
    Provider(Arc<dyn Fn() -> Provided + Send + Sync>),
}

impl Credential {
    /// A credential that is asked for before each attempt, so that it can be fresh. Cache
    /// it inside if getting it is slow; the client's timeout does not limit it.
    ///
    /// ```
    /// use session_sdk::runtime::Credential;
    ///
    /// async fn token() -> Result<String, std::io::Error> {
    ///     Ok("fresh".to_owned()) // from a vault, say
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

    /// A user name and a password, for a Basic scheme. A user name with a colon cannot be
    /// told from its password (RFC 7617), so building the client with it is an error.
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        let mut text = user.into();
        if text.contains(':') {
            let problem = "has a colon in its user name, where Basic allows none";
            return Self { source: Source::Unfit(problem) };
        }
        text.push(':');
        text.push_str(password.into().expose_secret());
        Self::from(text)
    }

    /// The credential, where it is fixed; or what is wrong with it.
    pub(crate) fn fixed(&self) -> Result<Option<&str>, &'static str> {
        match &self.source {
            Source::Fixed(secret) => Ok(Some(secret.expose_secret())),
            Source::Unfit(problem) => Err(problem),
            Source::Provider(_) => Ok(None),
        }
    }

    /// The credential, asked for.
    pub(crate) async fn get(&self) -> Result<SecretString, BoxError> {
        match &self.source {
            Source::Fixed(secret) => Ok(secret.clone()),
            Source::Unfit(problem) => Err((*problem).into()),
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
            Source::Fixed(_) | Source::Unfit(_) => "Credential(…)",
            Source::Provider(_) => "Credential(provider)",
        })
    }
}
