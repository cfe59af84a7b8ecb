//! What servers say about when to come back and where to go on.

use std::time::{Duration, SystemTime};

use futures_util::{FutureExt as _, StreamExt as _};
use http::{HeaderValue, Response};
use sdk_golden::{
    RetryPolicy,
    pagination::Client,
    runtime::Body,
    testing::{InstantTimer, MockTransport},
};

/// The most retries that a call makes, and the longest pause that it takes.
const RETRIES: usize = 2;
const LONGEST: Duration = Duration::from_secs(60);

fn client(mock: &MockTransport, timer: &InstantTimer) -> Result<Client, String> {
    Client::builder()
        .base_url("https://golden.test/v1")
        .transport(mock.clone())
        .timer(timer.clone())
        .retry_policy(RetryPolicy::new())
        .build()
        .map_err(|error| error.to_string())
}

/// Answers every attempt with this `Retry-After`: the attempts are counted, and so are the pauses.
///
/// # Errors
///
/// Where there are more, or longer ones, than the policy allows.
pub fn retry_after(value: &[u8]) -> Result<(), String> {
    let Ok(header) = HeaderValue::from_bytes(value) else {
        return Ok(());
    };
    let mut mock = MockTransport::new();
    for status in [429, 503, 429, 503, 429] {
        let mut answer = Response::new(Body::from("{}"));
        *answer.status_mut() = status.try_into().map_err(|_| "no status")?;
        answer.headers_mut().insert("retry-after", header.clone());
        mock = mock.response(answer);
    }
    // 2023-11-14: dates lie before it and after it.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let timer = InstantTimer::new().at(now);
    let call = client(&mock, &timer)?.bare().list_bare();
    let answer = call.into_future().now_or_never().ok_or("the call waits")?;
    if answer.is_ok() {
        return Err("an error is taken for success".to_owned());
    }
    let (sent, pauses) = (mock.requests().len(), timer.sleeps());
    if sent > RETRIES + 1 || pauses.len() + 1 != sent {
        return Err(format!("{sent} attempts, pauses {pauses:?}"));
    }
    match pauses.iter().find(|pause| **pause > LONGEST) {
        Some(pause) => Err(format!("a pause of {pause:?}")),
        None => Ok(()),
    }
}

/// Answers with pages made of these bytes, one a line: the list ends, and no page is asked for
/// elsewhere than the first.
///
/// # Errors
///
/// Where it does not end, or leads elsewhere.
pub fn pages(text: &[u8]) -> Result<(), String> {
    let answers: Vec<&[u8]> = text.split(|byte| *byte == b'\n').take(20).collect();
    for by_cursor in [false, true] {
        let mock = answers.iter().fold(MockTransport::new(), |mock, answer| {
            mock.json(200, answer.to_vec())
        });
        let client = client(&mock, &InstantTimer::new())?;
        let items = if by_cursor {
            count(client.cursor().list_by_cursor().items())?
        } else {
            count(client.wrapped().list_wrapped().limit(2).items())?
        };
        let sent = mock.requests();
        if sent.len() > answers.len() + 1 || items > text.len() + 1 {
            return Err(format!("{} requests, {items} items", sent.len()));
        }
        let path = if by_cursor {
            "/v1/cursor"
        } else {
            "/v1/wrapped"
        };
        for request in &sent {
            if request.uri.host() != Some("golden.test") || request.path() != path {
                return Err(format!("a page is asked for at {}", request.uri));
            }
            next_page(&answers, request.text(), by_cursor)?;
        }
    }
    Ok(())
}

/// Whether the text holds the string, as it is or as JSON has it.
fn stands_in(answer: &str, cursor: &serde_json::Value) -> bool {
    let escaped = cursor.to_string();
    let plain = cursor.as_str().unwrap_or_default();
    answer.contains(plain) || answer.contains(escaped.trim_matches('"'))
}

/// Whether the text is the number, however that was spelled: `0` for `-0`.
fn is_that_number(given: &serde_json::Value, cursor: &serde_json::Value) -> bool {
    let text = cursor.as_str();
    let same = |number: f64| text.and_then(|text| text.parse().ok()) == Some(number);
    match given.as_i64() {
        Some(whole) => text == Some(&whole.to_string()),
        None => given.as_f64().is_some_and(same),
    }
}

/// A cursor that is sent is one that an answer held.
fn next_page(answers: &[&[u8]], body: &str, by_cursor: bool) -> Result<(), String> {
    if !by_cursor || body.is_empty() {
        return Ok(());
    }
    let read = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).ok();
    let body = read(body.as_bytes()).ok_or_else(|| format!("no JSON: {body}"))?;
    let Some(cursor) = body.get("page_cursor") else {
        return Ok(());
    };
    let given = answers.iter().any(|answer| {
        let parsed = read(answer);
        let next = parsed
            .as_ref()
            .and_then(|it| it.pointer("/pagination/next_page_cursor"));
        next.is_some_and(|next| next == cursor || is_that_number(next, cursor))
            // Where a member stands twice, this reads the last one and the SDK the first.
            || stands_in(&String::from_utf8_lossy(answer), cursor)
    });
    if given {
        Ok(())
    } else {
        Err(format!("nobody gave the cursor {cursor}"))
    }
}

/// How many items there are; an error ends them.
fn count<S>(mut items: S) -> Result<usize, String>
where
    S: futures_util::Stream + Unpin,
{
    let mut count = 0;
    loop {
        match items.next().now_or_never() {
            None => return Err("the list waits".to_owned()),
            Some(None) => return Ok(count),
            Some(Some(_)) => count += 1,
        }
    }
}
