use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The limits that a schema sets on values beyond their type, by keyword: `maxLength`, and
/// `items/maxLength` for the elements of a list. The server checks them; the SDK does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Constraints(pub BTreeMap<String, Value>);

impl Constraints {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those whose keywords `other` has too.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        let shared = self.0.iter().filter(|(key, _)| other.0.contains_key(*key));
        Self(
            shared
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        )
    }
}
