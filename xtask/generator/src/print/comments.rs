//! Doc comments, kept beside the tokens of the items that they belong to.
//!
//! As tokens they would be string literals: escaped, then parsed and printed twice. A placeholder
//! attribute refers to a whole comment instead, however long it is.

use std::cell::RefCell;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The prefix of placeholder attributes. No other attribute has it.
const PLACEHOLDER: &str = "__comment_";

/// The lines of each paragraph, list, table or code block.
type Blocks = Vec<Vec<String>>;

/// The doc comments of a file.
#[derive(Default)]
pub struct Comments(RefCell<Vec<Blocks>>);

impl Comments {
    /// Adds a comment and returns its placeholder attribute, or nothing if it is empty.
    pub fn add(&self, mut blocks: Blocks) -> TokenStream {
        blocks.retain(|block| !block.is_empty());
        if blocks.is_empty() {
            return TokenStream::new();
        }
        let mut comments = self.0.borrow_mut();
        let placeholder = Ident::new(
            &format!("{PLACEHOLDER}{}", comments.len()),
            Span::call_site(),
        );
        comments.push(blocks);
        quote!(#[#placeholder])
    }

    /// Prints the comment that a line refers to, and returns whether the line refers to one.
    pub(super) fn print(&self, line: &str, out: &mut String) -> bool {
        let code = line.trim_start();
        let number = code
            .strip_prefix("#[")
            .and_then(|code| code.strip_prefix(PLACEHOLDER))
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
