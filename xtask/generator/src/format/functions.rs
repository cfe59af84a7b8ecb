//! Functions: taken out before the file is read as Rust. A signature prints from its tokens, and so
//! does a body of short lines, as most are. Only a body with a longer line, or another form, is
//! read.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Block, parse::Parser as _};

use super::{
    WIDTH, code,
    flat::put_code,
    marks::{Piece, Pieces},
};

/// What stands between `fn` and the body.
pub(super) struct Signature {
    pub(super) name: Ident,
    /// The parameters, commas between them.
    pub(super) inputs: TokenStream,
    /// The type behind the arrow, or nothing.
    pub(super) output: TokenStream,
}

impl Signature {
    /// Reads `name(…) -> Type`; gives the tokens back where they are another form.
    fn read(tokens: Vec<TokenTree>) -> Result<Self, Vec<TokenTree>> {
        let [TokenTree::Ident(name), TokenTree::Group(inputs), rest @ ..] = tokens.as_slice()
        else {
            return Err(tokens);
        };
        let output = match rest {
            [] => rest,
            [TokenTree::Punct(dash), TokenTree::Punct(_), ty @ ..] if dash.as_char() == '-' => ty,
            _ => return Err(tokens),
        };
        Ok(Self {
            name: name.clone(),
            inputs: inputs.stream(),
            output: output.iter().cloned().collect(),
        })
    }

    /// A function of no parameters that is called by a mark.
    fn mark(self, pieces: &mut Pieces) -> [TokenTree; 2] {
        let mark = pieces.take(Piece::Signature(self));
        let none = Group::new(Delimiter::Parenthesis, TokenStream::new());
        [TokenTree::Ident(mark), TokenTree::Group(none)]
    }
}

/// Takes the functions out of a file, marks in the place of their signatures and bodies.
pub(super) fn take(items: TokenStream, pieces: &mut Pieces) -> TokenStream {
    let mut out = Vec::new();
    let mut signature: Option<Vec<TokenTree>> = None;
    let mut holds_items = false;
    for token in items {
        let braces = match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => group.stream(),
            _ => {
                if let Some(signature) = &mut signature {
                    signature.push(token);
                    continue;
                }
                match &token {
                    TokenTree::Ident(word) if word == "fn" => signature = Some(Vec::new()),
                    TokenTree::Ident(word) if word == "impl" || word == "mod" => holds_items = true,
                    TokenTree::Punct(punct) if punct.as_char() == ';' => holds_items = false,
                    _ => {}
                }
                out.push(token);
                continue;
            }
        };
        // Nobody else has the tokens in the braces then: they are moved, not copied.
        drop(token);
        let inside = match signature.take().map(Signature::read) {
            Some(Ok(signature)) => {
                out.extend(signature.mark(pieces));
                match braces.is_empty() {
                    true => braces,
                    false => TokenTree::Ident(pieces.take(Piece::Body(braces))).into(),
                }
            }
            Some(Err(tokens)) => {
                out.extend(tokens);
                braces
            }
            None if holds_items => take(braces, pieces),
            None => braces,
        };
        holds_items = false;
        out.push(TokenTree::Group(Group::new(Delimiter::Brace, inside)));
    }
    out.extend(signature.into_iter().flatten());
    out.into_iter().collect()
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
        let [mut all, mut at_once] = [0, 0];
        for piece in &pieces.0 {
            let Piece::Body(body) = piece else { continue };
            let (printed, read) = both_ways(body);
            all += 1;
            at_once += usize::from(printed.is_some());
            assert!(printed.is_none_or(|printed| printed == read), "{read}");
        }
        assert!(at_once * 2 > all, "{at_once} of {all}");
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
