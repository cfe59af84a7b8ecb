use bytes::{Buf, Bytes, BytesMut};

use super::TooLong;

/// The line endings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A line feed, optionally after a carriage return.
    LineFeed,
    /// A line feed, a carriage return, or both.
    Any,
}

/// Splits chunks into lines. Lines are bytes: in UTF-8, no line ending is part of another
/// character.
pub(super) struct LineBuffer {
    buffer: BytesMut,
    /// The length of the start of the buffer that has no line ending.
    searched: usize,
    /// Whether a line feed now completes a line ending.
    after_return: bool,
    ending: Ending,
    limit: usize,
}

impl LineBuffer {
    pub(super) fn new(ending: Ending, limit: usize) -> Self {
        Self { buffer: BytesMut::new(), searched: 0, after_return: false, ending, limit }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next complete line, without its line ending.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, TooLong> {
        if self.after_return && !self.buffer.is_empty() {
            if self.buffer.starts_with(b"\n") {
                self.buffer.advance(1);
            }
            self.after_return = false;
        }
        let ending = self.ending;
        let is_end =
            |byte: &u8| *byte == b'\n' || (ending == Ending::Any && *byte == b'\r');
        let rest = self.buffer.iter().skip(self.searched);
        let Some(found) = rest.clone().position(is_end) else {
            self.searched = self.buffer.len();
            return if self.searched > self.limit { Err(TooLong) } else { Ok(None) };
        };
        let mut line = self.buffer.split_to(self.searched + found);
        self.searched = 0;
        if line.len() > self.limit {
            return Err(TooLong);
        }
        self.after_return = self.buffer.starts_with(b"\r");
        self.buffer.advance(1);
        if ending == Ending::LineFeed && line.ends_with(b"\r") {
            line.truncate(line.len() - 1);
        }
        Ok(Some(line.freeze()))
    }

    /// The text after the last line ending.
    pub(super) fn rest(&mut self) -> Bytes {
        self.searched = 0;
        self.buffer.split().freeze()
    }
}
