//! The `Retry-After` header: seconds, or a date.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// How long the server asks to wait; none where it says nothing that can be read. A date
/// in the past is no wait.
///
/// A date is measured from the answer's own `Date` where it has one: the clocks here and there
/// need not agree, and this one may just have jumped.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text_of = |name| Some(headers.get(name)?.to_str().ok()?.trim());
    let text = text_of(RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds: a very long time.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let said = text_of(DATE).and_then(|text| httpdate::parse_http_date(text).ok());
    Some(date.duration_since(said.unwrap_or(now)).unwrap_or(Duration::ZERO))
}
