//! Calls of the runtime's macros: one line where they fit, one argument a line where not. A list
//! in braces always has one entry a line, so that one value more is one line more; rustfmt takes
//! some such lists for Rust in a call with parentheses, and leaves all alone in a call with braces.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Macro, MacroDelimiter};

use super::{
    WIDTH,
    flat::{brackets, flat, split},
    items,
};

pub(super) fn print(call: &Macro, indent: usize, out: &mut String) {
    let mut writer = Writer { out, column: 0 };
    writer.line(indent);
    writer.push(&flat(call.path.to_token_stream()));
    let arguments = split(call.tokens.clone());
    if let MacroDelimiter::Brace(_) = call.delimiter {
        writer.push("! {");
        for argument in &arguments {
            writer.out.push('\n');
            writer.line(indent + 4);
            writer.argument(argument, indent + 4);
        }
        writer.out.push('\n');
        writer.line(indent);
        writer.push("}\n");
        return;
    }
    writer.push("!(");
    let whole = flat(call.tokens.clone());
    match arguments.as_slice() {
        [_] if whole.ends_with("{}") => writer.whole(&whole, indent),
        [single] => writer.argument(single, indent),
        _ if writer.column + whole.chars().count() + 2 <= WIDTH => writer.push(&whole),
        _ => writer.entries(&arguments, indent, false),
    }
    writer.push(");\n");
}

struct Writer<'a> {
    out: &'a mut String,
    column: usize,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self, indent: usize) {
        self.column = 0;
        self.push(&" ".repeat(indent));
    }

    /// The only argument: on a line of its own where it fits there, and not on this one.
    fn whole(&mut self, text: &str, indent: usize) {
        let width = text.chars().count();
        if self.column + width + 2 > WIDTH && indent + 4 + width <= WIDTH {
            self.out.push('\n');
            self.line(indent + 4);
            self.push(text);
            self.out.push('\n');
            self.line(indent);
        } else {
            self.push(text);
        }
    }

    /// A name and its list in braces.
    fn argument(&mut self, tokens: &[TokenTree], indent: usize) {
        let Some((TokenTree::Group(group), name)) = tokens.split_last() else {
            return self.push(&flat(tokens));
        };
        self.push(&flat(name));
        self.push(" {");
        self.entries(&split(group.stream()), indent, true);
        self.push("}");
    }

    fn entries(&mut self, entries: &[Vec<TokenTree>], indent: usize, trailing: bool) {
        for (at, entry) in entries.iter().enumerate() {
            self.out.push('\n');
            self.line(indent + 4);
            self.entry(entry, indent + 4);
            if trailing || at + 1 < entries.len() {
                self.push(",");
            }
        }
        if !entries.is_empty() {
            self.out.push('\n');
            self.line(indent);
        }
    }

    /// An entry: on the line where it fits, its last group opened where not.
    fn entry(&mut self, entry: &[TokenTree], indent: usize) {
        let whole = flat(entry);
        if self.column + whole.chars().count() < WIDTH {
            return self.push(&whole);
        }
        let Some((TokenTree::Group(group), before)) = entry.split_last() else {
            return self.push(&typed(&whole, indent));
        };
        let (_, close) = brackets(group);
        self.push(&opening(before, group));
        if group.delimiter() == Delimiter::Bracket {
            self.fill(&split(group.stream()), indent);
        } else {
            self.entries(&split(group.stream()), indent, false);
        }
        self.push(close);
    }

    /// As many short values on a line as fit.
    fn fill(&mut self, values: &[Vec<TokenTree>], indent: usize) {
        self.out.push('\n');
        self.line(indent + 4);
        let mut first = true;
        for (at, value) in values.iter().enumerate() {
            let mut text = flat(value);
            if at + 1 < values.len() {
                text.push(',');
            }
            if !first && self.column + 1 + text.chars().count() > WIDTH {
                self.out.push('\n');
                self.line(indent + 4);
                first = true;
            }
            if !first {
                self.push(" ");
            }
            self.push(&text);
            first = false;
        }
        self.out.push('\n');
        self.line(indent);
    }
}

/// A type that does not fit on a line, its arguments on lines of their own.
fn typed(whole: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let text = items::typed(&format!("{margin}{whole}"), indent, ",");
    let text = text.strip_prefix(&margin).unwrap_or(&text);
    text.strip_suffix(',').unwrap_or(text).to_owned()
}

/// Everything up to and including the opening bracket of the last group.
fn opening(before: &[TokenTree], group: &Group) -> String {
    let empty = Group::new(group.delimiter(), TokenStream::new());
    let tokens = before.iter().cloned().chain([TokenTree::Group(empty)]);
    let mut text = flat(tokens);
    text.pop();
    text
}
