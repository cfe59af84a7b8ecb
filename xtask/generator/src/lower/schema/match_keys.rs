//! The properties by which unions recognize their alternatives.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::Schemas;
use sdk_model::Constant;
use sdk_openapi::Schema;

/// The properties by which an object is recognized among the alternatives.
#[derive(Default)]
pub(super) struct MatchKeys {
    pub(super) required: Vec<String>,
    /// Required properties with a single value.
    pub(super) constants: BTreeMap<String, Constant>,
    /// Other properties with a single value.
    pub(super) defaults: BTreeMap<String, Constant>,
}

impl<'d> Schemas<'d, '_> {
    /// The properties by which objects of this schema are recognized.
    pub(super) fn match_keys(&mut self, merged: &Schema<'d>) -> MatchKeys {
        let mut keys = MatchKeys::default();
        if !merged.is_object() {
            return keys;
        }
        let required: HashSet<&str> = merged.required.iter().copied().collect();
        for name in merged.properties.keys() {
            let Some((value, nullable)) = self.namer.reader.single_value(merged, name) else {
                continue;
            };
            let constant = ((*name).to_owned(), Constant(value.clone()));
            if required.contains(name) && !nullable {
                keys.constants.extend([constant]);
            } else {
                keys.defaults.extend([constant]);
            }
        }
        keys.required = merged
            .required
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        keys
    }
}

impl MatchKeys {
    /// Keeps what both have in common.
    pub(super) fn join(&mut self, other: &Self) {
        self.required.retain(|name| other.required.contains(name));
        self.constants
            .retain(|name, value| other.constants.get(name) == Some(value));
        self.defaults
            .retain(|name, value| other.defaults.get(name) == Some(value));
    }
}
