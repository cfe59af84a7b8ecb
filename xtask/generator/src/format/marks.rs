//! Marks in the syntax tree for what the printer does not do, or does by limits of its own.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, ExprPath, Fields, File, ImplItem, Item, ItemUse, Lit,
    LitStr, Macro, MacroDelimiter, Meta, MetaNameValue, Path, Type, TypePath, UseName, UseTree,
    Visibility, parse_quote,
    token::{Bracket, Paren},
};

use super::functions::Signature;

/// What marks print as. Documentation never holds a control character, and no name of a document
/// becomes an identifier that begins so.
const GAP: &str = "///\u{1}";
const INNER_GAP: &str = "//!\u{1}";
const PIECE: &str = "__piece_";

/// Something that has been taken out of a file, a mark in its place.
pub(super) enum Piece {
    /// A macro call; the mark is an import.
    Macro(Macro),
    /// An import of several names.
    Import(UseTree),
    /// A static's value.
    Value(Box<Expr>),
    /// A function's name, parameters and result.
    Signature(Signature),
    /// A function's body.
    Body(TokenStream),
    /// What an `impl` block implements, and for what.
    Header(Box<Path>, Box<Type>),
    /// A field's type, or what an alias stands for.
    Field(Type),
    /// The type of a variant's one value.
    Variant(Type),
}

/// A line that the printer gave.
pub(super) enum Line<'p, 'l> {
    /// It stands for an empty one.
    Gap,
    /// It holds a mark: what is before it, the piece, and what is behind it.
    Piece(&'l str, &'p Piece, &'l str),
    /// It stands for itself.
    Code,
}

/// Marks where an empty line belongs, and takes out what is printed in ways of our own.
pub(super) fn mark(file: &mut File, pieces: &mut Pieces) {
    let has_docs = !file.attrs.is_empty();
    if let Some(after) = file
        .attrs
        .iter()
        .position(|attr| !attr.path().is_ident("doc"))
        && after > 0
    {
        file.attrs.insert(after, parse_quote!(#![doc = "\u{1}"]));
    }
    pieces.items(&mut file.items, has_docs);
}

/// What has been taken out of a file.
#[derive(Default)]
pub(super) struct Pieces(pub(super) Vec<Piece>);

impl Pieces {
    /// What a line stands for.
    pub(super) fn line<'l>(&self, line: &'l str) -> Line<'_, 'l> {
        let code = line.trim_start();
        if code == GAP || code == INNER_GAP {
            return Line::Gap;
        }
        if code.starts_with("//") {
            return Line::Code;
        }
        let mut starts = line.as_bytes().windows(PIECE.len());
        let Some(at) = starts.position(|start| start == PIECE.as_bytes()) else {
            return Line::Code;
        };
        let (before, rest) = (&line[..at], &line[at + PIECE.len()..]);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let piece = number.parse::<usize>().ok().and_then(|at| self.0.get(at));
        piece.map_or(Line::Code, |piece| Line::Piece(before, piece, after))
    }

    /// Keeps a piece, and gives its mark.
    pub(super) fn take(&mut self, piece: Piece) -> Ident {
        let mark = Ident::new(&format!("{PIECE}{}", self.0.len()), Span::call_site());
        self.0.push(piece);
        mark
    }

    fn items(&mut self, items: &mut [Item], after_docs: bool) {
        let mut before = None;
        for item in items {
            let kind = Kind::of(item);
            let apart = match before {
                Some(before) => before != kind || kind == Kind::Other,
                None => after_docs,
            };
            before = Some(kind);
            self.inside(item);
            if apart && let Some(attrs) = attrs(item) {
                attrs.insert(0, gap());
            }
        }
    }

    fn inside(&mut self, item: &mut Item) {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    let has_docs = module.attrs.iter().any(is_inner);
                    self.items(items, has_docs);
                }
            }
            Item::Impl(block) => {
                if block.generics.params.is_empty()
                    && let Some((path, _)) = block.trait_.take()
                {
                    let ty = std::mem::replace(block.self_ty.as_mut(), no_type());
                    let mark = self.take(Piece::Header(Box::new(path), Box::new(ty)));
                    *block.self_ty = named(mark);
                }
                for (at, member) in block.items.iter_mut().enumerate() {
                    if at > 0
                        && let Some(attrs) = member_attrs(member)
                    {
                        attrs.insert(0, gap());
                    }
                }
            }
            Item::Struct(item) => {
                if let Fields::Named(fields) = &mut item.fields {
                    for field in &mut fields.named {
                        let ty = std::mem::replace(&mut field.ty, no_type());
                        field.ty = named(self.take(Piece::Field(ty)));
                    }
                }
            }
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    if let Fields::Unnamed(fields) = &mut variant.fields
                        && let [field] =
                            fields.unnamed.iter_mut().collect::<Vec<_>>().as_mut_slice()
                    {
                        let ty = std::mem::replace(&mut field.ty, no_type());
                        field.ty = named(self.take(Piece::Variant(ty)));
                    }
                }
            }
            Item::Type(alias) => {
                let ty = std::mem::replace(alias.ty.as_mut(), no_type());
                *alias.ty = named(self.take(Piece::Field(ty)));
            }
            Item::Use(import)
                if matches!(import.vis, Visibility::Inherited) && is_list(&import.tree) =>
            {
                let empty = Ident::new("empty", Span::call_site());
                let empty = UseTree::Name(UseName { ident: empty });
                let ident = self.take(Piece::Import(std::mem::replace(&mut import.tree, empty)));
                import.tree = UseTree::Name(UseName { ident });
            }
            Item::Static(item) => {
                let empty = Box::new(Expr::Verbatim(TokenStream::new()));
                let mark = self.take(Piece::Value(std::mem::replace(&mut item.expr, empty)));
                *item.expr = expression(mark);
            }
            Item::Macro(call) => {
                let ident = self.take(Piece::Macro(std::mem::replace(&mut call.mac, no_macro())));
                *item = Item::Use(ItemUse {
                    attrs: std::mem::take(&mut call.attrs),
                    vis: Visibility::Inherited,
                    use_token: <syn::Token![use]>::default(),
                    leading_colon: None,
                    tree: UseTree::Name(UseName { ident }),
                    semi_token: <syn::Token![;]>::default(),
                });
            }
            _ => {}
        }
    }
}

/// What stands together without an empty line.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Module,
    UseStd,
    UseCrate,
    UseExternal,
    Reexport,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Mod(module) if module.content.is_none() => Self::Module,
            Item::Use(import) if !matches!(import.vis, Visibility::Inherited) => Self::Reexport,
            Item::Use(import) => match &import.tree {
                UseTree::Path(path) if path.ident == "std" => Self::UseStd,
                UseTree::Path(path) if path.ident == "crate" || path.ident == "super" => {
                    Self::UseCrate
                }
                _ => Self::UseExternal,
            },
            _ => Self::Other,
        }
    }
}

/// Whether an import ends with a list of names.
fn is_list(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => is_list(&path.tree),
        UseTree::Group(_) => true,
        _ => false,
    }
}

/// `empty!()`, and so on: there is one for most items, so they are built and not parsed.
fn no_macro() -> Macro {
    Macro {
        path: Ident::new("empty", Span::call_site()).into(),
        bang_token: <syn::Token![!]>::default(),
        delimiter: MacroDelimiter::Paren(Paren::default()),
        tokens: TokenStream::new(),
    }
}

fn no_type() -> Type {
    Type::Verbatim(TokenStream::new())
}

fn named(mark: Ident) -> Type {
    Type::Path(TypePath {
        attrs: Vec::new(),
        qself: None,
        path: mark.into(),
    })
}

fn expression(mark: Ident) -> Expr {
    Expr::Path(ExprPath {
        attrs: Vec::new(),
        qself: None,
        path: mark.into(),
    })
}

/// `#[doc = "\u{1}"]`.
fn gap() -> Attribute {
    let text = Lit::Str(LitStr::new("\u{1}", Span::call_site()));
    Attribute {
        pound_token: <syn::Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: <syn::Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: text,
            }),
        }),
    }
}

fn is_inner(attr: &Attribute) -> bool {
    matches!(attr.style, syn::AttrStyle::Inner(_))
}

fn attrs(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}

fn member_attrs(member: &mut ImplItem) -> Option<&mut Vec<Attribute>> {
    Some(match member {
        ImplItem::Const(member) => &mut member.attrs,
        ImplItem::Fn(member) => &mut member.attrs,
        ImplItem::Type(member) => &mut member.attrs,
        _ => return None,
    })
}
