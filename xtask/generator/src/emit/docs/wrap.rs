//! Words to lines.

use super::escape;

/// The widest line of documentation.
pub(super) const WIDTH: usize = 80;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// Characters that stay together.
    Word(String),
    /// The end of a line.
    Break,
}

/// Running text as it grows: words, and what is glued to them.
#[derive(Debug, Default)]
pub(super) struct Running {
    atoms: Vec<Atom>,
    /// Whether the next characters belong to the last word.
    glued: bool,
}

impl Running {
    pub(super) fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// Adds characters to the last word, or begins one.
    pub(super) fn glue(&mut self, characters: &str) {
        if characters.is_empty() {
            return;
        }
        match self.atoms.last_mut() {
            Some(Atom::Word(word)) if self.glued => word.push_str(characters),
            _ => self.atoms.push(Atom::Word(characters.to_owned())),
        }
        self.glued = true;
    }

    /// Adds inline code. Behind other code it is a word of its own: the backticks between the two
    /// would be one mark.
    pub(super) fn glue_code(&mut self, code: &str) {
        if let Some(Atom::Word(word)) = self.atoms.last()
            && word.ends_with('`')
        {
            self.space();
        }
        self.glue(code);
    }

    /// Ends the last word.
    pub(super) fn space(&mut self) {
        self.glued = false;
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        self.space();
        if matches!(self.atoms.last(), Some(Atom::Word(_))) {
            self.atoms.push(Atom::Break);
        }
    }

    /// Keeps an exclamation mark from turning the link behind it into an image.
    pub(super) fn before_link(&mut self) {
        if let Some(Atom::Word(word)) = self.atoms.last_mut()
            && self.glued
            && word.ends_with('!')
        {
            word.pop();
            word.push_str("\\!");
        }
    }

    /// Glues a text behind this one.
    pub(super) fn append(&mut self, other: Self) {
        let mut atoms = other.atoms.into_iter();
        match atoms.next() {
            Some(Atom::Word(word)) => self.glue(&word),
            Some(Atom::Break) => self.line_break(),
            None => return,
        }
        self.atoms.extend(atoms);
        self.glued = other.glued;
    }

    /// The text on one line.
    pub(super) fn take_line(&mut self) -> String {
        let words: Vec<String> = self
            .take()
            .into_iter()
            .filter_map(|atom| match atom {
                Atom::Word(word) => Some(word),
                Atom::Break => None,
            })
            .collect();
        words.join(" ")
    }

    /// The text in lines of at most `width`.
    pub(super) fn take_lines(&mut self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut used = 0;
        for atom in self.take() {
            match atom {
                Atom::Break => {
                    line.push('\\');
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                Atom::Word(word) => {
                    let long = word.chars().count();
                    if used > 0 && used + 1 + long > width {
                        lines.push(std::mem::take(&mut line));
                        used = 0;
                    }
                    if used == 0 {
                        line = escape::line_start(&word);
                        used = long;
                    } else {
                        line.push(' ');
                        line.push_str(&word);
                        used += 1 + long;
                    }
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    fn take(&mut self) -> Vec<Atom> {
        self.glued = false;
        let mut atoms = std::mem::take(&mut self.atoms);
        while atoms.last() == Some(&Atom::Break) {
            atoms.pop();
        }
        atoms
    }
}
