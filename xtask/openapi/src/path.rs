use crate::pointer::{SpecPointer, push};

/// The path from the root to a value, kept on the stack: it becomes text only when something is
/// reported.
#[derive(Debug, Clone, Copy)]
pub enum Path<'a> {
    /// The root itself.
    Root,
    /// A member.
    Key(&'a Path<'a>, &'a str),
    /// An element.
    Index(&'a Path<'a>, usize),
    /// The value at a JSON pointer.
    Below(&'a str),
}

impl Path<'_> {
    /// The JSON pointer.
    pub fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// The location in the document.
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
                push(text, key);
            }
            Path::Index(parent, index) => {
                parent.write(text);
                push(text, &index.to_string());
            }
        }
    }

    /// Whether the value is a version, by the standard's own form.
    pub(crate) fn is_version(&self) -> bool {
        match self {
            Path::Key(Path::Root, key) => matches!(*key, "openapi" | "swagger" | "overlay"),
            Path::Key(Path::Key(Path::Root, "info"), key) => *key == "version",
            _ => false,
        }
    }
}
