use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};

use super::SerializeAs;
use crate::runtime::json::{Error, FromJson, Node, ReadAs};
use crate::runtime::sensitive;

/// A secret string that can be sent, and the wire format of a [`SecretString`] field.
///
/// **Serializing it writes the secret**, since it must be sent to the server. `Debug` does not
/// contain it.
///
/// ```
/// use session_sdk::runtime::serde::Secret;
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
        sensitive::record(value);
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
