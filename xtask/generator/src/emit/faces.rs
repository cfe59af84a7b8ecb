//! What of the model's things shows in Rust, for `changes` to compare.
//!
//! Everything here comes out of the functions that emit the crate, so it cannot differ from it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{
    argument::{Place, argument},
    client,
    context::Context,
    deprecation, docs, example,
    fields::{self, Plan},
    inputs,
    operations::{self, MethodArguments},
    resources,
    rust_type::{rust, wire_type},
    scope::Scope,
    structs::{self, MOST_ARGUMENTS},
    tokens::ident,
    types, unions, webhooks,
};
use sdk_model::{Api, Field, Operation, Resource, Shape, Type, TypeDef, Webhook};

/// A part of an item, as callers see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Face {
    /// What it gives the item (`argument`, `setter status`, `field status`), and its type.
    pub offers: BTreeMap<String, String>,
    /// Its documentation.
    pub docs: String,
    /// The code that it makes, documentation aside.
    pub code: String,
}

impl Face {
    /// What callers find.
    fn offer(&mut self, what: impl Into<String>, ty: &impl ToTokens) {
        self.offers
            .insert(what.into(), ty.to_token_stream().to_string());
    }

    /// More code.
    fn add(&mut self, code: &impl ToTokens) {
        self.code.push_str(&code.to_token_stream().to_string());
        self.code.push('\n');
    }
}

/// A scope in which every type of the API is written with its path.
fn outside<'a>(context: &'a Context<'a>) -> Scope<'a> {
    Scope::outside(context)
}

/// A struct's field; none where the struct leaves it out.
pub fn field(context: &Context<'_>, definition: &TypeDef, field: &Field) -> Option<Face> {
    let scope = &mut outside(context);
    let plan = Plan::of(context, field, definition.usage)?;
    let name = field.name.ident.as_str();
    let mut face = Face::default();
    let ty = plan.plain_type(scope);
    face.offer(format!("field {name}"), &ty);
    if definition.usage.request {
        if plan.is_asked_for() {
            let (argument, _) = plan.argument(scope, &ident(&field.name.ident));
            if asks_for_much(context, definition) {
                face.offer("argument", &quote!(#name: #ty));
            } else {
                face.offer("argument", &argument);
            }
        }
        if plan.is_optional() && name != "new" && !field.read_only {
            let name_of = ident(&field.name.ident);
            let given = argument(scope, &field.ty, &name_of, Place::Field).ty;
            face.offer(format!("setter {name}"), &given);
            if plan.is_double() {
                face.offer(format!("setter {name}_null"), &"");
            }
        }
        if let Some(constant) = plan.constant() {
            face.add(&constant);
        }
    }
    let deprecated = deprecation::attribute(field.deprecation.as_ref());
    face.add(&deprecated);
    let mut lines = plan.docs();
    lines.extend(deprecation::lines(field.deprecation.as_ref()));
    face.docs = lines.join("\n");
    face.add(&fields::emit_bare(scope, &plan));
    face.add(&fields::entry(scope, &plan));
    Some(face)
}

/// Whether a struct's `new` takes a struct of its own.
fn asks_for_much(context: &Context<'_>, definition: &TypeDef) -> bool {
    let Shape::Struct { fields, .. } = &definition.shape else {
        return false;
    };
    let plans = fields
        .iter()
        .filter_map(|field| Plan::of(context, field, definition.usage));
    plans.filter(Plan::is_asked_for).count() > MOST_ARGUMENTS
}

/// The further members of a struct.
pub fn additional(context: &Context<'_>, ty: &Type) -> Face {
    let scope = &mut outside(context);
    let mut face = Face::default();
    face.offer("field additional", &rust(scope, ty));
    face.add(&structs::additional_field(scope, ty));
    face.add(&structs::additional_entry(scope, ty));
    face
}

/// A union's variants.
pub fn variants(context: &Context<'_>, definition: &TypeDef) -> Vec<Face> {
    let Shape::Union {
        variants,
        discriminator,
    } = &definition.shape
    else {
        return Vec::new();
    };
    let discriminator = discriminator.as_deref();
    let scope = &mut outside(context);
    let entries = unions::entries(scope, definition, variants, discriminator);
    variants
        .iter()
        .zip(&entries)
        .map(|(variant, entry)| {
            let mut face = Face {
                docs: unions::docs_of(variant, discriminator).join("\n"),
                ..Face::default()
            };
            let payload = rust(scope, &variant.ty);
            face.offer(format!("variant {}", variant.name.ident), &payload);
            face.add(entry);
            face
        })
        .collect()
}

/// What an operation takes, in the order of the method's arguments.
pub fn inputs(context: &Context<'_>, operation: &Operation) -> Vec<Face> {
    let inputs = inputs::of(operation);
    let MethodArguments { bundled, .. } = operations::arguments(&inputs);
    inputs
        .iter()
        .map(|input| {
            let scope = &mut outside(context);
            let request = quote!(request);
            let name = input.plain_name();
            let fixed = input.constant().is_some();
            let told = match (input.is_argument(), bundled) {
                (false, _) => !fixed,
                (true, true) => !input.is_path(),
                // The method lists the arguments that the document describes.
                (true, false) => input.has_docs(),
            };
            let mut face = Face::default();
            if told {
                face.docs = input.docs().join("\n");
            }
            if let Some(statement) = input.fixed(scope, &request) {
                face.add(&statement);
            } else if input.is_argument() && bundled && !input.is_path() {
                let (ty, statement) = input.bundled(scope, &request);
                face.offer("argument", &quote!(#name: #ty));
                face.add(&statement);
            } else if input.is_argument() {
                let (ty, statement) = input.given(scope, &request);
                face.offer("argument", &ty);
                face.add(&statement);
            } else {
                let (ty, statement) = input.given(scope, &request);
                face.offer(format!("setter {name}"), &ty);
                face.add(&statement);
                if input.has_null() {
                    face.offer(format!("setter {name}_null"), &"");
                }
                face.add(&deprecation::attribute(input.deprecation));
            }
            face
        })
        .collect()
}

/// What a call returns, as text.
pub fn answer(context: &Context<'_>, operation: &Operation) -> String {
    operations::output(&mut outside(context), &operation.success)
        .0
        .to_string()
}

/// All the code of a type.
pub fn type_code(context: &Context<'_>, definition: &TypeDef) -> TokenStream {
    types::definition_of(&mut outside(context), definition)
}

/// All the code of an operation: the method, and what stands beside it.
pub fn operation_code(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let scope = &mut outside(context);
    let method = operations::method(scope, operation);
    let items = operations::items(scope, resource.type_name.as_str(), operation);
    let accessor = ident(&resource.type_name);
    quote! {
        impl #accessor { #method }
        #items
    }
}

/// What a resource's documentation says.
pub fn resource_docs(resource: &Resource) -> String {
    resources::about(resource).join("\n")
}

/// What the client's documentation shows.
pub fn client_example(api: &Api) -> String {
    example::of_client(api, "sdk").join("\n")
}

/// The code of the client and of the API's own module.
pub fn api_code(context: &Context<'_>) -> TokenStream {
    let client = client::file(context, "sdk");
    let module = client::api_module(context);
    quote!(mod client { #client } mod api { #module })
}

/// A webhook.
pub fn webhook(context: &Context<'_>, webhook: &Webhook) -> Face {
    let mut face = Face {
        docs: webhooks::docs_of(webhook).join("\n"),
        ..Face::default()
    };
    let payload = wire_type(&mut outside(context), &webhook.payload);
    face.offer("type", &payload);
    face
}

/// A type as Rust, every type of the API with its path.
pub fn type_text(context: &Context<'_>, ty: &Type) -> String {
    rust(&mut outside(context), ty).to_string().replace(' ', "")
}

/// What generated documentation makes of a text.
pub fn docs_text(markdown: &str) -> String {
    docs::lines(markdown).join("\n")
}
