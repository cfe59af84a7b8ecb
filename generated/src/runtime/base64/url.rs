use base64::{Engine, engine::general_purpose::URL_SAFE};
use serde::{Serialize, Serializer};

use super::Base64;
use crate::runtime::json::{Error, FromJson, Node, ReadAs};
use crate::runtime::serde::SerializeAs;

/// Bytes that are sent as base64 text in the URL-safe alphabet (`base64url`, RFC 4648 section
/// 5), with padding.
///
/// ```
/// use session_sdk::runtime::base64::{Base64, Base64Url};
///
/// let bytes = Base64::from([0xFB, 0xFF].as_slice());
/// assert_eq!(serde_json::to_string(&Base64Url(bytes))?, r#""-_8=""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Base64Url(pub Base64);

impl From<Base64> for Base64Url {
    fn from(bytes: Base64) -> Self {
        Self(bytes)
    }
}

impl Serialize for Base64Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize_as(&self.0, serializer)
    }
}

impl SerializeAs<Base64> for Base64Url {
    fn serialize_as<S: Serializer>(
        value: &Base64,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE.encode(value))
    }
}

impl FromJson for Base64Url {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        Base64::from_json(node).map(Self)
    }
}

impl ReadAs<Base64> for Base64Url {
    fn read_as(node: Node<'_>) -> Result<Base64, Error> {
        Base64::from_json(node)
    }
}
