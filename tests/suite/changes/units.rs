//! Generated code in its smallest named parts: a field, a variant, a method, an entry of a macro
//! call. Together they are every token of a file, so whatever line differs, a part of it does.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item};

use super::aliases::{self, Alias, absolute};

/// What a part is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unit {
    /// The file.
    pub(crate) file: String,
    /// The module's path: `clerk::resources::sessions`.
    pub(crate) module: String,
    pub(crate) part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The documentation at the head of a file.
    Docs,
    /// All imports of a module.
    Imports,
    /// A module declared, or written inside the file.
    Module(String),
    /// A name exported again.
    Export(String),
    /// An item, its members aside: `(Session, "struct")`.
    Item(String, String),
    /// A member of an item: `(Session, status, "field")`.
    Member(String, String, &'static str),
    /// The order of an item's members: `(Session, "fields")`.
    Order(String, &'static str),
}

/// What the part is of that is a type's description.
pub(crate) const DOCS: &str = "docs";

/// Each part's tokens.
pub(crate) type Units = BTreeMap<Unit, String>;

/// The parts of a file.
pub(crate) fn of_file(path: &str, file: &syn::File, units: &mut Units) {
    let mut reader = Reader {
        file: path.to_owned(),
        module: module_of(path),
        units,
        aliases: Vec::new(),
    };
    reader.add(Part::Docs, text_of(&file.attrs));
    reader.items(&file.items);
    let aliases = std::mem::take(&mut reader.aliases);
    aliases::expand(path, &aliases, units);
    inline_security(path, units);
}

/// Operations of a resource share a constant where most have the same security: whether they do
/// depends on the others, and what it says belongs to each.
fn inline_security(path: &str, units: &mut Units) {
    let constant = Part::Item("SECURITY".to_owned(), "const".to_owned());
    let found = units
        .keys()
        .find(|unit| unit.file == path && unit.part == constant)
        .cloned();
    let Some(text) = found.and_then(|unit| units.remove(&unit)) else {
        return;
    };
    let value = text.split_once(" = ").map_or("", |(_, value)| value);
    let value = value.trim_end_matches([' ', ';', '\n']);
    for (unit, text) in units.iter_mut().filter(|(unit, _)| unit.file == path) {
        if matches!(&unit.part, Part::Item(_, what) if what == "static") {
            *text = text.replace("security : SECURITY", &format!("security : {value}"));
        }
    }
}

/// `src/clerk/types/session.rs` holds `clerk::types::session`.
fn module_of(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.trim_end_matches("/mod");
    if path == "lib" {
        String::new()
    } else {
        path.replace('/', "::")
    }
}

struct Reader<'u> {
    file: String,
    module: String,
    units: &'u mut Units,
    aliases: Vec<Alias>,
}

impl Reader<'_> {
    fn add(&mut self, part: Part, text: String) {
        let unit = Unit {
            file: self.file.clone(),
            module: self.module.clone(),
            part,
        };
        let known = self.units.entry(unit).or_default();
        known.push_str(&text);
        known.push('\n');
    }

    fn order(&mut self, item: &str, what: &'static str, names: impl Iterator<Item = String>) {
        let names: Vec<String> = names.collect();
        self.add(Part::Order(item.to_owned(), what), names.join(" "));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                for name in exported(&item.tree) {
                    self.add(Part::Export(name), String::new());
                }
            }
            Item::Use(item) => self.add(Part::Imports, text(item)),
            Item::Mod(item) => self.module(item),
            Item::Struct(item) => self.structure(item),
            Item::Enum(item) => self.enumeration(item),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => self.call(item),
            Item::Static(item) => self.plain(&item.ident, "static", item),
            Item::Const(item) => self.plain(&item.ident, "const", item),
            Item::Type(item) => self.alias(item),
            other => panic!("generated code has a new kind of item: {}", text(other)),
        }
    }

    fn plain(&mut self, name: &syn::Ident, what: &str, item: &impl ToTokens) {
        self.add(Part::Item(name.to_string(), what.to_owned()), text(item));
    }

    /// A type's description is a part of its own; what else is said of it, is returned.
    fn attributes(&mut self, name: &str, attributes: &[Attribute]) -> String {
        let is_docs = |attribute: &&Attribute| attribute.path().is_ident("doc");
        let docs = attributes.iter().filter(is_docs).map(text).collect();
        self.add(Part::Item(name.to_owned(), DOCS.to_owned()), docs);
        let others = attributes.iter().filter(|it| !is_docs(it));
        others.map(text).collect()
    }

    /// Another name; `super::` is resolved, so that the same type is the same text everywhere.
    fn alias(&mut self, item: &syn::ItemType) {
        let target = absolute(&self.module, &text(&item.ty).replace(' ', ""));
        let head = self.attributes(&item.ident.to_string(), &item.attrs) + &target;
        self.add(Part::Item(item.ident.to_string(), "type".to_owned()), head);
        if let Some((module, name)) = target.rsplit_once("::") {
            let to = (module.to_owned(), name.to_owned());
            let from = (
                self.file.clone(),
                self.module.clone(),
                item.ident.to_string(),
            );
            self.aliases.push((from, to));
        }
    }

    fn module(&mut self, item: &syn::ItemMod) {
        let name = plain(&item.ident);
        let head = text_of(&item.attrs) + &text(&item.vis);
        self.add(Part::Module(name.clone()), head);
        if let Some((_, items)) = &item.content {
            let outer = self.module.clone();
            self.module = format!("{outer}::{name}");
            self.items(items);
            self.module = outer;
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct) {
        let name = item.ident.to_string();
        let public = |field: &syn::Field| matches!(field.vis, syn::Visibility::Public(_));
        let private = item.fields.iter().filter(|field| !public(field));
        let head = self.attributes(&name, &item.attrs);
        let head = head + &text(&item.vis) + &text(&item.generics);
        let head = private.fold(head, |head, field| head + &text(field));
        self.add(Part::Item(name.clone(), "struct".to_owned()), head);
        let fields: Vec<&syn::Field> = item.fields.iter().filter(|field| public(field)).collect();
        let named = |field: &&syn::Field| field.ident.as_ref().map_or_else(String::new, plain);
        for field in &fields {
            self.add(
                Part::Member(name.clone(), named(field), "field"),
                text(field),
            );
        }
        self.order(&name, "fields", fields.iter().map(named));
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let name = item.ident.to_string();
        let head = self.attributes(&name, &item.attrs);
        let head = head + &text(&item.vis) + &text(&item.generics);
        self.add(Part::Item(name.clone(), "enum".to_owned()), head);
        for variant in &item.variants {
            let member = Part::Member(name.clone(), plain(&variant.ident), "variant");
            self.add(member, text(variant));
        }
        let names = item.variants.iter().map(|variant| plain(&variant.ident));
        self.order(&name, "variants", names);
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let owner = owner(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            let what = format!("impl {}", text(path));
            self.add(Part::Item(owner, what), text(item));
            return;
        }
        let functions = item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function),
            _ => None,
        });
        let functions: Vec<&syn::ImplItemFn> = functions.collect();
        assert_eq!(
            functions.len(),
            item.items.len(),
            "{owner} has more than functions"
        );
        for function in &functions {
            let member = Part::Member(owner.clone(), plain(&function.sig.ident), "fn");
            self.add(member, text(function));
        }
        let names = functions.iter().map(|function| plain(&function.sig.ident));
        self.order(&owner, "functions", names);
    }

    /// A call of one of the runtime's macros: it begins with a type's name; what it lists in
    /// braces begins with a member's name.
    fn call(&mut self, item: &syn::ItemMacro) {
        let what = text(&item.mac.path);
        let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
        let owner = tokens.first().map_or_else(String::new, ToString::to_string);
        let mut head = TokenStream::new();
        let mut names = Vec::new();
        for token in tokens {
            match &token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    for entry in entries(group.stream()) {
                        // `..additional = others` begins with dots.
                        let mut tokens = entry.clone().into_iter();
                        let name = tokens.find(|token| matches!(token, TokenTree::Ident(_)));
                        let name = name.map_or_else(String::new, |name| name.to_string());
                        let name = name.trim_start_matches("r#").to_owned();
                        let member = Part::Member(owner.clone(), name.clone(), "entry");
                        self.add(member, entry.to_string());
                        names.push(name);
                    }
                }
                _ => head.extend([token]),
            }
        }
        let head = text_of(&item.attrs) + &head.to_string();
        self.add(Part::Item(owner.clone(), what), head);
        self.order(&owner, "entries", names.into_iter());
    }
}

/// What commas part, those between angle brackets aside.
fn entries(tokens: TokenStream) -> Vec<TokenStream> {
    let mut entries = vec![TokenStream::new()];
    let mut open = 0_usize;
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => open += 1,
            '>' => open = open.saturating_sub(1),
            _ => {}
        }
        match entries.last_mut() {
            Some(last) if sign != ',' || open > 0 => last.extend([token]),
            _ => entries.push(TokenStream::new()),
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// The names that an export gives.
fn exported(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => exported(&path.tree),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Rename(rename) => vec![rename.rename.to_string()],
        syn::UseTree::Glob(_) => vec!["*".to_owned()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(exported).collect(),
    }
}

/// The name of the type that an implementation is of.
fn owner(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => match path.path.segments.last() {
            Some(last) => last.ident.to_string(),
            None => String::new(),
        },
        other => text(other),
    }
}

fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn text_of(attributes: &[Attribute]) -> String {
    attributes.iter().map(text).collect()
}
