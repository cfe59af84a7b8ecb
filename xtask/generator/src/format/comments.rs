//! Documentation, beside the tokens of the items that it belongs to.
//!
//! Between tokens, a line would be a literal: escaped, taken for Rust, and read twice by the
//! printer. Here, an attribute stands for a whole comment, however long it is.

use std::cell::RefCell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// What attributes that stand for comments begin with. No other attribute does.
const MARK: &str = "__comment_";

/// Paragraphs, lists, tables, code: each its lines.
type Blocks = Vec<Vec<String>>;

/// The doc comments of a file.
#[derive(Default)]
pub struct Comments(RefCell<Vec<Blocks>>);

impl Comments {
    /// Keeps blocks of text, and gives the attribute that stands for them; none where there is no
    /// text.
    pub fn add(&self, mut blocks: Blocks) -> TokenStream {
        blocks.retain(|block| !block.is_empty());
        if blocks.is_empty() {
            return TokenStream::new();
        }
        let mut comments = self.0.borrow_mut();
        let mark = Ident::new(&format!("{MARK}{}", comments.len()), Span::call_site());
        comments.push(blocks);
        quote!(#[#mark])
    }

    /// Prints the comment that a line of code stands for; says whether it does.
    pub(super) fn print(&self, line: &str, out: &mut String) -> bool {
        let code = line.trim_start();
        let number = code
            .strip_prefix("#[")
            .and_then(|code| code.strip_prefix(MARK))
            .and_then(|code| code.strip_suffix(']'));
        let comments = self.0.borrow();
        let blocks = number
            .and_then(|number| number.parse::<usize>().ok())
            .and_then(|number| comments.get(number));
        let Some(blocks) = blocks else { return false };
        let indent = &line[..line.len() - code.len()];
        for (at, block) in blocks.iter().enumerate() {
            let gap = (at > 0).then_some("");
            let lines = block.iter().flat_map(|line| line.split(['\n', '\r']));
            for line in gap.into_iter().chain(lines) {
                out.push_str(indent);
                out.push_str("///");
                let line = line.trim_end_matches(' ');
                if !line.is_empty() {
                    out.push(' ');
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        true
    }
}
