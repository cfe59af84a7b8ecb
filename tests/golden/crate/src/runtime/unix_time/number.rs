use std::fmt;

use jiff::Timestamp;
use serde::de::{Error, Visitor};

/// Reads a number of some unit since 1970.
pub(super) struct UnixNumber;

/// A number of some unit since 1970.
pub(super) enum Number {
    Whole(i128),
    Fraction(f64),
}

impl Number {
    /// The instant, where the unit is this many nanoseconds.
    pub(super) fn timestamp(self, unit: i64) -> Result<Timestamp, &'static str> {
        let nanoseconds = match self {
            Self::Whole(number) => number.checked_mul(i128::from(unit)),
            // Out of range saturates, and is out of range for the timestamp as well. A
            // microsecond is what a 64-bit float of today's seconds still tells apart.
            Self::Fraction(number) => {
                let microseconds = (number * (unit as f64 / 1e3)).round();
                (microseconds as i128).checked_mul(1000)
            }
        };
        nanoseconds
            .and_then(|nanoseconds| Timestamp::from_nanosecond(nanoseconds).ok())
            .ok_or(
                "expected a time between the years -9999 and 9999, got another number",
            )
    }
}

impl Visitor<'_> for UnixNumber {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time as a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(Number::Whole(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        Ok(Number::Whole(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        Ok(Number::Fraction(number))
    }
}
