//! Bytes as base64 text.

mod url;

pub use url::Base64Url;

use std::fmt;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;
use serde::{Serialize, Serializer};

use super::json::{Error, FromJson, Node};

/// Encodes with padding; decodes with and without.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes that are sent as base64 text (`format: byte`).
///
/// It is written in the standard alphabet with padding, or in the URL-safe one where the
/// document asks for `base64url`. Reading accepts both alphabets, missing padding, and line
/// breaks.
///
/// ```
/// use session_sdk::runtime::Base64;
///
/// assert_eq!(serde_json::to_string(&Base64::from("hello"))?, r#""aGVsbG8=""#);
/// let read: Base64 = serde_json::from_str(r#""aGVsbG8""#)?;
/// assert_eq!(read.as_ref(), b"hello");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Bytes);

impl Base64 {
    /// The bytes.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// Decodes base64 text.
    pub fn decode(text: &str) -> Result<Self, InvalidBase64> {
        let plain = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
        let standard: Vec<u8> = plain
            .map(|byte| match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            })
            .collect();
        ENGINE.decode(standard).map(Self::from).map_err(|_| InvalidBase64)
    }

    /// Encodes the bytes.
    pub fn encode(&self) -> String {
        ENGINE.encode(&self.0)
    }
}

/// The error of text that is not base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidBase64;

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected base64, got another string")
    }
}

impl std::error::Error for InvalidBase64 {}

/// Contains the length only: the bytes may be secret.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl From<&str> for Base64 {
    /// The bytes of the text. For base64 text use [`Base64::decode`].
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.encode())
    }
}

impl FromJson for Base64 {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        Self::decode(node.text()?).map_err(|error| Error::custom(error.to_string()))
    }
}

crate::read_by_json!(Base64);
