//! What callers put into paths, queries and headers.

use std::str;

use futures_util::FutureExt as _;
use sdk_golden::{
    parameters::Client,
    testing::{InstantTimer, MockTransport, RecordedRequest},
};

/// Several times in one address, encoded, longer texts fill it: it has 65,534 bytes.
const LONGEST: usize = 1_000;

/// Sends a text as a path, query, header and cookie value. What arrives is that text and nothing
/// else, or nothing is sent.
///
/// # Errors
///
/// Where something else arrives.
pub fn travel(text: &str) -> Result<(), String> {
    if text.len() > LONGEST {
        return Ok(());
    }
    let plain = "plain";
    if let Some(sent) = send(text, plain, None)? {
        let path = sent.path().split('/').collect::<Vec<_>>();
        let ["", "search", segment, ".1.2"] = path.as_slice() else {
            return Err(format!("{text:?} leads to {}", sent.path()));
        };
        same(text, segment)?;
    } else if !matches!(text, "" | "." | "..") {
        return Err(format!("{text:?} is refused in a path"));
    }

    let sent = send(plain, text, None)?.ok_or("refused in a query")?;
    let query: Vec<&str> = sent.query().split('&').collect();
    match query.as_slice() {
        [q, tag, second, joined, map] => {
            same(text, member(q, "q")?)?;
            same(text, member(tag, "tags")?)?;
            same("b", member(second, "tags")?)?;
            let (first, second) = member(joined, "fields")?.rsplit_once(',').ok_or("one")?;
            same("b", second)?;
            same(text, first)?;
            let json = decoded(member(map, "where")?)?;
            let read: serde_json::Value =
                serde_json::from_str(&json).map_err(|error| format!("{error}: {json}"))?;
            if read.get(text).and_then(serde_json::Value::as_str) != Some(text) {
                return Err(format!("{text:?} arrives as {read}"));
            }
        }
        other => return Err(format!("{text:?} becomes {other:?}")),
    }

    let Some(sent) = send(plain, plain, Some(text))? else {
        // Only what no header may hold is refused.
        let may = text
            .bytes()
            .all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f));
        return if may && text.trim() == text {
            Err(format!("{text:?} is refused in a header"))
        } else {
            Ok(())
        };
    };
    let trace = sent.headers.get("x-trace").ok_or("no header")?;
    if trace
        .as_bytes()
        .iter()
        .any(|byte| matches!(byte, b'\r' | b'\n' | 0))
    {
        return Err(format!("{text:?} breaks the header"));
    }
    if trace.as_bytes() != text.as_bytes() {
        return Err(format!("{text:?} arrives as {trace:?}"));
    }
    let cookie = sent.header("cookie").ok_or("no cookie")?;
    same(text, member(cookie, "theme")?)
}

/// What arrives; none where it is refused.
fn send(path: &str, query: &str, header: Option<&str>) -> Result<Option<RecordedRequest>, String> {
    let mock = MockTransport::new().respond(204, &[], "");
    let client = Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .timer(InstantTimer::new())
        .build()
        .map_err(|error| error.to_string())?;
    let mut call = client
        .search()
        .search(path, [1, 2], query)
        .tags([query, "b"])
        .fields([query, "b"])
        .r#where([(query, query)]);
    if let Some(header) = header {
        call = call.x_trace(header).theme(header);
    }
    let answer = call.into_future().now_or_never().ok_or("the call waits")?;
    let mut sent = mock.requests();
    match (answer, sent.len()) {
        (Ok(()), 1) => Ok(sent.pop()),
        (Err(_), 0) => Ok(None),
        (answer, sent) => Err(format!("{answer:?}, {sent} requests")),
    }
}

/// The value of `name=value`.
fn member<'a>(pair: &'a str, name: &str) -> Result<&'a str, String> {
    let value = pair
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('='));
    value.ok_or_else(|| format!("{pair:?} is no {name}"))
}

/// Whether this is the text, percent-encoded.
fn same(text: &str, encoded: &str) -> Result<(), String> {
    let decoded = decoded(encoded)?;
    if decoded == text {
        Ok(())
    } else {
        Err(format!("{text:?} arrives as {decoded:?}"))
    }
}

/// Undoes percent-encoding; what must not stand in an address as it is, is an error.
fn decoded(encoded: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digits = [*high, *low];
                let digits = str::from_utf8(&digits).map_err(|error| error.to_string())?;
                bytes.push(u8::from_str_radix(digits, 16).map_err(|error| error.to_string())?);
                rest = tail;
            }
            (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~', _) => {
                bytes.push(*first);
            }
            _ => return Err(format!("{encoded:?} holds {:?}", char::from(*first))),
        }
    }
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
