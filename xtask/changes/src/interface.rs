//! What code offers to its callers: the items of tokens, as names with their signatures.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

use super::{
    change::{Rust, Sides},
    collect::{Collector, Details},
    text::quoted,
};

/// Names with their signatures: `fn Session::status` and its types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Interface(BTreeMap<String, String>);

impl Interface {
    /// Reads generated code. Code that does not parse is one item.
    pub(super) fn of(code: TokenStream) -> Self {
        let mut found = Self::default();
        let text = code.to_string();
        match syn::parse2::<syn::File>(code) {
            Ok(file) => file.items.iter().for_each(|item| found.item(item)),
            Err(_) => found.add("code", text),
        }
        found
    }

    fn add(&mut self, name: impl Into<String>, signature: impl Into<String>) {
        self.0.insert(name.into(), signature.into());
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if public(&item.vis) => self.structure(item),
            Item::Enum(item) if public(&item.vis) => {
                let name = item.ident.to_string();
                self.attributes(&name, &item.attrs);
                self.add(format!("type {name}"), "enum");
                for variant in &item.variants {
                    let payload = text(&variant.fields);
                    self.add(format!("variant {name}::{}", variant.ident), payload);
                }
            }
            Item::Type(item) if public(&item.vis) => {
                self.add(format!("type {}", item.ident), text(&item.ty));
            }
            Item::Const(item) if public(&item.vis) => {
                self.add(format!("const {}", item.ident), text(&item.ty));
            }
            Item::Impl(item) => self.implementation(item),
            Item::Mod(item) => {
                let items = item.content.iter().flat_map(|(_, items)| items);
                items.for_each(|item| self.item(item));
            }
            Item::Macro(item) => self.call(&item.mac),
            _ => {}
        }
    }

    /// The items that a macro of the runtime declares: methods of a builder, or traits of a type.
    fn call(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last();
        let name = name.map(|last| last.ident.to_string()).unwrap_or_default();
        let given = call.tokens.to_string();
        let mut tokens = call.tokens.clone().into_iter().map(|it| it.to_string());
        let owner = tokens.next().unwrap_or_default();
        // `Owner: Eq {…}`.
        let total = tokens.next().filter(|it| it == ":").and(tokens.next());
        let traits: &[&str] = match name.as_str() {
            // Builder, response and error; the decoder is not public API.
            "request_methods" => {
                let (interface, _) = given.rsplit_once(',').unwrap_or((&given, ""));
                self.add(REQUEST_METHODS, interface);
                &[]
            }
            "client_builder_methods" => {
                self.add("client builder methods", given);
                &[]
            }
            "write_object" | "write_union" => &["Serialize"],
            "string_enum" | "integer_enum" => {
                &["Serialize", "Deserialize", "PartialEq", "Eq", "Hash"]
            }
            // Compared one by one.
            "union_members" => &[],
            _ => &["Serialize", "Deserialize"],
        };
        for implemented in traits.iter().copied().chain(total.as_deref()) {
            self.add(format!("impl {implemented} for {owner}"), "");
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct) {
        let name = item.ident.to_string();
        let open = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("non_exhaustive"));
        let mut all = Vec::new();
        for field in item.fields.iter().filter(|field| public(&field.vis)) {
            let ident = field
                .ident
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            self.add(format!("field {name}::{ident}"), text(&field.ty));
            self.deprecation(&format!("{name}::{ident}"), &field.attrs);
            all.push(ident);
        }
        self.attributes(&name, &item.attrs);
        // A struct expression names each field.
        let whole = if open || matches!(item.fields, Fields::Unit) || all.is_empty() {
            "struct".to_owned()
        } else {
            format!("struct {}", all.join(", "))
        };
        self.add(format!("type {name}"), whole);
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let owner = text(&item.self_ty);
        if let Some(implemented) = &item.trait_ {
            self.add(format!("impl {} for {owner}", text(&implemented.1)), "");
            return;
        }
        for item in &item.items {
            if let ImplItem::Fn(function) = item
                && public(&function.vis)
            {
                let name = format!("{owner}::{}", function.sig.ident);
                self.deprecation(&name, &function.attrs);
                self.add(format!("fn {name}"), types_of(&function.sig));
            }
        }
    }

    fn attributes(&mut self, name: &str, attributes: &[Attribute]) {
        for attribute in attributes
            .iter()
            .filter(|found| found.path().is_ident("derive"))
        {
            let _ = attribute.parse_nested_meta(|meta| {
                self.add(format!("impl {} for {name}", text(&meta.path)), "");
                Ok(())
            });
        }
        self.deprecation(name, attributes);
    }

    fn deprecation(&mut self, name: &str, attributes: &[Attribute]) {
        if attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("deprecated"))
        {
            self.add(format!("deprecated {name}"), "");
        }
    }

    /// What differs from `new`.
    pub(super) fn difference(&self, new: &Self) -> Difference {
        let names: BTreeSet<&String> = self.0.keys().chain(new.0.keys()).collect();
        let mut difference = Difference::default();
        for name in names {
            let (before, after) = (self.0.get(name), new.0.get(name));
            let effect = match (before, after) {
                (Some(old), Some(new)) if old == new => continue,
                (Some(_), None) if name.starts_with("deprecated ") => Rust::Docs,
                (None, Some(_)) => Rust::Additive,
                _ => Rust::Breaking,
            };
            if effect > difference.effect {
                difference.items.clear();
            }
            difference.effect = difference.effect.max(effect);
            if effect == difference.effect {
                difference.items.push(PublicItem {
                    name: name.clone(),
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
        difference
    }
}

/// The methods of a request builder, which name its response and error.
const REQUEST_METHODS: &str = "request methods";

/// The items that differ between two interfaces.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// The effect in Rust.
    pub(super) effect: Rust,
    /// The items with that effect.
    items: Vec<PublicItem>,
    /// The item whose change this follows from.
    cause: Option<String>,
}

#[derive(Debug)]
struct PublicItem {
    name: String,
    before: Option<String>,
    after: Option<String>,
}

impl Difference {
    /// Finds out whether a renamed type or another error type is all that differs.
    pub(super) fn attribute(&mut self, out: &Collector<'_>) {
        let mut used = None;
        let is_rename = self.items.iter().all(|item| {
            let (Some(old), Some(new)) = (&item.before, &item.after) else {
                return false;
            };
            let (renamed, by) = out.renames.apply(old);
            used = used.or(by);
            renamed == *new
        });
        let errors = [out.before, out.after].map(|context| &context.api.errors.body);
        if is_rename && let Some(id) = used {
            self.cause = Some(id.0.clone());
        } else if errors[0] != errors[1]
            && self.items.iter().all(|item| item.name == REQUEST_METHODS)
        {
            self.cause = Some(super::api::ERRORS.to_owned());
        }
    }

    /// What changed.
    pub(super) fn message(&self) -> String {
        if self.items.is_empty() {
            return "generated code changed because a type that it uses changed".to_owned();
        }
        if let Some(message) = self.traits() {
            return message;
        }
        let names = self.items.iter().map(|item| quoted(&item.name));
        let names: Vec<String> = names.collect();
        format!("generated items changed: {}", names.join(", "))
    }

    /// The traits that are implemented now or no longer, where nothing else differs.
    fn traits(&self) -> Option<String> {
        let is_added = self.items.first()?.before.is_none();
        let names: Option<Vec<String>> = self
            .items
            .iter()
            .map(|item| {
                let (name, _) = item.name.strip_prefix("impl ")?.rsplit_once(" for ")?;
                (item.before.is_none() == is_added).then(|| quoted(&compact(name)))
            })
            .collect();
        let verb = if is_added { "now" } else { "no longer" };
        Some(format!("{verb} implements {}", names?.join(", ")))
    }

    /// The signatures that differ, and the cause.
    pub(super) fn details(self) -> Details {
        let side = |pick: fn(&PublicItem) -> &Option<String>| {
            let lines = self.items.iter().filter_map(|item| {
                let signature = pick(item).as_deref()?;
                Some(match signature {
                    "" => item.name.clone(),
                    signature => format!("{}: {}", item.name, compact(signature)),
                })
            });
            let lines: Vec<String> = lines.collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        };
        Details {
            signature: Sides {
                before: side(|item| &item.before),
                after: side(|item| &item.after),
            },
            cause: self.cause.clone(),
            ..Details::default()
        }
    }
}

/// The signature of a public method in generated code.
pub(super) fn method(code: TokenStream, name: &str) -> Option<String> {
    let file: syn::File = syn::parse2(code).ok()?;
    let implementations = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) => Some(item),
        _ => None,
    });
    let functions = implementations.flat_map(|item| &item.items);
    functions
        .filter_map(|item| match item {
            ImplItem::Fn(function) if public(&function.vis) => Some(&function.sig),
            _ => None,
        })
        .find(|signature| signature.ident == name)
        .map(|signature| compact(&text(signature)))
}

/// Tokens as Rust is usually spaced.
pub(super) fn compact(tokens: &str) -> String {
    const SPACES: [(&str, &str); 13] = [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ,", ","),
        (" :", ":"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
        ("-> (", "-> ("),
    ];
    let spaced = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    SPACES.iter().fold(tokens.to_owned(), spaced)
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// The types of a function; the names of its parameters are not part of its interface.
fn types_of(signature: &syn::Signature) -> String {
    let mut text = String::new();
    for input in &signature.inputs {
        text.push_str(&match input {
            syn::FnArg::Receiver(receiver) => receiver
                .to_token_stream()
                .to_string()
                .replace("mut self", "self"),
            syn::FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
        });
        text.push_str(", ");
    }
    text.push_str(&signature.output.to_token_stream().to_string());
    text
}

#[cfg(test)]
mod tests;
