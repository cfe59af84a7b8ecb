//! Objects as structs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    argument::{Argument, Place, argument},
    deprecation, fields,
    fields::Plan,
    rust_type::rust,
    scope::Scope,
    tokens::{constant, ident, word},
    type_docs,
};
use sdk_model::names::OPERATORS;
use sdk_model::{Field, Shape, Type, TypeDef};

/// More required values than this come as a struct of their own.
pub(super) const MOST_ARGUMENTS: usize = 6;

/// Whether a type's `new` may take a struct of its own.
pub(super) fn may_ask_for_much(definition: &TypeDef) -> bool {
    definition.usage.request
        && matches!(&definition.shape, Shape::Struct { fields, .. }
            if fields.len() > MOST_ARGUMENTS)
}

/// The name of the struct that takes the required values of `owner`.
pub(super) fn required_name(owner: &str) -> Ident {
    let stem = owner
        .strip_suffix("Request")
        .filter(|stem| !stem.is_empty())
        .unwrap_or(owner);
    word(&format!("{}Required", stem.trim_start_matches("r#")))
}

/// The struct, and what makes one.
pub(super) fn emit(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    all_fields: &[Field],
    additional: Option<&Type>,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of(scope, definition);
    let plans: Vec<Plan<'_>> = all_fields
        .iter()
        .filter_map(|field| Plan::of(scope.context(), field, definition.usage))
        .collect();
    let members: Vec<TokenStream> = plans.iter().map(|plan| fields::emit(scope, plan)).collect();
    let additional_member = additional.map(|ty| additional_field(scope, ty));
    let members_on_the_wire = wire_members(scope, definition, &plans, additional);

    let required: Vec<&Plan<'_>> = plans.iter().filter(|plan| plan.is_asked_for()).collect();
    let makes = definition.usage.request;
    let constants = plans.iter().any(|plan| plan.constant().is_some());
    let derives_default = makes && required.is_empty() && !constants;
    let derives = derives(scope, definition, derives_default);
    let making = if makes {
        make(
            scope,
            &name,
            &plans,
            &required,
            additional.is_some(),
            derives_default,
        )
    } else {
        TokenStream::new()
    };
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #additional_member
        }
        #members_on_the_wire
        #making
    }
}

fn derives(scope: &mut Scope<'_>, definition: &TypeDef, default: bool) -> TokenStream {
    let mut derives = vec![quote!(Debug), quote!(Clone)];
    if default {
        derives.push(quote!(Default));
    }
    if !scope.context().is_secret(&definition.id()) {
        derives.push(quote!(PartialEq));
    }
    quote!(#[derive(#(#derives),*)])
}

/// Members beyond the declared ones.
pub(super) fn additional_field(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    let map = scope.import("std::collections", "BTreeMap");
    let ty = rust(scope, ty);
    quote! {
        /// Members that the document does not name.
        pub additional: #map<String, #ty>,
    }
}

/// The same in the list by which the runtime reads and writes the struct.
pub(super) fn additional_entry(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    let others = fields::how_in_form(scope, "others", ty);
    quote!(..additional = #others)
}

/// The list by which the runtime reads and writes the struct.
fn wire_members(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    plans: &[Plan<'_>],
    additional: Option<&Type>,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let entries: Vec<TokenStream> = plans
        .iter()
        .map(|plan| fields::entry(scope, plan))
        .collect();
    let others = additional.map(|ty| additional_entry(scope, ty));
    if definition.usage.is_read() {
        quote!(crate::json_object!(#name { #(#entries,)* #others });)
    } else {
        quote!(crate::write_object!(#name { #(#entries,)* #others });)
    }
}

/// `new`, and a setter for each field that may be absent.
fn make(
    scope: &mut Scope<'_>,
    name: &Ident,
    plans: &[Plan<'_>],
    required: &[&Plan<'_>],
    additional: bool,
    derives_default: bool,
) -> TokenStream {
    if derives_default {
        let setters = setters(scope, plans);
        return quote! {
            impl #name {
                /// One with nothing set.
                pub fn new() -> Self {
                    Self::default()
                }
                #(#setters)*
            }
        };
    }
    let bundled = required.len() > MOST_ARGUMENTS;
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for plan in plans {
        let field = ident(&plan.field.name.ident);
        values.push(if let Some(value) = plan.constant() {
            let owned = plan.field_is_text();
            let value = if owned {
                quote!(#value.to_owned())
            } else {
                value
            };
            quote!(#field: #value)
        } else if !plan.is_asked_for() {
            quote!(#field: None)
        } else if bundled {
            quote!(#field: required.#field)
        } else {
            let (ty, value) = plan.argument(scope, &field);
            parameters.push(quote!(#field: #ty));
            if field == value.to_string() {
                quote!(#field)
            } else {
                quote!(#field: #value)
            }
        });
    }
    if additional {
        let map = scope.import("std::collections", "BTreeMap");
        values.push(quote!(additional: #map::new()));
    }
    let bundle = required_name(&name.to_string());
    let bundle_struct = bundled.then(|| {
        let derive = if required
            .iter()
            .any(|plan| plan.holds_secret(scope.context()))
        {
            quote!(#[derive(Debug, Clone)])
        } else {
            quote!(#[derive(Debug, Clone, PartialEq)])
        };
        let members = required.iter().map(|plan| {
            let docs = scope.docs(vec![plan.docs()]);
            let field = ident(&plan.field.name.ident);
            let ty = plan.plain_type(scope);
            quote!(#docs pub #field: #ty,)
        });
        let docs = format!(" What [`{name}::new`] takes.");
        quote! {
            #[doc = #docs]
            #derive
            pub struct #bundle { #(#members)* }
        }
    });
    if bundled {
        parameters.push(quote!(required: #bundle));
    }
    let without_arguments = parameters.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = setters(scope, plans);
    quote! {
        impl #name {
            /// One with the required values, the others absent.
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }
        #without_arguments
        #bundle_struct
    }
}

fn setters(scope: &mut Scope<'_>, plans: &[Plan<'_>]) -> Vec<TokenStream> {
    plans
        .iter()
        .filter(|plan| plan.is_optional() && !is_taken(plan.field.name.ident.as_str()))
        .filter(|plan| !plan.field.read_only)
        .map(|plan| setter(scope, plan))
        .collect()
}

/// Whether a setter cannot have the name: every struct has such a method, or it would look like
/// an operator's. The fields are public.
fn is_taken(name: &str) -> bool {
    ["clone", "default", "new"].contains(&name) || OPERATORS.contains(&name)
}

fn setter(scope: &mut Scope<'_>, plan: &Plan<'_>) -> TokenStream {
    let name = ident(&plan.field.name.ident);
    let docs = scope.docs(vec![plan.docs()]);
    let deprecated = deprecation::attribute(plan.field.deprecation.as_ref());
    let Argument { ty, value } = argument(scope, &plan.field.ty, &name, Place::Field);
    let value = if plan.is_double() {
        quote!(Some(Some(#value)))
    } else {
        quote!(Some(#value))
    };
    let null = plan.is_double().then(|| {
        let null = word(&format!("{}_null", plan.field.name.ident.plain()));
        let docs = format!(" Sends `{}` as null.", plan.field.name.wire);
        quote! {
            #[doc = #docs]
            #[must_use]
            pub fn #null(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        }
    });
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
        #null
    }
}

/// A constant's value as Rust, where Rust has a literal for it.
pub(super) fn constant_of(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Constant(value) => constant(&value.0),
        _ => None,
    }
}
