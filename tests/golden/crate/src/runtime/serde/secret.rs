use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DeserializeAs, SerializeAs};

/// A string that is never shown, as a value that can be sent, and as the wire form of a
/// [`SecretString`] field.
///
/// **Serialising it writes the secret**: that is what a server must be sent. `Debug` does not
/// show it.
///
/// ```
/// use secrecy::SecretString;
/// use sdk_golden::runtime::serde::{As, Secret};
///
/// #[derive(Debug, serde::Serialize)]
/// struct Login {
///     #[serde(with = "As::<Secret>")]
///     token: SecretString,
/// }
///
/// let login = Login { token: "hush".into() };
/// assert!(!format!("{login:?}").contains("hush"));
/// assert_eq!(serde_json::to_string(&login)?, r#"{"token":"hush"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Secret(pub SecretString);

impl From<SecretString> for Secret {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|secret| Self(secret.into()))
    }
}

impl SerializeAs<SecretString> for Secret {
    fn serialize_as<S: Serializer>(
        value: &SecretString,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.expose_secret())
    }
}

impl<'de> DeserializeAs<'de, SecretString> for Secret {
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SecretString, D::Error> {
        String::deserialize(deserializer).map(SecretString::from)
    }
}
