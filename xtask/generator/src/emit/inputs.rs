//! The inputs of an operation, wherever they are sent, and how they get into the request.

mod parts;
mod write_to_request;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    argument::{self, Argument, Target},
    docs,
    rust_type::{rust, wire_type},
    scope::Scope,
    tokens::{binding, constant_of, ident, word},
};
use sdk_model::{
    Body, BodyContent, Deprecation, Field, FormStyle, Operation, Parameter, Part, PartContent,
    Presence, Type,
};

/// A parameter, a field or part of the body, or the whole body.
pub(super) struct OperationInput<'m> {
    name: Option<&'m sdk_model::Name>,
    /// The name where the document gives none.
    own_name: &'static str,
    pub(super) presence: Presence,
    pub(super) deprecation: Option<&'m Deprecation>,
    docs: &'m str,
    default: Option<&'m serde_json::Value>,
    location: InputLocation<'m>,
}

/// Where an input is sent.
#[derive(Clone, Copy)]
enum InputLocation<'m> {
    Path(&'m Parameter),
    Query(&'m Parameter),
    Header(&'m Parameter),
    Cookie(&'m Parameter),
    Field(&'m Field),
    FormField(&'m Part),
    Part(&'m Part),
    OtherParts,
    UnnamedParts(&'m [String], &'m str),
    Whole(&'m Type),
    Form(&'m Type, &'m [FormStyle]),
    Items(&'m Type),
    Text,
    Bytes,
}

/// The inputs of an operation, in the order of the method's arguments.
pub(super) fn of(operation: &Operation) -> Vec<OperationInput<'_>> {
    let mut inputs = Vec::new();
    let parameters = [
        (&operation.path_params, InputLocation::Path as fn(_) -> _),
        (&operation.query, InputLocation::Query),
        (&operation.headers, InputLocation::Header),
        (&operation.cookies, InputLocation::Cookie),
    ];
    for (parameters, location) in parameters {
        inputs.extend(parameters.iter().map(|parameter| OperationInput {
            name: Some(&parameter.name),
            own_name: "",
            presence: parameter.presence,
            deprecation: parameter.deprecation.as_ref(),
            docs: &parameter.docs,
            default: parameter.default.as_ref(),
            location: location(parameter),
        }));
    }
    if let Some(body) = &operation.body {
        body_inputs(body, &mut inputs);
    }
    inputs
}

fn body_inputs<'m>(body: &'m Body, inputs: &mut Vec<OperationInput<'m>>) {
    let whole = |location| OperationInput {
        name: None,
        own_name: "body",
        presence: Presence::of(body.required, false),
        deprecation: None,
        docs: &body.docs,
        default: None,
        location,
    };
    let of_field = |field: &'m Field, location| OperationInput {
        name: Some(&field.name),
        own_name: "",
        presence: field.presence,
        deprecation: field.deprecation.as_ref(),
        docs: &field.docs,
        default: field.default.as_ref(),
        location,
    };
    match &body.content {
        BodyContent::JsonFields(fields) => {
            let sent = fields.iter().filter(|field| !field.read_only);
            inputs.extend(sent.map(|field| of_field(field, InputLocation::Field(field))));
        }
        BodyContent::FormFields(parts) => {
            inputs.extend(
                parts
                    .iter()
                    .map(|part| of_field(&part.field, InputLocation::FormField(part))),
            );
        }
        BodyContent::Multipart { parts, open } => {
            inputs.extend(
                parts
                    .iter()
                    .map(|part| of_field(&part.field, InputLocation::Part(part))),
            );
            if *open {
                inputs.push(OperationInput {
                    own_name: "other_parts",
                    presence: Presence::of(body.required && parts.is_empty(), false),
                    docs: "",
                    ..whole(InputLocation::OtherParts)
                });
            }
        }
        BodyContent::UnnamedParts { prefix, item } => {
            inputs.push(whole(InputLocation::UnnamedParts(prefix, item)));
        }
        BodyContent::Json(ty) => inputs.push(whole(InputLocation::Whole(ty))),
        BodyContent::Form { ty, styles } => inputs.push(whole(InputLocation::Form(ty, styles))),
        BodyContent::JsonItems { ty, .. } => inputs.push(whole(InputLocation::Items(ty))),
        BodyContent::Text => inputs.push(whole(InputLocation::Text)),
        BodyContent::Bytes => inputs.push(whole(InputLocation::Bytes)),
    }
}

impl<'m> OperationInput<'m> {
    pub(super) fn ident(&self) -> Ident {
        self.name
            .map_or_else(|| word(self.own_name), |name| ident(&name.ident))
    }

    /// The name of the argument's binding.
    pub(super) fn binding(&self) -> Ident {
        binding(self.ident())
    }

    /// The name without `r#`.
    pub(super) fn plain_name(&self) -> &'m str {
        self.name.map_or(self.own_name, |name| name.ident.plain())
    }

    pub(super) fn is_path(&self) -> bool {
        matches!(self.location, InputLocation::Path(_))
    }

    /// Whether it is an argument of the resource's method.
    pub(super) fn is_argument(&self) -> bool {
        (self.is_path() || self.presence.is_required()) && self.constant().is_none()
    }

    /// Whether the request builder has a setter for it.
    pub(super) fn is_setter(&self) -> bool {
        !self.is_path() && !self.presence.is_required()
    }

    /// Whether absent and null differ, so that null needs its own setter.
    pub(super) fn has_null(&self) -> bool {
        self.presence == Presence::OptionalNullable
            && matches!(self.location, InputLocation::Field(_))
    }

    /// The constant that is sent without an argument.
    pub(super) fn constant(&self) -> Option<TokenStream> {
        let required = self.is_path() || self.presence == Presence::Required;
        if required {
            constant_of(self.ty()?)
        } else {
            None
        }
    }

    pub(super) fn ty(&self) -> Option<&'m Type> {
        match self.location {
            InputLocation::Path(parameter)
            | InputLocation::Query(parameter)
            | InputLocation::Header(parameter)
            | InputLocation::Cookie(parameter) => Some(&parameter.ty),
            InputLocation::Field(field) => Some(&field.ty),
            InputLocation::FormField(part) | InputLocation::Part(part) => Some(&part.field.ty),
            InputLocation::Whole(ty) | InputLocation::Form(ty, _) => Some(ty),
            InputLocation::Items(_)
            | InputLocation::OtherParts
            | InputLocation::UnnamedParts(..)
            | InputLocation::Text
            | InputLocation::Bytes => None,
        }
    }

    /// The documentation; empty if the document has none.
    pub(super) fn docs(&self) -> Vec<String> {
        docs::paragraphs([docs::lines(self.docs), docs::default_value(self.default)])
    }

    /// Whether the document describes it.
    pub(super) fn has_docs(&self) -> bool {
        !self.docs.trim().is_empty()
    }

    /// The parameter of a method or setter, and the statement that writes it to the request.
    pub(super) fn argument(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let name = self.binding();
        match self.location {
            InputLocation::Part(part) if part.content == PartContent::File => {
                return parts::file(scope, request, part, &name);
            }
            InputLocation::Part(part) if part.content == PartContent::Raw => {
                return parts::raw(scope, request, part, &name);
            }
            InputLocation::OtherParts => return parts::others(scope, request, &name),
            InputLocation::UnnamedParts(prefix, item) => {
                return parts::unnamed(scope, request, prefix, item, &name);
            }
            InputLocation::Items(ty) => {
                let item = wire_type(scope, ty);
                return (
                    quote!(impl IntoIterator<Item = #item>),
                    quote!(#request.items(#name);),
                );
            }
            _ => {}
        }
        match (self.ty(), self.location) {
            (None, InputLocation::Text) => (
                quote!(impl Into<String>),
                quote!(#request.text(#name.into());),
            ),
            (None, _) => {
                let body = scope.runtime("Body");
                (quote!(impl Into<#body>), quote!(#request.bytes(#name);))
            }
            (Some(ty), _) if self.presence == Presence::Nullable && !self.is_path() => {
                let plain = rust(scope, ty);
                let value = argument::owned_option(scope, ty, quote!(#name));
                (
                    quote!(Option<#plain>),
                    self.write_to_request(scope, request, value),
                )
            }
            (Some(ty), _) => {
                let Argument {
                    ty: parameter,
                    value,
                } = argument::argument(scope, ty, &name, Target::Request);
                let collects = matches!(scope.context().resolve(ty), Type::List(_) | Type::Map(_));
                if !collects {
                    return (parameter, self.write_to_request(scope, request, value));
                }
                let statement = self.write_to_request(scope, request, quote!(#name));
                (parameter, quote!(let #name = #value; #statement))
            }
        }
    }

    /// The type of the input as a field of the struct of required arguments, and the statement that
    /// writes it to the request.
    pub(super) fn in_required_struct(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let name = self.ident();
        let binding = self.binding();
        let given = |scope: &mut Scope<'_>, ty| {
            let (_, statement) = self.argument(scope, request);
            (ty, quote!(let #binding = required.#name; #statement))
        };
        match self.location {
            InputLocation::Part(part)
                if matches!(part.content, PartContent::File | PartContent::Raw) =>
            {
                let part_type = scope.runtime("Part");
                let list = matches!(scope.context().resolve(&part.field.ty), Type::List(_));
                let ty = if list {
                    quote!(Vec<#part_type>)
                } else {
                    quote!(#part_type)
                };
                return given(scope, ty);
            }
            InputLocation::OtherParts => {
                let part_type = scope.runtime("Part");
                return given(scope, quote!(Vec<(String, #part_type)>));
            }
            InputLocation::UnnamedParts(..) => {
                let part_type = scope.runtime("Part");
                return given(scope, quote!(Vec<#part_type>));
            }
            InputLocation::Items(ty) => {
                let item = wire_type(scope, ty);
                return given(scope, quote!(Vec<#item>));
            }
            _ => {}
        }
        match (self.ty(), self.location) {
            (None, InputLocation::Text) => (quote!(String), quote!(#request.text(required.#name);)),
            (None, _) => (
                scope.runtime("Body"),
                quote!(#request.bytes(required.#name);),
            ),
            (Some(ty), _) => {
                let plain = rust(scope, ty);
                let value = quote!(required.#name);
                if self.presence == Presence::Nullable {
                    let value = argument::owned_option(scope, ty, value);
                    return (
                        quote!(Option<#plain>),
                        self.write_to_request(scope, request, value),
                    );
                }
                let value = argument::owned(scope, ty, value);
                (plain, self.write_to_request(scope, request, value))
            }
        }
    }

    /// The statement that writes a constant to the request.
    pub(super) fn constant_statement(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> Option<TokenStream> {
        let value = self.constant()?;
        Some(self.write_to_request(scope, request, value))
    }

    /// The statement that sends null.
    pub(super) fn null(&self, request: &TokenStream) -> TokenStream {
        let wire = self.name.map_or("", |name| name.wire.as_str());
        quote!(#request.field(#wire, ());)
    }
}
