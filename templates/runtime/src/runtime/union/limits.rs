//! Bounds the work of decoding unions, whatever the value: unions may contain themselves, and
//! each candidate that fails has decoded what it contains.

use std::cell::Cell;

use crate::runtime::json::Node;

/// The maximum number of unions that decode the same value, one as a variant of the other.
const MAX_NESTED: u8 = 8;

/// The maximum number of candidates that fail within the outermost union.
const MAX_FAILED: u16 = 1_000;

#[derive(Clone, Copy)]
struct State {
    /// The address of the value that is being decoded.
    value: usize,
    /// The number of unions that decode it.
    nested: u8,
    is_outermost: bool,
    failed: u16,
}

thread_local! {
    static STATE: Cell<State> = const {
        Cell::new(State { value: 0, nested: 0, is_outermost: true, failed: 0 })
    };
}

/// The decoding of one union.
pub(super) struct Limits {
    outer: State,
}

impl Limits {
    /// Starts to decode a union; `None` if too many unions already decode the same value.
    pub(super) fn enter(node: Node<'_>) -> Option<Self> {
        let outer = STATE.get();
        let value = node.address();
        let nested = if outer.value == value { outer.nested + 1 } else { 1 };
        if nested > MAX_NESTED {
            return None;
        }
        let failed = if outer.is_outermost { 0 } else { outer.failed };
        STATE.set(State { value, nested, is_outermost: false, failed });
        Some(Self { outer })
    }

    /// Counts a candidate that failed. Whether another one may be decoded.
    pub(super) fn count_failure(&self) -> bool {
        let mut state = STATE.get();
        state.failed = state.failed.saturating_add(1);
        STATE.set(state);
        state.failed < MAX_FAILED
    }
}

impl Drop for Limits {
    fn drop(&mut self) {
        let failed = STATE.get().failed;
        STATE.set(State { failed, ..self.outer });
    }
}
