use std::collections::HashMap;
use std::sync::OnceLock;

use super::SpecPointer;
use super::marks::{Marks, Span};

/// A place in a file's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The file, as it is told to people.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Where the bytes that are meant begin in the text.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// The files that a document was read from, so that problems can show their source.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    /// Where parts of the document's tree come from that are not in the first file: a pointer
    /// into the tree → a file and the pointer there.
    moved: HashMap<String, (usize, String)>,
}

/// One file.
#[derive(Debug)]
struct File {
    name: String,
    text: String,
    marks: OnceLock<Option<Marks>>,
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
            marks: OnceLock::new(),
            lines: OnceLock::new(),
        });
        self.files.len() - 1
    }

    /// Tells that the part of the tree at a pointer comes from a place of another file.
    pub(crate) fn moved(&mut self, pointer: String, file: usize, there: String) {
        self.moved.insert(pointer, (file, there));
    }

    /// Tells that the part of the tree at a pointer has another pointer in the file.
    pub(crate) fn moved_within(&mut self, pointer: String, there: String) {
        let (file, there) = match self.moved.get(&there) {
            Some((file, there)) => (*file, there.clone()),
            None => (0, there),
        };
        self.moved(pointer, file, there);
    }

    /// Where a place of the document stands in its file. What exists only after an overlay or
    /// the normalization leads to the overlay's action, or to the nearest place above.
    pub fn locate(&self, origin: &SpecPointer) -> Option<Position> {
        let pointer = origin.pointer();
        if !origin.file().is_empty() {
            let named = |file: &File| file.name == origin.file();
            return self.locate_in(self.files.iter().position(named)?, pointer);
        }
        let mut end = pointer.len();
        if !self.moved.is_empty() {
            loop {
                if let Some((file, there)) = self.moved.get(&pointer[..end]) {
                    return self.locate_in(*file, &format!("{there}{}", &pointer[end..]));
                }
                match pointer[..end].rfind('/') {
                    Some(slash) => end = slash,
                    None => break,
                }
            }
        }
        self.locate_in(0, pointer)
    }

    /// Where a JSON pointer leads in one file, by its number.
    pub fn locate_in(&self, file: usize, pointer: &str) -> Option<Position> {
        let file = self.files.get(file)?;
        let marks = file
            .marks
            .get_or_init(|| Marks::read(&file.text))
            .as_ref()?;
        Some(match marks.find(&file.text, pointer)? {
            Span::Bytes(start, end) => file.position(start, end),
            Span::Chars(start, end) => {
                let byte = |index| file.lines().byte_of_char(&file.text, index);
                file.position(byte(start), byte(end))
            }
        })
    }

    /// The place of some bytes of one file, by its number.
    pub fn position(&self, file: usize, start: usize, end: usize) -> Option<Position> {
        self.files.get(file).map(|file| file.position(start, end))
    }

    /// The place of a line and a column (in bytes) of one file, both from 1, as parsers tell it.
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
