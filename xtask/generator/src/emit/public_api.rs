//! The public API that each model item generates, for `changes` to compare.
//!
//! Everything comes from the functions that emit the crate, so that it cannot differ from it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{
    argument::{Target, argument},
    client,
    context::Context,
    deprecation, docs, example,
    fields::{self, FieldPlan},
    inputs, operation_descriptor,
    operations::{self, MethodArguments},
    resources,
    rust_type::{rust, wire_type},
    scope::Scope,
    structs::{self, MAX_ARGUMENTS},
    tokens::ident,
    type_docs, types, union_members, unions, wait, webhooks,
};
use crate::package::Package;
use sdk_model::{
    Api, Field, Operation, Representation, Resource, Shape, Type, TypeDef, Wait, Webhook,
};

/// A part of an item as callers see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiItem {
    /// The signatures by kind and name: `argument`, `setter status`, `field status`.
    pub signature: BTreeMap<String, String>,
    pub docs: String,
    /// The code that is generated for it, documentation aside.
    pub code: String,
}

impl ApiItem {
    /// Adds a signature.
    fn sign(&mut self, what: impl Into<String>, ty: &impl ToTokens) {
        self.signature
            .insert(what.into(), ty.to_token_stream().to_string());
    }

    /// Adds code.
    fn add(&mut self, code: &impl ToTokens) {
        self.code.push_str(&code.to_token_stream().to_string());
        self.code.push('\n');
    }
}

/// A scope in which every type of the API is written with its path.
fn outside<'a>(context: &'a Context<'a>) -> Scope<'a> {
    Scope::outside(context)
}

/// The field of a struct, unless the struct omits it.
pub fn field(context: &Context<'_>, definition: &TypeDef, field: &Field) -> Option<ApiItem> {
    let scope = &mut outside(context);
    let plan = FieldPlan::of(context, field, definition.usage)?;
    let name = field.name.ident.as_str();
    let mut item = ApiItem::default();
    let ty = plan.plain_type(scope);
    item.sign(format!("field {name}"), &ty);
    if definition.usage.request {
        if plan.is_required() {
            let (argument, _) = plan.argument(scope, &ident(&field.name.ident));
            if needs_required_struct(context, definition) {
                item.sign("argument", &quote!(#name: #ty));
            } else {
                item.sign("argument", &argument);
            }
        }
        if plan.is_optional() && name != "new" && !field.read_only {
            let name_of = ident(&field.name.ident);
            let given = argument(scope, &field.ty, &name_of, Target::Field).ty;
            item.sign(format!("setter {name}"), &given);
        }
        if let Some(constant) = plan.constant() {
            item.add(&constant);
        }
    }
    let deprecated = deprecation::attribute(field.deprecation.as_ref());
    item.add(&deprecated);
    let mut lines = plan.docs();
    lines.extend(deprecation::lines(field.deprecation.as_ref()));
    item.docs = lines.join("\n");
    item.add(&fields::emit_bare(scope, &plan));
    item.add(&fields::entry(scope, &plan));
    Some(item)
}

/// Whether a struct's `new` takes a struct of required fields.
fn needs_required_struct(context: &Context<'_>, definition: &TypeDef) -> bool {
    let Shape::Struct { fields, .. } = &definition.shape else {
        return false;
    };
    let plans = fields
        .iter()
        .filter_map(|field| FieldPlan::of(context, field, definition.usage));
    plans.filter(FieldPlan::is_required).count() > MAX_ARGUMENTS
}

/// The undeclared members of a struct.
pub fn additional(context: &Context<'_>, ty: &Type) -> ApiItem {
    let scope = &mut outside(context);
    let mut item = ApiItem::default();
    item.sign("field additional", &rust(scope, ty));
    item.add(&structs::additional_field(scope, ty));
    item.add(&structs::additional_entry(scope, ty));
    item
}

/// A union's variants.
pub fn variants<'a>(context: &'a Context<'a>, definition: &'a TypeDef) -> Vec<ApiItem> {
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
            let mut item = ApiItem {
                docs: unions::docs_of(variant, discriminator).join("\n"),
                ..ApiItem::default()
            };
            let payload = rust(scope, &variant.ty);
            item.sign(format!("variant {}", variant.name.ident), &payload);
            item.add(entry);
            item
        })
        .collect()
}

/// The methods of a union for the properties that all its variants have, each with the field
/// that it returns of the first variant.
pub fn shared_members<'a>(
    context: &'a Context<'a>,
    definition: &'a TypeDef,
) -> Vec<(&'a Field, ApiItem)> {
    let Shape::Union { variants, .. } = &definition.shape else {
        return Vec::new();
    };
    let scope = &mut outside(context);
    let methods = union_members::methods(scope, definition, variants);
    methods
        .into_iter()
        .map(|(field, kind)| {
            let mut item = ApiItem::default();
            item.sign(format!("fn {}", field.name.ident), &kind);
            item.add(&field.name.wire);
            (field, item)
        })
        .collect()
}

/// The inputs of an operation, in the order of the method's arguments.
pub fn inputs(context: &Context<'_>, operation: &Operation) -> Vec<ApiItem> {
    let inputs = inputs::of(operation);
    let MethodArguments {
        in_required_struct, ..
    } = operations::arguments(&inputs);
    inputs
        .iter()
        .map(|input| {
            let scope = &mut outside(context);
            let request = quote!(request);
            let name = input.plain_name();
            let is_constant = input.constant().is_some();
            let documented = match (input.is_argument(), in_required_struct) {
                (false, _) => !is_constant,
                (true, true) => !input.is_path(),
                // The method lists the arguments that the document describes.
                (true, false) => input.has_docs(),
            };
            let mut item = ApiItem::default();
            if documented {
                item.docs = input.docs().join("\n");
            }
            if let Some(statement) = input.constant_statement(scope, &request) {
                item.add(&statement);
            } else if input.is_argument() && in_required_struct && !input.is_path() {
                let (ty, statement) = input.in_required_struct(scope, &request);
                item.sign("argument", &quote!(#name: #ty));
                item.add(&statement);
            } else if input.is_argument() {
                let (ty, statement) = input.argument(scope, &request);
                item.sign("argument", &ty);
                item.add(&statement);
            } else {
                let (ty, statement) = input.argument(scope, &request);
                item.sign(format!("setter {name}"), &ty);
                item.add(&statement);
                if input.has_null() {
                    item.sign(format!("setter {name}_null"), &"");
                }
                item.add(&deprecation::attribute(input.deprecation));
            }
            item
        })
        .collect()
}

/// What a call that requests another representation returns, and how it is decoded.
pub fn representation(context: &Context<'_>, representation: &Representation) -> ApiItem {
    let scope = &mut outside(context);
    let content = &representation.content;
    let (output, decoder) = operations::output(scope, content);
    let mut item = ApiItem::default();
    item.sign(format!("fn {}", representation.name.ident), &output);
    item.add(&decoder);
    item.add(&operation_descriptor::response_mode(scope, content));
    item
}

/// How `wait_done` polls the operation's result, where the operation has it, and the path of the
/// polled operation in generated code.
pub fn wait<'a>(context: &Context<'a>, operation: &Operation) -> Option<(&'a Wait, String)> {
    wait::of(context, operation)
}

/// The return type of a call, as text.
pub fn response_type(context: &Context<'_>, operation: &Operation) -> String {
    operations::output(&mut outside(context), &operation.success.content)
        .0
        .to_string()
}

/// All the code of a type.
pub fn type_code(context: &Context<'_>, definition: &TypeDef) -> TokenStream {
    types::definition_of(&mut outside(context), definition)
}

/// The documentation of an alias about its members; none where the type is not an alias.
pub fn member_docs(context: &Context<'_>, definition: &TypeDef) -> Option<String> {
    let written = context.duplicate_of(&definition.id())?;
    Some(type_docs::differing_members(definition, written).join("\n"))
}

/// The code of an operation: the method and the items of the request builder.
pub fn operation_code(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> TokenStream {
    let scope = &mut outside(context);
    let method = operations::method(scope, operation);
    let items = operations::items(scope, resource.type_name.as_str(), operation, None);
    let accessor = ident(&resource.type_name);
    quote! {
        impl #accessor { #method }
        #items
    }
}

pub fn resource_docs(resource: &Resource) -> String {
    resources::about(resource).join("\n")
}

pub fn client_example(api: &Api) -> String {
    example::of_client(api, &Package::new("sdk", "")).join("\n")
}

/// The code of the client and of the API's own module.
pub fn api_code(context: &Context<'_>) -> TokenStream {
    let client = client::file(context, &Package::new("sdk", ""));
    let module = client::api_module(context);
    quote!(mod client { #client } mod api { #module })
}

/// A webhook.
pub fn webhook(context: &Context<'_>, webhook: &Webhook) -> ApiItem {
    let mut item = ApiItem {
        docs: webhooks::docs_of(webhook).join("\n"),
        ..ApiItem::default()
    };
    let payload = wire_type(&mut outside(context), &webhook.payload);
    item.sign("type", &payload);
    item
}

/// A type as Rust, with the path of every type of the API.
pub fn type_text(context: &Context<'_>, ty: &Type) -> String {
    rust(&mut outside(context), ty).to_string().replace(' ', "")
}

/// A text as generated documentation shows it.
pub fn docs_text(markdown: &str) -> String {
    docs::lines(markdown).join("\n")
}
