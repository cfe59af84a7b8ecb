//! What servers say about when to come back and where to go on.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use futures_util::{FutureExt as _, StreamExt as _};
use http::{HeaderValue, Response};
use sdk_golden::{
    RetryPolicy,
    pagination::Client,
    runtime::Body,
    testing::{InstantTimer, MockTransport},
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Number, Value, value::RawValue};

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
        let mut response = Response::new(Body::from("{}"));
        *response.status_mut() = status.try_into().map_err(|_| "no status")?;
        response.headers_mut().insert("retry-after", header.clone());
        mock = mock.response(response);
    }
    // 2023-11-14: dates lie before it and after it.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let timer = InstantTimer::new().at(now);
    let call = client(&mock, &timer)?.bare().list_bare();
    let response = call.into_future().now_or_never().ok_or("the call waits")?;
    if response.is_ok() {
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

/// Responds with pages made of these bytes, one a line: the list ends, and all pages are requested
/// from the host of the first. A response that the call refuses is not a page either.
///
/// # Errors
///
/// Where the list does not end, requests another host, or takes an error for a page.
pub fn pages(text: &[u8]) -> Result<(), String> {
    let responses: Vec<&[u8]> = text.split(|byte| *byte == b'\n').take(20).collect();
    for response in &responses {
        first_page(response)?;
    }
    for by_cursor in [false, true] {
        let mock = responses
            .iter()
            .fold(MockTransport::new(), |mock, response| {
                mock.json(200, response.to_vec())
            });
        let client = client(&mock, &InstantTimer::new())?;
        let items = if by_cursor {
            count(client.cursor().list_by_cursor().items())?
        } else {
            count(client.wrapped().list_wrapped().limit(2).items())?
        };
        let sent = mock.requests();
        if sent.len() > responses.len() + 1 || items > text.len() + 1 {
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
            next_page(&responses, request.text(), by_cursor)?;
        }
    }
    Ok(())
}

/// A response that the call refuses is no page, and one that both accept has the same items.
fn first_page(response: &[u8]) -> Result<(), String> {
    let mock = MockTransport::new().json(200, response.to_vec());
    let mock = mock.json(200, response.to_vec());
    let client = client(&mock, &InstantTimer::new())?;
    let list = client.cursor().list_by_cursor();
    let call = list.clone().into_future().now_or_never();
    let page = list.pages().next_page().now_or_never();
    match (call, page) {
        (Some(Err(error)), Some(Some(Ok(page)))) => Err(format!(
            "a page of {} items, but the call fails: {error}",
            page.items.len()
        )),
        (Some(Ok(list)), Some(Some(Ok(page)))) if list.len() != page.items.len() => Err(format!(
            "a page of {} items, a list of {}",
            page.items.len(),
            list.len()
        )),
        (None, _) | (_, None) => Err("the call waits".to_owned()),
        _ => Ok(()),
    }
}

/// A cursor that is sent is one that an response held.
fn next_page(responses: &[&[u8]], body: &str, by_cursor: bool) -> Result<(), String> {
    if !by_cursor || body.is_empty() {
        return Ok(());
    }
    let body: Value =
        serde_json::from_str(body).map_err(|error| format!("no JSON ({error}): {body}"))?;
    let Some(cursor) = body.get("page_cursor") else {
        return Ok(());
    };
    let was_sent = responses.iter().any(|response| {
        let next = first_member(response, "pagination")
            .and_then(|inner| first_member(inner.get().as_bytes(), "next_page_cursor"));
        next.is_some_and(|next| is_sent_as(&next, cursor))
    });
    if was_sent {
        Ok(())
    } else {
        Err(format!("nobody gave the cursor {cursor}"))
    }
}

/// An object's member of this name: the first of several, as the SDK has it.
fn first_member(object: &[u8], name: &str) -> Option<Box<RawValue>> {
    let Members(members) = serde_json::from_slice(object).ok()?;
    members
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// An object's members as they stand.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = access.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// Whether this is how a cursor of an response travels: text as it is, a number as the same number.
fn is_sent_as(was_sent: &RawValue, cursor: &Value) -> bool {
    match serde_json::from_str(was_sent.get()) {
        Ok(Value::String(text)) => cursor.as_str() == Some(&text),
        Ok(Value::Number(number)) => {
            let sent = cursor.as_str().and_then(|text| text.parse::<Number>().ok());
            match number.as_i64().is_some() || number.as_u64().is_some() {
                true => sent == Some(number),
                false => sent.and_then(|sent| sent.as_f64()) == number.as_f64(),
            }
        }
        _ => false,
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
