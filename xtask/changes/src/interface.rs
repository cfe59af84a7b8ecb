//! What code offers to its callers: the items of tokens, as names with their signatures.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Fields, ImplItem, Item, Visibility};

use super::change::Rust;

/// Names with their signatures: `fn Session::status` and what it takes and gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Interface(BTreeMap<String, String>);

impl Interface {
    /// Reads generated code. What cannot be read offers nothing but itself.
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

    /// What a macro of the runtime gives: methods of a builder, or traits of a type.
    fn call(&mut self, call: &syn::Macro) {
        let name = call.path.segments.last();
        let name = name.map(|last| last.ident.to_string()).unwrap_or_default();
        let given = call.tokens.to_string();
        let owner = call.tokens.clone().into_iter().next();
        let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
        let traits: &[&str] = match name.as_str() {
            // Builder, answer, error; how it is decoded is nobody's business.
            "request_methods" => {
                let (interface, _) = given.rsplit_once(',').unwrap_or((&given, ""));
                self.add("calls", interface);
                &[]
            }
            "client_builder_methods" => {
                self.add("calls of the builder", given);
                &[]
            }
            "write_object" | "write_union" => &["Serialize"],
            _ => &["Serialize", "Deserialize"],
        };
        for implemented in traits {
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
        // Whoever writes a struct out names each field.
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

    /// What it means that this became `other`, and the names that say so.
    pub(super) fn against(&self, other: &Self) -> (Rust, Vec<String>) {
        let names: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        let mut most = Rust::None;
        let mut told = Vec::new();
        for name in names {
            let found = match (self.0.get(name), other.0.get(name)) {
                (Some(old), Some(new)) if old == new => continue,
                (Some(_), None) if name.starts_with("deprecated ") => Rust::Docs,
                (None, Some(_)) => Rust::Additive,
                _ => Rust::Breaking,
            };
            if found > most {
                told.clear();
            }
            most = most.max(found);
            if found == most {
                told.push(name.clone());
            }
        }
        (most, told)
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// What a function takes and gives; what it calls its parameters is its own business.
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
mod tests {
    use quote::quote;

    use super::{Interface, Rust};

    fn judge(before: proc_macro2::TokenStream, after: proc_macro2::TokenStream) -> Rust {
        Interface::of(before).against(&Interface::of(after)).0
    }

    #[test]
    fn a_body_is_nobodys_business() {
        let before = quote!(impl A { pub fn a(&self, b: u8) -> u8 { 1 } });
        let after = quote!(impl A { pub fn a(&self, c: u8) -> u8 { 2 } });
        assert_eq!(judge(before, after), Rust::None);
    }

    #[test]
    fn a_derive_that_is_gone_breaks() {
        let before = quote!(
            #[derive(Debug, Clone)]
            #[non_exhaustive]
            pub struct A {
                pub a: u8,
            }
        );
        let after = quote!(
            #[derive(Debug)]
            #[non_exhaustive]
            pub struct A {
                pub a: u8,
            }
        );
        assert_eq!(judge(before.clone(), after.clone()), Rust::Breaking);
        assert_eq!(judge(after, before), Rust::Additive);
    }

    #[test]
    fn a_type_that_is_no_longer_read_breaks() {
        let read = quote!(crate::json_object!(A { a = required("a"), }););
        let written = quote!(crate::write_object!(A { a = required("a"), }););
        assert_eq!(judge(read.clone(), written.clone()), Rust::Breaking);
        assert_eq!(judge(written, read), Rust::Additive);
    }

    #[test]
    fn a_field_of_an_open_struct_adds_and_of_a_closed_one_breaks() {
        let one = quote!(
            pub struct A {
                pub a: u8,
            }
        );
        let two = quote!(
            pub struct A {
                pub a: u8,
                pub b: u8,
            }
        );
        assert_eq!(judge(one.clone(), two.clone()), Rust::Breaking);
        let open = |tokens| quote!(#[non_exhaustive] #tokens);
        assert_eq!(judge(open(one), open(two)), Rust::Additive);
    }

    #[test]
    fn an_attribute_of_deprecation_adds() {
        let before = quote!(impl A { pub fn a(&self) {} });
        let after = quote!(impl A { #[deprecated] pub fn a(&self) {} });
        assert_eq!(judge(before, after), Rust::Additive);
    }
}
