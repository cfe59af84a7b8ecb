//! A start in the text, and the steps from it.

use super::Problem;
use sdk_openapi::diagnostics::sanitize;

/// Walks over a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text: text.strip_prefix('\u{feff}').unwrap_or(text),
            at: 0,
        }
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Takes what the rest begins with, where it does.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Takes characters as long as they are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// Takes a name; none where there is none.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let starts = |c: char| c.is_alphabetic() || matches!(c, '_' | '$');
        if !self.peek().is_some_and(starts) {
            return None;
        }
        Some(self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')))
    }

    /// Takes a word, where the next name is that word.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let start = self.at;
        let found = self.name() == Some(word);
        if !found {
            self.at = start;
        }
        found
    }

    /// Skips white space and comments.
    pub(super) fn blank(&mut self) -> Result<(), Problem> {
        loop {
            self.take_while(|c| c.is_whitespace() || c == '\u{feff}');
            if self.rest().starts_with("//") {
                self.take_while(|c| !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
            } else if self.rest().starts_with("/*") {
                let Some(end) = self.rest().get(2..).and_then(|rest| rest.find("*/")) else {
                    return Err(self.problem("unterminated comment"));
                };
                self.at += end + 4;
            } else {
                return Ok(());
            }
        }
    }

    /// The start, to go back to.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// A problem here.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        self.problem_at(self.at, message)
    }

    /// A problem at a start passed before.
    pub(super) fn problem_at(&self, mark: usize, message: impl Into<String>) -> Problem {
        let before = self.text.get(..mark).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Problem {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            message: message.into(),
        }
    }

    /// An error: something else is expected here.
    pub(super) fn expected(&self, what: &str) -> Problem {
        let found = match self.peek() {
            None => "the end of the file".to_owned(),
            Some(c) => format!("`{}`", sanitize(c.encode_utf8(&mut [0; 4]))),
        };
        self.problem(format!("expected {what}, found {found}"))
    }
}
