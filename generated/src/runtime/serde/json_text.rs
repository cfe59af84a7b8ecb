use serde::{Serialize, Serializer, ser::Error as _};

use super::{SerializeAs, Written};
use crate::runtime::json::{self, Error, FromJson, Node, ReadAs};

/// A string that contains JSON (`contentMediaType: application/json`), and the wire form of such a
/// field. `T` is the value's type, or its form.
///
/// ```
/// use session_sdk::runtime::serde::JsonText;
///
/// assert_eq!(serde_json::to_string(&JsonText([1, 2]))?, r#""[1,2]""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonText<T>(pub T);

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(&self.0, serializer)
    }
}

impl<T: FromJson> FromJson for JsonText<T> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        read(node, T::from_json).map(Self)
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<T> for JsonText<F> {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        write(&Written::<T, F>::new(value), serializer)
    }
}

impl<T, F: ReadAs<T>> ReadAs<T> for JsonText<F> {
    fn read_as(node: Node<'_>) -> Result<T, Error> {
        read(node, F::read_as)
    }
}

fn write<S: Serializer>(
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = serde_json::to_string(value).map_err(S::Error::custom)?;
    serializer.serialize_str(&text)
}

fn read<T>(
    node: Node<'_>,
    read: impl Fn(Node<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let text = node.text()?;
    read(json::parse(text.as_bytes())?.root())
}

#[cfg(test)]
mod tests {
    use super::JsonText;
    use crate::runtime::serde::{Same, UnixMillis};

    #[derive(Debug, PartialEq)]
    struct Record {
        list: Vec<i64>,
        at: Option<jiff::Timestamp>,
    }

    crate::json_object!(Record {
        list = required_as::<JsonText<Same>>("list"),
        at = optional_as::<JsonText<UnixMillis>>("at"),
    });

    #[test]
    fn a_string_contains_json() {
        let text = r#"{"list":"[1,2]","at":"1700000000000"}"#;
        let record: Record = serde_json::from_str(text).unwrap();
        assert_eq!(record.list, [1, 2]);
        assert_eq!(record.at.unwrap().as_second(), 1_700_000_000);
        assert_eq!(serde_json::to_string(&record).unwrap(), text);
    }

    #[test]
    fn an_error_is_located_in_the_text() {
        let error =
            crate::runtime::json::from_slice::<Record>(br#"{"list":"[1,true]"}"#);
        assert_eq!(error.unwrap_err().path().as_deref(), Some("$.list[1]"));
        let error = crate::runtime::json::from_slice::<Record>(br#"{"list":[1]}"#);
        assert_eq!(error.unwrap_err().path().as_deref(), Some("$.list"));
    }
}
