use quote::quote;

use super::{Interface, Rust};

fn effect(before: proc_macro2::TokenStream, after: proc_macro2::TokenStream) -> Rust {
    Interface::of(before)
        .difference(&Interface::of(after))
        .effect
}

#[test]
fn a_function_body_is_not_compared() {
    let before = quote!(impl A { pub fn a(&self, b: u8) -> u8 { 1 } });
    let after = quote!(impl A { pub fn a(&self, c: u8) -> u8 { 2 } });
    assert_eq!(effect(before, after), Rust::None);
}

#[test]
fn a_removed_derive_breaks() {
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
    assert_eq!(effect(before.clone(), after.clone()), Rust::Breaking);
    assert_eq!(effect(after, before), Rust::Additive);
}

#[test]
fn a_type_that_no_longer_deserializes_breaks() {
    let read = quote!(crate::json_object!(A { a = required("a"), }););
    let written = quote!(crate::write_object!(A { a = required("a"), }););
    assert_eq!(effect(read.clone(), written.clone()), Rust::Breaking);
    assert_eq!(effect(written, read), Rust::Additive);
}

#[test]
fn a_type_that_no_longer_is_eq_breaks() {
    let before = quote!(crate::json_object!(A: Eq { a = required("a"), }););
    let after = quote!(crate::json_object!(A { a = required("a"), }););
    assert_eq!(effect(before.clone(), after.clone()), Rust::Breaking);
    assert_eq!(effect(after, before), Rust::Additive);
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
    assert_eq!(effect(one.clone(), two.clone()), Rust::Breaking);
    let open = |tokens| quote!(#[non_exhaustive] #tokens);
    assert_eq!(effect(open(one), open(two)), Rust::Additive);
}

#[test]
fn a_deprecation_attribute_adds() {
    let before = quote!(impl A { pub fn a(&self) {} });
    let after = quote!(impl A { #[deprecated] pub fn a(&self) {} });
    assert_eq!(effect(before, after), Rust::Additive);
}
