//! Bounds how deep the collections of a YAML text are nested, in one pass over its bytes.
//!
//! serde_yaml's parser takes time quadratic in the depth of flow collections (`[[[[…`) and checks
//! depth only afterwards. This scanner follows that parser's own rules on where a token begins, so
//! that brackets inside of scalars and comments do not count.

/// The line and column, from 1, at which collections are nested deeper than `limit`.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<(usize, usize)> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        ..Scanner::default()
    };
    loop {
        scanner.skip_to_token();
        let byte = scanner.peek(0)?;
        scanner.token(byte);
        if scanner.indents.len() + scanner.flow > limit {
            return Some((scanner.line + 1, scanner.column()));
        }
    }
}

#[derive(Default)]
struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    line: usize,
    line_start: usize,
    /// The columns of the open block collections.
    indents: Vec<usize>,
    /// The number of open flow collections.
    flow: usize,
    /// The column of the token that a following `:` makes the key of a block mapping.
    key: Option<usize>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn column(&self) -> usize {
        self.at - self.line_start
    }

    /// The length of a line break, 0 where there is none. YAML 1.1 has five kinds.
    fn line_break(&self, ahead: usize) -> usize {
        match self.bytes.get(self.at + ahead..) {
            Some([b'\r', b'\n', ..] | [0xC2, 0x85, ..]) => 2,
            Some([b'\n' | b'\r', ..]) => 1,
            Some([0xE2, 0x80, 0xA8 | 0xA9, ..]) => 3,
            _ => 0,
        }
    }

    fn is_blank_or_end(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), None | Some(b' ' | b'\t')) || self.line_break(ahead) > 0
    }

    /// Moves past a byte, or past a line break.
    fn advance(&mut self) {
        match self.line_break(0) {
            0 => self.at += 1,
            length => {
                self.at += length;
                self.line += 1;
                self.line_start = self.at;
                // A simple key is on one line.
                self.key = None;
            }
        }
    }

    fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.line_break(0) == 0 {
            self.at += 1;
        }
    }

    /// Skips white space, comments and byte order marks.
    fn skip_to_token(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'#' => self.skip_line(),
                0xEF if self.column() == 0
                    && self.bytes[self.at..].starts_with(b"\xEF\xBB\xBF") =>
                {
                    self.at += 3;
                    self.line_start = self.at;
                }
                _ if self.line_break(0) > 0 => self.advance(),
                _ => return,
            }
        }
    }

    fn token(&mut self, byte: u8) {
        let column = self.column();
        if column == 0 && self.is_document_marker() {
            self.indents.clear();
            self.key = None;
            self.at += 3;
            return;
        }
        if column == 0 && byte == b'%' {
            return self.skip_line();
        }
        if self.flow == 0 {
            while self.indents.last().is_some_and(|indent| *indent > column) {
                self.indents.pop();
            }
        }
        match byte {
            b'[' | b'{' => {
                self.begin_key();
                self.flow += 1;
                self.at += 1;
            }
            b']' | b'}' => {
                self.flow = self.flow.saturating_sub(1);
                self.at += 1;
            }
            b',' | b'?' if self.flow > 0 => self.at += 1,
            b'-' | b'?' if self.is_blank_or_end(1) => {
                self.open_block(column);
                self.key = None;
                self.at += 1;
            }
            b':' if self.flow > 0 || self.is_blank_or_end(1) => {
                if self.flow == 0 {
                    let key = self.key.take().unwrap_or(column);
                    self.open_block(key);
                }
                self.at += 1;
            }
            b'&' | b'*' => self.anchor(),
            b'!' => self.tag(),
            b'|' | b'>' if self.flow == 0 => self.block_scalar(),
            b'\'' | b'"' => self.quoted(byte),
            _ => self.plain(),
        }
    }

    fn is_document_marker(&self) -> bool {
        let marker = self.bytes.get(self.at..self.at + 3);
        matches!(marker, Some(b"---" | b"...")) && self.is_blank_or_end(3)
    }

    /// Opens a block collection at a column, unless it is open.
    fn open_block(&mut self, column: usize) {
        if self.flow == 0 && self.indents.last().is_none_or(|indent| *indent < column) {
            self.indents.push(column);
        }
    }

    /// Notes where a possible key begins: at its anchor or tag, where it has one.
    fn begin_key(&mut self) {
        if self.flow == 0 {
            let column = self.column();
            self.key.get_or_insert(column);
        }
    }

    fn anchor(&mut self) {
        self.begin_key();
        self.at += 1;
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        while self.peek(0).is_some_and(in_name) {
            self.at += 1;
        }
    }

    fn tag(&mut self) {
        self.begin_key();
        self.at += 1;
        let is_verbatim = self.peek(0) == Some(b'<');
        while !self.is_blank_or_end(0) {
            match self.peek(0) {
                Some(b'>') if is_verbatim => {
                    self.at += 1;
                    return;
                }
                Some(b',' | b'[' | b']' | b'{' | b'}') if !is_verbatim => return,
                _ => self.at += 1,
            }
        }
    }

    fn quoted(&mut self, quote: u8) {
        self.begin_key();
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' if quote == b'"' => self.at += 1,
                b'\'' if quote == b'\'' && self.peek(1) == Some(b'\'') => self.at += 1,
                _ if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.advance();
        }
    }

    /// The column from which text continues a scalar of the innermost block collection.
    fn least_indent(&self) -> usize {
        self.indents.last().map_or(0, |indent| indent + 1)
    }

    fn plain(&mut self) {
        self.begin_key();
        let least = self.least_indent();
        // What cannot begin a scalar is an error to the parser.
        self.advance();
        loop {
            while !self.is_blank_or_end(0) {
                match self.peek(0) {
                    Some(b':') if self.is_blank_or_end(1) => return,
                    Some(b',' | b'[' | b']' | b'{' | b'}') if self.flow > 0 => return,
                    _ => self.at += 1,
                }
            }
            if self.peek(0).is_none() {
                return;
            }
            let key = self.key;
            let line = self.line;
            while self.peek(0).is_some() && self.is_blank_or_end(0) {
                self.advance();
            }
            let continues = self.line == line || self.flow > 0 || self.column() >= least;
            if !continues
                || self.peek(0) == Some(b'#')
                || (self.column() == 0 && self.is_document_marker())
            {
                return;
            }
            if self.line == line {
                self.key = key;
            }
        }
    }

    fn block_scalar(&mut self) {
        let least = self.least_indent().max(1);
        let header = self.at;
        self.skip_line();
        let explicit = self.bytes[header + 1..self.at].iter().take(2);
        let explicit = explicit.copied().find(u8::is_ascii_digit);
        let mut indent = explicit.map(|digit| {
            let parent = self.indents.last().copied().unwrap_or(0);
            parent + usize::from(digit - b'0')
        });
        let mut deepest_blank = 0;
        self.advance();
        while self.at < self.bytes.len() {
            while self.peek(0) == Some(b' ') && indent.is_none_or(|indent| self.column() < indent) {
                self.at += 1;
            }
            if self.line_break(0) > 0 {
                deepest_blank = deepest_blank.max(self.column());
                self.advance();
                continue;
            }
            let column = self.column();
            let content = *indent.get_or_insert_with(|| column.max(deepest_blank).max(least));
            if column < content {
                return;
            }
            self.skip_line();
            self.advance();
        }
    }
}
