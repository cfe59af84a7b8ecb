use serde_json::{Map, Value};

use super::Event;
use crate::runtime::json::{self, Error, FromJson};

/// Decodes an event whose schema describes the event itself, not its data.
pub(super) fn read<T: FromJson>(event: &Event, data_is_json: bool) -> Result<T, Error> {
    let members = members(event);
    if data_is_json && json::parse(event.data.as_bytes()).is_ok() {
        let text = object(&members, &event.data);
        let decoded = json::from_slice(text.as_bytes());
        // Text may look like JSON: `42`.
        return decoded.or_else(|error| {
            from_text(&members, &event.data).map_err(|_: Error| error)
        });
    }
    from_text(&members, &event.data)
}

fn from_text<T: FromJson>(members: &Map<String, Value>, data: &str) -> Result<T, Error> {
    let data = Value::from(data).to_string();
    json::from_slice(object(members, &data).as_bytes())
}

/// The members other than `data`. An id that was never sent is absent.
fn members(event: &Event) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("event".to_owned(), Value::from(event.event.as_str()));
    if !event.id.is_empty() {
        members.insert("id".to_owned(), Value::from(event.id.as_str()));
    }
    if let Some(retry) = event.retry {
        let milliseconds = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
        members.insert("retry".to_owned(), Value::from(milliseconds));
    }
    members
}

/// An object with `data` as JSON text.
fn object(members: &Map<String, Value>, data: &str) -> String {
    let mut text = String::from("{");
    for (name, value) in members {
        text.push_str(&format!("{}:{value},", Value::from(name.as_str())));
    }
    text.push_str("\"data\":");
    text.push_str(data);
    text.push('}');
    text
}
