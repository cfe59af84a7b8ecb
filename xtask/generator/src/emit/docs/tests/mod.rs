//! Every description becomes a comment that is only text.

mod lint;
mod rendering;
mod texts;
mod whole_api;

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};
use quote::quote;
use syn::{Attribute, Expr, ExprLit, File, Item, Lit, Meta};

use super::{escape, lines, markdown};
use crate::print::{self, Code, Comments};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn rustdoc_finds_no_fault(text in texts::text()) {
        let comment = lines(&text).join("\n");
        let violations = lint::violations(&comment);
        prop_assert!(violations.is_empty(), "{violations:#?}\n--- text\n{text}\n--- comment\n{comment}");
    }

    #[test]
    fn words_and_blocks_are_kept(text in texts::text()) {
        // Tags go, and addresses are shown as links are.
        if text.contains(['<', '&']) || text.contains("://") {
            return Ok(());
        }
        let comment = lines(&text).join("\n");
        prop_assert_eq!(shown(&escape::printable(&text)), shown(&comment), "{}", comment);
    }

    #[test]
    fn rust_reads_the_comment_and_nothing_else(text in texts::text()) {
        let comment = lines(&text);
        let comments = Comments::default();
        let docs = comments.add(vec![comment.clone()]);
        let tokens = quote!(#docs pub struct Documented;);
        let file = print::rust(Code { tokens, comments }).expect("Rust");
        let file: File = syn::parse_str(&file).expect("Rust");
        prop_assert!(file.attrs.is_empty());
        let [Item::Struct(item)] = file.items.as_slice() else {
            return Err(TestCaseError::fail("not one item"));
        };
        let read: Option<Vec<String>> = item.attrs.iter().map(doc_line).collect();
        prop_assert_eq!(read, Some(comment));
    }
}

/// What a text shows, without its marks; and its code blocks, rows and cells.
fn shown(text: &str) -> (String, [usize; 3]) {
    let mut letters = String::new();
    let [mut blocks, mut rows, mut cells] = [0; 3];
    for event in Parser::new_ext(text, markdown::OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) => {
                letters.extend(text.chars().filter(|c| c.is_alphanumeric()));
            }
            Event::Start(Tag::CodeBlock(_)) => blocks += 1,
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::TableCell) => cells += 1,
            _ => {}
        }
    }
    (letters, [blocks, rows, cells])
}

/// The line of a doc attribute, without the space in front.
fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = &pair.value
    else {
        return None;
    };
    let text = text.value();
    let line = text.strip_prefix(' ').unwrap_or(&text).to_owned();
    pair.path.is_ident("doc").then_some(line)
}
