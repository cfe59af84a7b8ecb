//! Calls of the runtime's macros: on one line if they fit, one argument a line otherwise. A list in
//! braces always has one entry a line, so that a new value is a new line in a diff.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Macro, MacroDelimiter};

use super::{
    WIDTH,
    one_line::{brackets, one_line, split},
};

pub(super) fn print(call: &Macro, indent: usize, out: &mut String) {
    let mut writer = Writer { out, column: 0 };
    writer.line(indent);
    writer.push(&one_line(call.path.to_token_stream()));
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
    let whole = one_line(call.tokens.clone());
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

    /// The only argument: on a line of its own if it fits there but not on this one.
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
            return self.push(&one_line(tokens));
        };
        self.push(&one_line(name));
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

    /// An entry: on one line if it fits, otherwise with its last group broken.
    fn entry(&mut self, entry: &[TokenTree], indent: usize) {
        let whole = one_line(entry);
        if self.column + whole.chars().count() < WIDTH {
            return self.push(&whole);
        }
        let Some((TokenTree::Group(group), before)) = entry.split_last() else {
            return self.push(&whole);
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
            let mut text = one_line(value);
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

/// Everything up to and including the opening bracket of the last group.
fn opening(before: &[TokenTree], group: &Group) -> String {
    let empty = Group::new(group.delimiter(), TokenStream::new());
    let tokens = before.iter().cloned().chain([TokenTree::Group(empty)]);
    let mut text = one_line(tokens);
    text.pop();
    text
}
