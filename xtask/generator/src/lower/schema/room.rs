//! How much a document may become: `allOf`, alternatives and references multiply what is written.
//! The bounds are beyond what published documents come to.

use super::Schemas;
use sdk_model::SpecPointer;

/// How many properties may be merged and given to types.
const MOST_PROPERTIES: usize = 300_000;

/// How many alternatives may be given to unions and looked at for discriminators.
const MOST_ALTERNATIVES: usize = 300_000;

/// How many parameters operations may have together.
const MOST_PARAMETERS: usize = 200_000;

/// How much there is so far.
#[derive(Debug, Default)]
pub(super) struct Room {
    properties: usize,
    alternatives: usize,
    parameters: usize,
}

/// Whether there is room for so many more.
fn fits(count: &mut usize, more: usize, most: usize) -> bool {
    *count = count.saturating_add(more);
    *count <= most
}

impl Schemas<'_, '_> {
    /// Whether there is room for so many more properties; where not, that is told.
    pub(super) fn has_room(&mut self, place: &SpecPointer, properties: usize) -> bool {
        if fits(&mut self.room.properties, properties, MOST_PROPERTIES) {
            return true;
        }
        self.inexpressible(
            place,
            "the types of this document have too many properties together",
            "those of this one are left out",
            "the properties of a type",
        );
        false
    }

    /// The same for the alternatives of unions.
    pub(super) fn has_room_for_alternatives(
        &mut self,
        place: &SpecPointer,
        alternatives: usize,
    ) -> bool {
        if fits(&mut self.room.alternatives, alternatives, MOST_ALTERNATIVES) {
            return true;
        }
        self.inexpressible(
            place,
            "the unions of this document have too many alternatives together",
            "it is taken as any value",
            "the alternatives of a type",
        );
        false
    }

    /// The same for the parameters of an operation.
    pub(in crate::lower) fn has_room_for_parameters(
        &mut self,
        place: &SpecPointer,
        parameters: usize,
    ) -> bool {
        if fits(&mut self.room.parameters, parameters, MOST_PARAMETERS) {
            return true;
        }
        self.inexpressible(
            place,
            "the operations of this document have too many parameters together",
            "those of this one are left out",
            "the parameters of an operation",
        );
        false
    }
}
