//! Streamed responses: server-sent events, JSON lines and JSON sequences.

pub(super) mod decoders;
mod described;
mod json_lines;
mod json_sequence;
mod line_buffer;
mod raw_events;
mod server_sent;
mod stream;

pub use raw_events::{Events, Format, ServerSentItem};
pub use stream::EventStream;

use std::time::Duration;

/// The maximum size of an event or a line.
const MAX_EVENT_BYTES: usize = 16 * 1024 * 1024;

/// An undecoded event.
///
/// A JSON line, or a record of a JSON sequence, is an event with data only.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The event type; `message` if the server sends none.
    pub event: String,
    /// The data.
    pub data: String,
    /// The last event id, from which the stream can be resumed.
    pub id: String,
    /// The reconnection time, if the server sent one.
    pub retry: Option<Duration>,
}

/// Omits the data: events may contain secrets.
impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Event")
            .field("event", &self.event)
            .field("data", &format_args!("{} bytes", self.data.len()))
            .field("id", &self.id)
            .field("retry", &self.retry)
            .finish()
    }
}

/// The error of an event above the maximum size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TooLong;

#[cfg(test)]
mod tests;
