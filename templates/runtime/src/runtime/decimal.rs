//! Numbers with all their digits.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;

use super::json::{Error, FromJson, Node};

/// A JSON number with all its digits: amounts of money, and integers beyond 64 bits.
///
/// It is the text of the number, so that `0.10` and `0.1` are different values. Convert it to
/// the decimal type of your choice by [`as_str`](Self::as_str).
///
/// Responses are decoded to the last digit. `serde_json` by itself reads a number with a fraction
/// as a 64-bit float, of which this has the shortest text.
///
/// ```
/// use session_sdk::runtime::Decimal;
///
/// let amount: Decimal = "1234567890.12345678901234567890".parse()?;
/// assert_eq!(serde_json::to_string(&amount).unwrap(), "1234567890.12345678901234567890");
/// assert!("1,5".parse::<Decimal>().is_err());
/// # Ok::<(), session_sdk::runtime::decimal::InvalidDecimal>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The digits, as JSON has them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest 64-bit float.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

/// Zero.
impl Default for Decimal {
    fn default() -> Self {
        Self("0".into())
    }
}

/// A text that is not a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDecimal;

impl fmt::Display for InvalidDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a decimal number, got another string")
    }
}

impl std::error::Error for InvalidDecimal {}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit())
            && serde_json::from_str::<&RawValue>(text).is_ok();
        if is_number { Ok(Self(text.into())) } else { Err(InvalidDecimal) }
    }
}

macro_rules! from_integers {
    ($($integer:ident)*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.to_string().into_boxed_str())
            }
        }
    )*};
}

from_integers!(i32 i64 u32 u64 i128 u128);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number =
            RawValue::from_string(self.0.to_string()).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

/// A number, or a string that is one.
impl FromJson for Decimal {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        if let Some(digits) = node.digits() {
            return Ok(Self(digits.into_owned().into_boxed_str()));
        }
        let text = node.as_str().ok_or_else(|| Error::expected("a number", node))?;
        text.parse().map_err(|error: InvalidDecimal| Error::custom(error.to_string()))
    }
}

crate::read_by_json!(Decimal);

#[cfg(test)]
mod tests;
