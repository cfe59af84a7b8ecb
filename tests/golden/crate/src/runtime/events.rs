//! Answers that arrive bit by bit: server-sent events, and JSON one value a line.

mod frames;
mod json_lines;
mod lines;
mod server_sent;
mod stream;

pub use frames::{Events, Format};
pub use stream::EventStream;

use std::time::Duration;

/// The most bytes that one event or line may have.
const MAX_EVENT: usize = 16 * 1024 * 1024;

/// One event, as it came.
///
/// A JSON line is an event with nothing but data.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// What kind of event it is; `message` where the server does not say.
    pub event: String,
    /// What it holds.
    pub data: String,
    /// The id of the last event that had one, from where a stream can be resumed.
    pub id: String,
    /// How long to wait before connecting again, where the server said so.
    pub retry: Option<Duration>,
}

/// The data's length only: events hold secrets.
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

/// An event that is longer than can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TooLong;
