use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{SerializeAs, Written};
use crate::runtime::json::{Error, FromJson, Node, ReadAs};

/// The wire format of the type itself.
#[derive(Debug)]
pub struct Same;

impl<T: Serialize> SerializeAs<T> for Same {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: FromJson> ReadAs<T> for Same {
    fn read_as(node: Node<'_>) -> Result<T, Error> {
        T::from_json(node)
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Option<T>> for Option<F> {
    fn serialize_as<S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&Written::<T, F>::new(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Vec<T>> for Vec<F> {
    fn serialize_as<S: Serializer>(
        value: &Vec<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Written::<T, F>::new))
    }
}

impl<T, F> SerializeAs<BTreeMap<String, T>> for BTreeMap<String, F>
where
    F: SerializeAs<T>,
{
    fn serialize_as<S: Serializer>(
        value: &BTreeMap<String, T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let members = value.iter();
        serializer.collect_map(
            members.map(|(name, value)| (name, Written::<T, F>::new(value))),
        )
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Box<T>> for Box<F> {
    fn serialize_as<S: Serializer>(
        value: &Box<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        F::serialize_as(value, serializer)
    }
}
