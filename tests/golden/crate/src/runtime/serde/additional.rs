use std::collections::BTreeMap;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use serde_json::{Map, Value};

use crate::runtime::json;

/// Reads the members that a struct does not declare, for
/// `#[serde(flatten, deserialize_with = …)]`. Without it, what serde's `flatten` buffers would
/// lose the path of a failure, and whole numbers spelled with a fraction.
pub fn additional<'de, T, D>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let members = Map::<String, Value>::deserialize(deserializer)?;
    json::from_value(Value::Object(members)).map_err(D::Error::custom)
}
