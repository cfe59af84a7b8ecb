use jiff::Timestamp;

use crate::runtime::json::{Error, Node};

/// The instant that a number stands for, where its unit is this many nanoseconds.
pub(super) fn timestamp(node: Node<'_>, unit: i64) -> Result<Timestamp, Error> {
    let nanoseconds = match (node.as_integer(), node.as_f64()) {
        (Some(number), _) => number.checked_mul(i128::from(unit)),
        // Out of range saturates, and is out of range for the timestamp as well. A microsecond
        // is what a 64-bit float of today's seconds still tells apart.
        (None, Some(number)) => {
            let microseconds = (number * (unit as f64 / 1e3)).round();
            (microseconds as i128).checked_mul(1000)
        }
        (None, None) => return Err(Error::expected("a time as a number", node)),
    };
    let instant = nanoseconds.and_then(|number| Timestamp::from_nanosecond(number).ok());
    let range = "a time between the years -9999 and 9999";
    instant.ok_or_else(|| Error::expected_other(range, node))
}
