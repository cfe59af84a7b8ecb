use secrecy::SecretString;
use serde::{Serialize, Serializer};

use super::SerializeAs;
use crate::runtime::json::{Error, FromJson, Node, ReadAs};
use crate::runtime::sensitive;

/// A secret string that can be sent, and the wire format of a [`SecretString`] field.
///
/// Serializing it writes the secret into requests, and within
/// [`expose_secrets`](crate::runtime::expose_secrets); elsewhere it writes `"[redacted]"`. `Debug`
/// does not contain it.
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
        serializer.serialize_str(sensitive::serialized(value))
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
