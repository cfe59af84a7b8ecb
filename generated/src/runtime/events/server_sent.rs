use std::{borrow::Cow, time::Duration};

use super::line_buffer::{Ending, LineBuffer};
use super::{Event, TooLong};

/// Parses server-sent events (WHATWG HTML standard, section 9.2.6).
pub(super) struct ServerSent {
    lines: LineBuffer,
    limit: usize,
    at_start: bool,
    event: String,
    data: String,
    has_data: bool,
    id: String,
    retry: Option<Duration>,
}

impl ServerSent {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            lines: LineBuffer::new(Ending::Any, limit),
            limit,
            at_start: true,
            event: String::new(),
            data: String::new(),
            has_data: false,
            id: String::new(),
            retry: None,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.lines.push(chunk);
    }

    /// The next complete event. An event without a blank line at the end is discarded.
    pub(super) fn next(&mut self) -> Result<Option<Event>, TooLong> {
        while let Some(line) = self.lines.next()? {
            let mut line = String::from_utf8_lossy(&line);
            if std::mem::take(&mut self.at_start) && line.starts_with('\u{FEFF}') {
                line = Cow::Owned(line.trim_start_matches('\u{FEFF}').to_owned());
            }
            if !line.is_empty() {
                self.line(&line)?;
            } else if let Some(event) = self.dispatch() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    fn line(&mut self, line: &str) -> Result<(), TooLong> {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event = value.to_owned(),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
                if self.data.len() > self.limit {
                    return Err(TooLong);
                }
            }
            "id" if !value.contains('\0') => self.id = value.to_owned(),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let milliseconds = value.parse().ok();
                self.retry = milliseconds.map(Duration::from_millis).or(self.retry);
            }
            // Comments have an empty name; other names are ignored.
            _ => {}
        }
        Ok(())
    }

    fn dispatch(&mut self) -> Option<Event> {
        let mut event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        // The standard does not dispatch events with empty data.
        if !std::mem::take(&mut self.has_data) || data.is_empty() {
            return None;
        }
        if event.is_empty() {
            event.push_str("message");
        }
        Some(Event { event, data, id: self.id.clone(), retry: self.retry })
    }
}
