//! Bodies of functions: taken out before the file is read as Rust, because most are a few short
//! lines, which print as they stand. Only a body with a longer line, or another form, is read.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Block, parse::Parser as _};

use super::{
    WIDTH, code,
    flat::put_code,
    marks::{Piece, Pieces},
};

/// Takes the bodies of functions out of a file, a mark in the place of each.
pub(super) fn take(items: TokenStream, pieces: &mut Pieces) -> TokenStream {
    let mut holds = Holds::Other;
    let lifted = items.into_iter().map(|token| match token {
        TokenTree::Ident(word) => {
            if word == "fn" {
                holds = Holds::Statements;
            } else if holds == Holds::Other && (word == "impl" || word == "mod") {
                holds = Holds::Items;
            }
            TokenTree::Ident(word)
        }
        TokenTree::Punct(punct) => {
            if punct.as_char() == ';' {
                holds = Holds::Other;
            }
            TokenTree::Punct(punct)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inside = group.stream();
            // Nobody else has the tokens then: they are moved, not copied.
            drop(group);
            let inside = match std::mem::replace(&mut holds, Holds::Other) {
                Holds::Statements if !inside.is_empty() => {
                    TokenTree::Ident(pieces.take(Piece::Body(inside))).into()
                }
                Holds::Items => take(inside, pieces),
                Holds::Statements | Holds::Other => inside,
            };
            TokenTree::Group(Group::new(Delimiter::Brace, inside))
        }
        other => other,
    });
    lifted.collect()
}

/// What the next braces hold.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// The items of a module, or of an `impl` block.
    Items,
    /// The statements of a function.
    Statements,
    /// Fields, variants, the arguments of a macro.
    Other,
}

/// Prints a body, each statement at `indent`.
///
/// # Errors
///
/// Where it is no Rust, which is a bug of `emit`.
pub(super) fn print(body: &TokenStream, indent: usize, out: &mut String) -> syn::Result<()> {
    let start = out.len();
    if lines(body, indent, out).is_none() {
        out.truncate(start);
        let stmts = Block::parse_within.parse2(body.clone())?;
        code::block(&stmts, indent, out);
    }
    Ok(())
}

/// Prints a body whose statements are a short line each; nothing where one is not.
fn lines(body: &TokenStream, indent: usize, out: &mut String) -> Option<()> {
    let mut statement = Vec::new();
    for token in body.clone() {
        let ends = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ';');
        statement.push(token);
        if ends {
            line(&mut statement, indent, out)?;
        }
    }
    match statement.is_empty() {
        true => Some(()),
        false => line(&mut statement, indent, out),
    }
}

fn line(statement: &mut Vec<TokenTree>, indent: usize, out: &mut String) -> Option<()> {
    let first = statement.first();
    if matches!(first, Some(TokenTree::Ident(word)) if BLOCKS.iter().any(|block| word == block)) {
        return None;
    }
    let start = out.len();
    out.extend(std::iter::repeat_n(' ', indent));
    put_code(statement.drain(..), out)?;
    let fits = out[start..].chars().count() <= WIDTH;
    out.push('\n');
    fits.then_some(())
}

/// What statements of other forms begin with.
const BLOCKS: [&str; 7] = ["const", "for", "if", "loop", "match", "static", "while"];

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, str::FromStr as _};

    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::{Block, parse::Parser as _};

    use super::{Piece, Pieces, code, lines, take};

    /// The body as it prints at once, where it does, and as it prints when it has been read.
    fn both_ways(body: &TokenStream) -> (Option<String>, String) {
        let mut at_once = String::new();
        let prints = lines(body, 8, &mut at_once);
        let mut read = String::new();
        let statements = Block::parse_within
            .parse2(body.clone())
            .expect("statements");
        code::block(&statements, 8, &mut read);
        (prints.map(|()| at_once), read)
    }

    #[test]
    fn all_bodies_of_the_crate_print_as_if_they_had_been_read() {
        let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
        let mut open: Vec<_> = ["clerk", "seam"].map(|api| generated.join(api)).into();
        let mut pieces = Pieces::default();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(path)
                    .expect("a folder")
                    .map(|it| it.expect("a file"));
                open.extend(entries.map(|entry| entry.path()));
            } else {
                let text = fs::read_to_string(path).expect("a text");
                take(TokenStream::from_str(&text).expect("Rust"), &mut pieces);
            }
        }
        let mut at_once = 0;
        for piece in &pieces.0 {
            let Piece::Body(body) = piece else { continue };
            let (printed, read) = both_ways(body);
            at_once += usize::from(printed.is_some());
            assert!(printed.is_none_or(|printed| printed == read), "{read}");
        }
        assert!(
            at_once * 2 > pieces.0.len(),
            "{at_once} of {}",
            pieces.0.len()
        );
    }

    #[test]
    fn other_forms_are_read() {
        for body in [
            quote!(for each in list {
                self.add(each);
            }),
            quote!(self.set(value.map(|it| it.into()));),
            quote!(f(a, b,);),
            quote!(if a { b } else { c }),
            quote!(vec![a]),
            quote!(-1),
            quote!(a == b),
            quote!(Self {}),
        ] {
            assert_eq!(both_ways(&body).0, None, "{body}");
        }
        let long = "x".repeat(80);
        assert_eq!(both_ways(&quote!(self.call(#long);)).0, None);
    }
}
