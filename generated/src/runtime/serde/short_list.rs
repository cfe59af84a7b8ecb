use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

use super::SerializeAs;
use crate::runtime::json::{Error, FromJson, Node, ReadAs};

/// A tuple whose last elements may be missing: of those beyond the first `LEAST`, the ones that
/// are none at the end are left out.
///
/// ```
/// use session_sdk::runtime::serde::ShortList;
///
/// let json = |pair: (&str, Option<i64>)| serde_json::to_string(&ShortList::<_, 1>(pair));
/// assert_eq!(json(("a", Some(1)))?, r#"["a",1]"#);
/// assert_eq!(json(("a", None))?, r#"["a"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ShortList<T, const LEAST: usize>(pub T);

impl<T: Serialize, const LEAST: usize> Serialize for ShortList<T, LEAST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize_as(&self.0, serializer)
    }
}

impl<T: Serialize, const LEAST: usize> SerializeAs<T> for ShortList<T, LEAST> {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
        if let Value::Array(items) = &mut value {
            while items.len() > LEAST && items.last().is_some_and(Value::is_null) {
                items.pop();
            }
        }
        value.serialize(serializer)
    }
}

impl<T: FromJson, const LEAST: usize> FromJson for ShortList<T, LEAST> {
    fn from_json(node: Node<'_>) -> Result<Self, Error> {
        T::from_json(node).map(Self)
    }
}

impl<T: FromJson, const LEAST: usize> ReadAs<T> for ShortList<T, LEAST> {
    fn read_as(node: Node<'_>) -> Result<T, Error> {
        T::from_json(node)
    }
}
