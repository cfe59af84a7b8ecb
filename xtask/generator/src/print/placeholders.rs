//! Placeholders in the syntax tree for what `prettyplease` does not print.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, File, ImplItem, Item, ItemUse, Lit, LitStr, Macro,
    MacroDelimiter, Meta, MetaNameValue, UseName, UseTree, Visibility, parse_quote,
    token::{Bracket, Paren},
};

/// The lines that placeholders are printed as. Documentation never contains a control character, and
/// no identifier made from a document begins with two underscores and `macro_`.
const BLANK: &str = "///\u{1}";
const INNER_BLANK: &str = "//!\u{1}";
const MACRO: &str = "use __macro_";

/// A line printed by `prettyplease`.
pub(super) enum Line<'p> {
    /// An empty line.
    Blank,
    /// A macro call, at an indentation.
    Macro(usize, &'p Macro),
    /// Code.
    Code,
}

/// The macro calls of a file.
#[derive(Default)]
pub(super) struct Placeholders(Vec<Macro>);

impl Placeholders {
    /// Marks where empty lines belong, and replaces the macro calls.
    pub(super) fn insert(file: &mut File) -> Self {
        let mut placeholders = Self::default();
        let has_docs = !file.attrs.is_empty();
        if let Some(after) = file
            .attrs
            .iter()
            .position(|attr| !attr.path().is_ident("doc"))
            && after > 0
        {
            file.attrs.insert(after, parse_quote!(#![doc = "\u{1}"]));
        }
        placeholders.items(&mut file.items, has_docs);
        placeholders
    }

    /// Classifies a printed line.
    pub(super) fn line(&self, line: &str) -> Line<'_> {
        let code = line.trim_start();
        if code == BLANK || code == INNER_BLANK {
            return Line::Blank;
        }
        let number = code
            .strip_prefix(MACRO)
            .and_then(|code| code.strip_suffix(';'));
        let call = number
            .and_then(|number| number.parse::<usize>().ok())
            .and_then(|number| self.0.get(number));
        call.map_or(Line::Code, |call| {
            Line::Macro(line.len() - code.len(), call)
        })
    }

    fn items(&mut self, items: &mut [Item], after_docs: bool) {
        let mut before = None;
        for item in items {
            let group = ItemGroup::of(item);
            let separate = match before {
                Some(before) => before != group || group == ItemGroup::Other,
                None => after_docs,
            };
            before = Some(group);
            self.inside(item);
            if separate && let Some(attrs) = attrs(item) {
                attrs.insert(0, blank_line());
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
                for (at, member) in block.items.iter_mut().enumerate() {
                    if at > 0
                        && let Some(attrs) = member_attrs(member)
                    {
                        attrs.insert(0, blank_line());
                    }
                }
            }
            Item::Macro(call) => {
                let ident = Ident::new(&format!("__macro_{}", self.0.len()), Span::call_site());
                self.0.push(std::mem::replace(&mut call.mac, no_macro()));
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
/// Items of one group have no empty line between them.
#[derive(Clone, Copy, PartialEq)]
enum ItemGroup {
    Module,
    UseStd,
    UseCrate,
    UseExternal,
    Reexport,
    Other,
}

impl ItemGroup {
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

fn no_macro() -> Macro {
    Macro {
        path: Ident::new("empty", Span::call_site()).into(),
        bang_token: <syn::Token![!]>::default(),
        delimiter: MacroDelimiter::Paren(Paren::default()),
        tokens: TokenStream::new(),
    }
}

/// `#[doc = "\u{1}"]`.
fn blank_line() -> Attribute {
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
