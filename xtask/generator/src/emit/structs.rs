//! Objects as structs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    argument::{Argument, Target, argument},
    deprecation, fields,
    fields::FieldPlan,
    rust_type::rust,
    scope::Scope,
    tokens::{binding, ident, word},
    type_docs,
};
use crate::reserved;
use sdk_model::{Field, Shape, Type, TypeDef};

/// More required values than this are passed in a struct.
pub(super) const MAX_ARGUMENTS: usize = 6;

/// Whether a type's `new` may take a struct of required fields.
pub(super) fn may_need_required_struct(definition: &TypeDef) -> bool {
    definition.usage.request
        && matches!(&definition.shape, Shape::Struct { fields, .. }
            if fields.len() > MAX_ARGUMENTS)
}

/// The name of the struct with the required values of `owner`.
pub(super) fn required_name(owner: &str) -> Ident {
    let stem = owner
        .strip_suffix("Request")
        .filter(|stem| !stem.is_empty())
        .unwrap_or(owner);
    word(&format!("{}Required", stem.trim_start_matches("r#")))
}

/// The struct, its wire format, and its constructor and setters.
pub(super) fn emit(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    all_fields: &[Field],
    additional: Option<&Type>,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let docs = type_docs::of(scope, definition);
    let plans: Vec<FieldPlan<'_>> = all_fields
        .iter()
        .filter_map(|field| FieldPlan::of(scope.context(), field, definition.usage))
        .collect();
    let members: Vec<TokenStream> = plans.iter().map(|plan| fields::emit(scope, plan)).collect();
    let additional_member = additional.map(|ty| additional_field(scope, ty));

    let required: Vec<&FieldPlan<'_>> = plans.iter().filter(|plan| plan.is_required()).collect();
    let is_constructible = definition.usage.request;
    let constants = plans.iter().any(|plan| plan.constant().is_some());
    let implements_default = is_constructible && required.is_empty();
    let derives_default = implements_default && !constants;
    let test_default = !implements_default && scope.context().traits.has_default(&definition.id());
    let members_on_the_wire = wire_members(scope, definition, &plans, additional, test_default);
    let derives = derives(scope, definition, derives_default);
    let making = if is_constructible {
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
    let (id, traits) = (definition.id(), &scope.context().traits);
    if !traits.has_secrets(&id) {
        derives.push(quote!(PartialEq));
    }
    quote!(#[derive(#(#derives),*)])
}

/// The field for undeclared members.
pub(super) fn additional_field(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    let map = scope.import("std::collections", "BTreeMap");
    let ty = rust(scope, ty);
    quote! {
        /// Members that the document does not declare.
        pub additional: #map<String, #ty>,
    }
}

/// The field for undeclared members in the list of wire members.
pub(super) fn additional_entry(scope: &mut Scope<'_>, ty: &Type) -> TokenStream {
    let others = fields::how_in_form(scope, "others", ty);
    quote!(..additional = #others)
}

/// The macro call that implements reading and writing.
fn wire_members(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    plans: &[FieldPlan<'_>],
    additional: Option<&Type>,
    test_default: bool,
) -> TokenStream {
    let name = ident(&definition.name.ident);
    let entries: Vec<TokenStream> = plans
        .iter()
        .map(|plan| fields::entry(scope, plan))
        .collect();
    let others = additional.map(|ty| additional_entry(scope, ty));
    // Not derived: the derived one has a function for the compiler to check.
    let is_eq = scope.context().traits.is_eq(&definition.id());
    let total_eq = is_eq.then(|| quote!(: Eq));
    if definition.usage.is_read() {
        // The macro implements `Default` for tests, unless the type has one or cannot.
        let without_default = (!test_default).then(|| quote!(without_default));
        quote!(crate::json_object!(#name #total_eq #without_default { #(#entries,)* #others });)
    } else {
        quote!(crate::write_object!(#name #total_eq { #(#entries,)* #others });)
    }
}

/// `new`, and a setter for each field that may be absent.
fn make(
    scope: &mut Scope<'_>,
    name: &Ident,
    plans: &[FieldPlan<'_>],
    required: &[&FieldPlan<'_>],
    additional: bool,
    derives_default: bool,
) -> TokenStream {
    if derives_default {
        let setters = setters(scope, plans);
        return quote! {
            impl #name {
                /// Creates an empty value.
                pub fn new() -> Self {
                    Self::default()
                }
                #(#setters)*
            }
        };
    }
    let in_required_struct = required.len() > MAX_ARGUMENTS;
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
        } else if !plan.is_required() {
            quote!(#field: None)
        } else if in_required_struct {
            quote!(#field: required.#field)
        } else {
            let binding = binding(field.clone());
            let (ty, value) = plan.argument(scope, &binding);
            parameters.push(quote!(#binding: #ty));
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
    let bundle_struct = in_required_struct.then(|| {
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
        let docs = format!(" Required fields of [`{name}`].");
        quote! {
            #[doc = #docs]
            #derive
            pub struct #bundle { #(#members)* }
        }
    });
    if in_required_struct {
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
            /// Creates a value from its required fields.
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }
        #without_arguments
        #bundle_struct
    }
}

fn setters(scope: &mut Scope<'_>, plans: &[FieldPlan<'_>]) -> Vec<TokenStream> {
    plans
        .iter()
        .filter(|plan| plan.is_optional() && !is_taken(plan.field.name.ident.as_str()))
        .filter(|plan| !plan.field.read_only)
        .map(|plan| setter(scope, plan))
        .collect()
}

/// Whether a setter cannot have the name, because it is that of a common or an operator's method.
/// Fields are public, so the value can be set all the same.
fn is_taken(name: &str) -> bool {
    reserved::STRUCT_METHODS.contains(&name) || reserved::OPERATOR_METHODS.contains(&name)
}

fn setter(scope: &mut Scope<'_>, plan: &FieldPlan<'_>) -> TokenStream {
    let name = ident(&plan.field.name.ident);
    let binding = binding(name.clone());
    let docs = scope.docs(vec![plan.docs()]);
    let deprecated = deprecation::attribute(plan.field.deprecation.as_ref());
    let Argument { ty, value } = argument(scope, &plan.field.ty, &binding, Target::Field);
    let value = if plan.is_option_option() {
        quote!(Some(Some(#value)))
    } else {
        quote!(Some(#value))
    };
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #binding: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
