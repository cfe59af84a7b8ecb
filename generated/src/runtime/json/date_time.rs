//! The format `date-time` as servers send it.
//!
//! A text without an offset is in UTC, as most servers that omit it mean. Digits of a second
//! beyond nanoseconds are dropped. [`Timestamp`] ends a day before the year 9999 does, and times
//! after its end, which servers send for "never", are [`Timestamp::MAX`].

use jiff::Timestamp;
use jiff::civil::{DateTime, date};

const NANOSECONDS: i128 = 1_000_000_000;

/// The first and the last second of the years -9999 and 9999.
const YEARS: std::ops::RangeInclusive<i128> = -377_705_116_800..=253_402_300_799;

const EXPECTED: &str = "a date and time (RFC 3339)";

/// Parses a `date-time`. The error names what was expected.
pub(crate) fn parse(text: &str) -> Result<Timestamp, &'static str> {
    if text.ends_with('Z') {
        if let Ok(timestamp) = text.parse() {
            return Ok(timestamp);
        }
    }
    parse_parts(text).ok_or(EXPECTED)
}

/// The timestamp of a number of nanoseconds since 1970; `None` outside of the years -9999 to 9999.
pub(crate) fn from_nanoseconds(nanoseconds: i128) -> Option<Timestamp> {
    let seconds = nanoseconds.div_euclid(NANOSECONDS);
    YEARS.contains(&seconds).then(|| saturating(nanoseconds))
}

fn saturating(nanoseconds: i128) -> Timestamp {
    let out_of_range = if nanoseconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_nanosecond(nanoseconds).unwrap_or(out_of_range)
}

fn parse_parts(text: &str) -> Option<Timestamp> {
    // A time zone in brackets (RFC 9557) does not change the instant.
    let text = text.split_once('[').map_or(text, |(instant, _)| instant);
    let separator = text.find(['T', 't', ' '])?;
    let time = text.get(separator + 1..)?;
    let offset_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, offset) = time.split_at_checked(offset_at)?;
    let time = format!("{}T{}", text.get(..separator)?, without_excess_digits(time)?);
    let date_time: DateTime = time.parse().ok()?;
    let since_epoch = date_time.duration_since(date(1970, 1, 1).at(0, 0, 0, 0));
    let offset = i128::from(offset_seconds(offset)?) * NANOSECONDS;
    Some(saturating(since_epoch.as_nanos() - offset))
}

/// A time with at most nine digits of a fraction.
fn without_excess_digits(time: &str) -> Option<&str> {
    const NANOSECOND_DIGITS: usize = 9;
    let Some((seconds, fraction)) = time.split_once(['.', ',']) else {
        return Some(time);
    };
    let is_fraction =
        !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let length = seconds.len() + 1 + fraction.len().min(NANOSECOND_DIGITS);
    time.get(..length).filter(|_| is_fraction)
}

/// An offset in seconds: `Z`, `+hh:mm`, `+hhmm`, `+hh`, or nothing.
fn offset_seconds(text: &str) -> Option<i64> {
    if matches!(text, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let two_digits = |text: &str| match text.bytes().all(|b| b.is_ascii_digit()) {
        true if text.len() == 2 => text.parse::<i64>().ok(),
        _ => None,
    };
    let hours = two_digits(hours).filter(|hours| *hours < 24)?;
    let minutes = match digits.len() {
        2 => 0,
        _ => two_digits(minutes).filter(|minutes| *minutes < 60)?,
    };
    Some(sign * (hours * 60 + minutes) * 60)
}
