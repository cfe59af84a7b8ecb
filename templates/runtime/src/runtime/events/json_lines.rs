use bytes::Bytes;

use super::line_buffer::{Ending, LineBuffer};
use super::{Event, TooLong};

/// Reads JSON lines and NDJSON.
pub(super) struct JsonLines {
    lines: LineBuffer,
}

impl JsonLines {
    pub(super) fn new(limit: usize) -> Self {
        Self { lines: LineBuffer::new(Ending::LineFeed, limit) }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.lines.push(chunk);
    }

    /// The next complete line that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Event>, TooLong> {
        while let Some(line) = self.lines.next()? {
            if let Some(event) = event(&line) {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// The last line, which needs no line ending.
    pub(super) fn last(&mut self) -> Option<Event> {
        event(&self.lines.rest())
    }
}

fn event(line: &Bytes) -> Option<Event> {
    const BYTE_ORDER_MARK: char = '\u{FEFF}';
    let line = String::from_utf8_lossy(line);
    let data = line.trim_start_matches(BYTE_ORDER_MARK).trim();
    (!data.is_empty()).then(|| Event { data: data.to_owned(), ..Event::default() })
}
