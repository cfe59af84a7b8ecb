use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use super::SerializeAs;
use crate::runtime::json::{Error, FromJson, Node, ReadAs};
use crate::runtime::sensitive;

/// A string that is never shown, as a value that can be sent, and as the wire form of a
/// [`SecretString`] field.
///
/// **Serialising it writes the secret**: that is what a server must be sent. `Debug` does not
/// show it.
///
/// ```
/// use sdk_golden::runtime::serde::Secret;
///
/// let token = Secret("hush".into());
/// assert!(!format!("{token:?}").contains("hush"));
/// assert_eq!(serde_json::to_string(&token)?, r#""hush""#);
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
        Self::serialize_as(&self.0, serializer)
    }
}

impl SerializeAs<SecretString> for Secret {
    fn serialize_as<S: Serializer>(
        value: &SecretString,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        sensitive::wrote(value);
        serializer.serialize_str(value.expose_secret())
    }
}

impl FromJson for Secret {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        SecretString::from_json(node).map(Self)
    }
}

impl ReadAs<SecretString> for Secret {
    fn read_as(node: Node<'_>) -> Result<SecretString, Error> {
        SecretString::from_json(node)
    }
}
