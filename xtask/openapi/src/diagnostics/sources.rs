use std::collections::HashMap;
use std::sync::OnceLock;

use super::spans::{Span, Spans};
use crate::pointer::{SpecPointer, enclosing};

/// A position in a file's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The file, as diagnostics name it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The first byte of the span.
    pub start: usize,
    /// The byte behind the span.
    pub end: usize,
}

/// The files that a document was read from, so that problems can show their source.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    /// The parts of the document's tree that come from other files: by pointer into the tree, a
    /// file and a pointer into it.
    moved: HashMap<String, (usize, String)>,
}

/// One file.
#[derive(Debug)]
struct File {
    name: String,
    text: String,
    spans: OnceLock<Option<Spans>>,
    lines: OnceLock<Lines>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; the first one is the document. Returns its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        self.files.push(File {
            name: name.into(),
            text: text.into(),
            spans: OnceLock::new(),
            lines: OnceLock::new(),
        });
        self.files.len() - 1
    }

    /// Notes that the part of the tree at a pointer is written in another file.
    pub(crate) fn moved(&mut self, pointer: String, file: usize, there: String) {
        self.moved.insert(pointer, (file, there));
    }

    /// Notes that the part of the tree at a pointer has another pointer in its file.
    pub(crate) fn moved_within(&mut self, pointer: String, there: String) {
        let (file, there) = match self.moved.get(&there) {
            Some((file, there)) => (*file, there.clone()),
            None => (0, there),
        };
        self.moved(pointer, file, there);
    }

    /// The position of a pointer into the document. A value that comes from an overlay is in its
    /// action; one that normalization makes has the position of what encloses it.
    pub fn locate(&self, origin: &SpecPointer) -> Option<Position> {
        let pointer = origin.pointer();
        if !origin.file().is_empty() {
            let named = |file: &File| file.name == origin.file();
            return self.locate_in(self.files.iter().position(named)?, pointer);
        }
        let (file, moved) = self.written_at(pointer);
        self.locate_in(file, &moved)
    }

    /// The file that contains the value at a pointer into the document.
    pub(super) fn file_of(&self, origin: &SpecPointer) -> Option<&str> {
        if !origin.file().is_empty() {
            return self
                .files
                .iter()
                .map(|file| file.name.as_str())
                .find(|name| *name == origin.file());
        }
        let (file, _) = self.written_at(origin.pointer());
        self.name(file)
    }

    /// Where a value of the document's tree is written.
    fn written_at(&self, pointer: &str) -> (usize, String) {
        if !self.moved.is_empty() {
            for above in enclosing(pointer) {
                if let Some((file, there)) = self.moved.get(above) {
                    return (*file, format!("{there}{}", &pointer[above.len()..]));
                }
            }
        }
        (0, pointer.to_owned())
    }

    /// The position of a JSON pointer into one file, by the file's number.
    pub fn locate_in(&self, file: usize, pointer: &str) -> Option<Position> {
        let file = self.files.get(file)?;
        let spans = file
            .spans
            .get_or_init(|| Spans::read(&file.text))
            .as_ref()?;
        Some(match spans.find(&file.text, pointer)? {
            Span::Bytes(start, end) => file.position(start, end),
            Span::Chars(start, end) => {
                let byte = |index| file.lines().byte_of_char(&file.text, index);
                file.position(byte(start), byte(end))
            }
        })
    }

    /// The position of some bytes of one file, by the file's number.
    pub fn position(&self, file: usize, start: usize, end: usize) -> Option<Position> {
        self.files.get(file).map(|file| file.position(start, end))
    }

    /// The position of a line and a column (in bytes) of one file, both from 1, as parsers report
    /// them.
    pub fn position_of_line(&self, file: usize, line: usize, column: usize) -> Option<Position> {
        let file = self.files.get(file)?;
        let start = *file.lines().starts.get(line.saturating_sub(1))?;
        let start = file.floor((start + column.saturating_sub(1)).min(file.text.len()));
        let end = file.text[start..]
            .chars()
            .next()
            .map_or(start, |c| start + c.len_utf8());
        Some(file.position(start, end))
    }

    /// A file's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.files
            .iter()
            .find(|file| file.name == name)
            .map(|file| file.text.as_str())
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// A file's name, by its number.
    pub fn name(&self, file: usize) -> Option<&str> {
        self.files.get(file).map(|file| file.name.as_str())
    }
}

impl File {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::read(&self.text))
    }

    fn floor(&self, mut byte: usize) -> usize {
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    fn position(&self, start: usize, end: usize) -> Position {
        let start = self.floor(start.min(self.text.len()));
        let end = self.floor(end.clamp(start, self.text.len()));
        let starts = &self.lines().starts;
        let line = starts.partition_point(|&first| first <= start).max(1);
        let first = starts.get(line - 1).copied().unwrap_or(0);
        let char_of = |byte| self.lines().char_of_byte(&self.text, byte);
        let column = char_of(start) - char_of(first) + 1;
        Position {
            file: self.name.clone(),
            line,
            column,
            start,
            end,
        }
    }
}

/// Where lines and characters begin.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// The byte at which every [`STRIDE`]th character begins.
    strides: Vec<usize>,
}

const STRIDE: usize = 1024;

impl Lines {
    fn read(text: &str) -> Self {
        let mut starts = vec![0];
        let mut strides = Vec::new();
        for (count, (byte, c)) in text.char_indices().enumerate() {
            if count % STRIDE == 0 {
                strides.push(byte);
            }
            if c == '\n' {
                starts.push(byte + 1);
            }
        }
        Self { starts, strides }
    }

    fn char_of_byte(&self, text: &str, byte: usize) -> usize {
        let strides = self.strides.partition_point(|&begin| begin <= byte);
        let stride = strides.saturating_sub(1);
        let Some(from) = self.strides.get(stride) else {
            return 0;
        };
        stride * STRIDE + text[*from..byte].chars().count()
    }

    fn byte_of_char(&self, text: &str, index: usize) -> usize {
        let Some(&from) = self.strides.get(index / STRIDE) else {
            return text.len();
        };
        let rest = &text[from..];
        rest.char_indices()
            .nth(index % STRIDE)
            .map_or(text.len(), |(byte, _)| from + byte)
    }
}
