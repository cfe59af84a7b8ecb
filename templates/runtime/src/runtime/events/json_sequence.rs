use bytes::{Buf, BytesMut};

use super::{Event, TooLong};

/// Introduces a record (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1E;

/// Reads JSON text sequences (RFC 7464): a record ends where the next one begins.
///
/// A record whose JSON is complete is returned at its line feed, so that a reader need not wait for
/// the next one. A record may hold line feeds of its own.
pub(super) struct JsonSequence {
    buffer: BytesMut,
    /// The number of bytes of the buffer that `nesting` covers.
    searched: usize,
    nesting: Nesting,
    limit: usize,
}

/// How deep in JSON text a byte is.
#[derive(Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    fn push(&mut self, byte: u8) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn is_complete(&self) -> bool {
        self.depth == 0 && !self.in_string
    }
}

impl JsonSequence {
    pub(super) fn new(limit: usize) -> Self {
        Self { buffer: BytesMut::new(), searched: 0, nesting: Nesting::default(), limit }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// The next complete record that is not blank.
    pub(super) fn next(&mut self) -> Result<Option<Event>, TooLong> {
        while let Some(&byte) = self.buffer.get(self.searched) {
            let ends = match byte {
                RECORD_SEPARATOR => true,
                b'\n' => self.nesting.is_complete(),
                _ => false,
            };
            if !ends {
                self.nesting.push(byte);
                self.searched += 1;
                continue;
            }
            let record = self.buffer.split_to(self.searched);
            self.buffer.advance(1);
            self.searched = 0;
            self.nesting = Nesting::default();
            if record.len() > self.limit {
                return Err(TooLong);
            }
            if let Some(event) = event(&record) {
                return Ok(Some(event));
            }
        }
        if self.buffer.len() > self.limit { Err(TooLong) } else { Ok(None) }
    }

    /// The last record, which needs no line feed.
    pub(super) fn last(&mut self) -> Option<Event> {
        self.searched = 0;
        event(&self.buffer.split())
    }
}

fn event(record: &[u8]) -> Option<Event> {
    let text = String::from_utf8_lossy(record);
    let data = text.trim_start_matches('\u{FEFF}').trim();
    (!data.is_empty()).then(|| Event { data: data.to_owned(), ..Event::default() })
}
