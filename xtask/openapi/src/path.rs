use crate::SpecPointer;
pub use crate::diagnostics::tokens;

/// The way from the root to a value, kept on the stack: text is made of it only when something
/// is reported.
#[derive(Debug, Clone, Copy)]
pub enum Path<'a> {
    /// The root itself.
    Root,
    /// A member.
    Key(&'a Path<'a>, &'a str),
    /// An element.
    Index(&'a Path<'a>, usize),
    /// Below another place.
    Below(&'a str),
}

impl Path<'_> {
    /// The JSON pointer.
    pub fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// The place in the document.
    pub fn origin(&self) -> SpecPointer {
        let mut text = String::from("#");
        self.write(&mut text);
        SpecPointer::new(text)
    }

    fn write(&self, text: &mut String) {
        match self {
            Path::Root => {}
            Path::Below(pointer) => text.push_str(pointer),
            Path::Key(parent, key) => {
                parent.write(text);
                text.push('/');
                escape(key, text);
            }
            Path::Index(parent, index) => {
                parent.write(text);
                text.push('/');
                text.push_str(&index.to_string());
            }
        }
    }

    /// Whether a version stands here, by the standard's own form.
    pub(crate) fn is_version(&self) -> bool {
        match self {
            Path::Key(Path::Root, key) => matches!(*key, "openapi" | "swagger" | "overlay"),
            Path::Key(Path::Key(Path::Root, "info"), key) => *key == "version",
            _ => false,
        }
    }
}

/// Appends a key as a token of a JSON pointer.
pub fn escape(key: &str, text: &mut String) {
    if !key.contains(['~', '/']) {
        text.push_str(key);
        return;
    }
    for c in key.chars() {
        match c {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            c => text.push(c),
        }
    }
}
