use jiff::Timestamp;

use crate::runtime::json::{Error, Node, date_time};

/// The timestamp of a number, in a unit of this many nanoseconds.
pub(super) fn timestamp(node: Node<'_>, unit: i64) -> Result<Timestamp, Error> {
    let nanoseconds = match (node.as_integer(), node.as_f64()) {
        (Some(number), _) => number.checked_mul(i128::from(unit)),
        // The conversion saturates, and the timestamp is then out of range as well. A 64-bit
        // float of seconds has a precision of about a microsecond.
        (None, Some(number)) => {
            let microseconds = (number * (unit as f64 / 1e3)).round();
            (microseconds as i128).checked_mul(1000)
        }
        (None, None) => return Err(Error::expected("a time as a number", node)),
    };
    let instant = nanoseconds.and_then(date_time::from_nanoseconds);
    let range = "a time between the years -9999 and 9999";
    instant.ok_or_else(|| Error::invalid_value(range, node))
}
