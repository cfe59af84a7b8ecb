//! Tokens as text on one line.

use std::{borrow::Borrow, fmt::Write as _};

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The text of tokens on one line.
pub(super) fn one_line(tokens: impl IntoIterator<Item = impl Borrow<TokenTree>>) -> String {
    let mut text = String::new();
    put(tokens, &mut text);
    text
}

fn put<T: Borrow<TokenTree>>(tokens: impl IntoIterator<Item = T>, text: &mut String) {
    let mut before: Option<T> = None;
    for kept in tokens {
        let token = kept.borrow();
        if before
            .as_ref()
            .is_some_and(|before| needs_space(before.borrow(), token))
            && !text.ends_with("::")
        {
            text.push(' ');
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group);
                text.push_str(open);
                put(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => text.push(punct.as_char()),
            // Writing to a `String` never fails.
            TokenTree::Ident(ident) => drop(write!(text, "{ident}")),
            TokenTree::Literal(literal) => drop(write!(text, "{literal}")),
        }
        before = Some(kept);
    }
}

fn needs_space(before: &TokenTree, token: &TokenTree) -> bool {
    match (before, token) {
        (TokenTree::Punct(before), token) => match before.as_char() {
            ',' | '=' => true,
            // `how::<Form>("name")`
            '>' if is_parenthesis(token) => false,
            ':' => before.spacing() == Spacing::Alone,
            '>' => !matches!(token, TokenTree::Punct(_)),
            _ => false,
        },
        (_, TokenTree::Punct(punct)) => punct.as_char() == '=',
        (TokenTree::Ident(_), TokenTree::Group(group)) => {
            group.delimiter() != Delimiter::Parenthesis
        }
        _ => true,
    }
}

fn is_parenthesis(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
}

/// The brackets around a group.
pub(super) fn brackets(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

/// The tokens between commas, except for those inside angle brackets.
pub(super) fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0usize;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    parts.push(Vec::new());
                    continue;
                }
                _ => {}
            }
        }
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
