//! Expansion limits: `allOf`, alternatives and references multiply what a document declares. No
//! published document comes near them.

use super::reader::SchemaReader;
use sdk_model::SpecPointer;

/// Maximum number of properties, merged or emitted.
const MOST_PROPERTIES: usize = 300_000;

/// Maximum number of alternatives, emitted or searched for discriminator values.
const MOST_ALTERNATIVES: usize = 300_000;

/// Maximum number of parameters of all operations.
const MOST_PARAMETERS: usize = 200_000;

/// What counts against the limits so far.
#[derive(Debug, Default)]
pub(super) struct Limits {
    properties: usize,
    alternatives: usize,
    parameters: usize,
}

/// Adds to a count. False beyond the limit.
fn add(count: &mut usize, more: usize, most: usize) -> bool {
    *count = count.saturating_add(more);
    *count <= most
}

impl SchemaReader<'_, '_> {
    /// Counts properties. Beyond the limit, reports an error and returns false.
    pub(super) fn check_property_limit(
        &mut self,
        pointer: &SpecPointer,
        properties: usize,
    ) -> bool {
        if add(&mut self.limits.properties, properties, MOST_PROPERTIES) {
            return true;
        }
        self.inexpressible(
            pointer,
            "the types of this document have too many properties together",
            "the properties of this type are left out",
            "the properties of a type",
        );
        false
    }

    /// Counts alternatives of unions, like [`check_property_limit`](Self::check_property_limit).
    pub(super) fn check_alternative_limit(
        &mut self,
        pointer: &SpecPointer,
        alternatives: usize,
    ) -> bool {
        if add(
            &mut self.limits.alternatives,
            alternatives,
            MOST_ALTERNATIVES,
        ) {
            return true;
        }
        self.inexpressible(
            pointer,
            "the unions of this document have too many alternatives together",
            "using any value",
            "the alternatives of a type",
        );
        false
    }

    /// Counts parameters, like [`check_property_limit`](Self::check_property_limit).
    pub(in crate::lower) fn check_parameter_limit(
        &mut self,
        pointer: &SpecPointer,
        parameters: usize,
    ) -> bool {
        if add(&mut self.limits.parameters, parameters, MOST_PARAMETERS) {
            return true;
        }
        self.inexpressible(
            pointer,
            "the operations of this document have too many parameters together",
            "the parameters of this operation are left out",
            "the parameters of an operation",
        );
        false
    }
}
