//! The `Retry-After` header: seconds, or a date.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The delay that the server asks for; `None` without a valid header. A date in the past is a
/// delay of zero.
///
/// A date is relative to the response's `Date` header, if there is one: the clocks of client
/// and server may differ.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text_of = |name| Some(headers.get(name)?.to_str().ok()?.trim());
    let text = text_of(RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number above `u64::MAX` is as long a delay.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let server_time =
        text_of(DATE).and_then(|text| httpdate::parse_http_date(text).ok());
    Some(date.duration_since(server_time.unwrap_or(now)).unwrap_or(Duration::ZERO))
}
