use std::{collections::BTreeMap, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::as_form::{DeserializeAs, Read, SerializeAs, Written};

/// The form of a value that is written as it is.
#[derive(Debug)]
pub struct Same;

impl<T: Serialize> SerializeAs<T> for Same {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> DeserializeAs<'de, T> for Same {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Option<T>> for Option<F> {
    fn serialize_as<S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&Written(value, PhantomData::<F>)),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Option<T>> for Option<F> {
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let read = Option::<Read<T, F>>::deserialize(deserializer)?;
        Ok(read.map(|read| read.0))
    }
}

/// The form of an `Option<Option<T>>`: absent, null, or a value in the form `F`. Needs
/// `#[serde(default, skip_serializing_if = "Option::is_none")]` beside it.
#[derive(Debug)]
pub struct OptionalNullable<F>(PhantomData<F>);

impl<T, F: SerializeAs<T>> SerializeAs<Option<Option<T>>> for OptionalNullable<F> {
    fn serialize_as<S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => Option::<F>::serialize_as(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de, T, F> DeserializeAs<'de, Option<Option<T>>> for OptionalNullable<F>
where
    F: DeserializeAs<'de, T>,
{
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::<F>::deserialize_as(deserializer).map(Some)
    }
}

/// The form `F`, with null read as the type's default: an empty list, an empty map. With
/// `#[serde(default)]` beside it a missing member is read the same.
#[derive(Debug)]
pub struct OrDefault<F>(PhantomData<F>);

impl<T, F: SerializeAs<T>> SerializeAs<T> for OrDefault<F> {
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize_as(value, serializer)
    }
}

impl<'de, T: Default, F: DeserializeAs<'de, T>> DeserializeAs<'de, T> for OrDefault<F> {
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Ok(Option::<F>::deserialize_as(deserializer)?.unwrap_or_default())
    }
}

impl<T, F: SerializeAs<T>> SerializeAs<Vec<T>> for Vec<F> {
    fn serialize_as<S: Serializer>(
        value: &Vec<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(|item| Written(item, PhantomData::<F>)))
    }
}

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Vec<T>> for Vec<F> {
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        let read = Vec::<Read<T, F>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|read| read.0).collect())
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
            members.map(|(name, value)| (name, Written(value, PhantomData::<F>))),
        )
    }
}

impl<'de, T, F> DeserializeAs<'de, BTreeMap<String, T>> for BTreeMap<String, F>
where
    F: DeserializeAs<'de, T>,
{
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, T>, D::Error> {
        let read = BTreeMap::<String, Read<T, F>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|(name, read)| (name, read.0)).collect())
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

impl<'de, T, F: DeserializeAs<'de, T>> DeserializeAs<'de, Box<T>> for Box<F> {
    fn deserialize_as<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<T>, D::Error> {
        F::deserialize_as(deserializer).map(Box::new)
    }
}
