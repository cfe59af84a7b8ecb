//! What an operation takes, wherever it travels, and how it gets into the request.

mod parts;
mod put;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    argument::{self, Argument, Place},
    docs,
    fields::{default_text, plain},
    rust_type::rust,
    scope::Scope,
    structs::constant_of,
    tokens::{ident, word},
};
use sdk_model::{
    Body, BodyContent, Deprecation, Field, Operation, Parameter, Part, Presence, Type,
};

/// Something that an operation takes.
pub(super) struct Input<'m> {
    name: Option<&'m sdk_model::Name>,
    pub(super) presence: Presence,
    pub(super) deprecation: Option<&'m Deprecation>,
    docs: &'m str,
    default: Option<&'m serde_json::Value>,
    target: Target<'m>,
}

/// Where it travels.
#[derive(Clone, Copy)]
enum Target<'m> {
    Path(&'m Parameter),
    Query(&'m Parameter),
    Header(&'m Parameter),
    Cookie(&'m Parameter),
    Field(&'m Field),
    FormField(&'m Part),
    Part(&'m Part),
    Whole(&'m Type),
    Text,
    Bytes,
}

/// All that an operation takes, in the order of a method's arguments.
pub(super) fn of(operation: &Operation) -> Vec<Input<'_>> {
    let mut inputs = Vec::new();
    let parameters = [
        (&operation.path_params, Target::Path as fn(_) -> _),
        (&operation.query, Target::Query),
        (&operation.headers, Target::Header),
        (&operation.cookies, Target::Cookie),
    ];
    for (parameters, target) in parameters {
        inputs.extend(parameters.iter().map(|parameter| Input {
            name: Some(&parameter.name),
            presence: parameter.presence,
            deprecation: parameter.deprecation.as_ref(),
            docs: &parameter.docs,
            default: parameter.default.as_ref(),
            target: target(parameter),
        }));
    }
    if let Some(body) = &operation.body {
        body_inputs(body, &mut inputs);
    }
    inputs
}

fn body_inputs<'m>(body: &'m Body, inputs: &mut Vec<Input<'m>>) {
    let whole = |target| Input {
        name: None,
        presence: Presence::of(body.required, false),
        deprecation: None,
        docs: &body.docs,
        default: None,
        target,
    };
    let of_field = |field: &'m Field, target| Input {
        name: Some(&field.name),
        presence: field.presence,
        deprecation: field.deprecation.as_ref(),
        docs: &field.docs,
        default: field.default.as_ref(),
        target,
    };
    match &body.content {
        BodyContent::JsonFields(fields) => {
            let sent = fields.iter().filter(|field| !field.read_only);
            inputs.extend(sent.map(|field| of_field(field, Target::Field(field))));
        }
        BodyContent::FormFields(parts) => {
            inputs.extend(
                parts
                    .iter()
                    .map(|part| of_field(&part.field, Target::FormField(part))),
            );
        }
        BodyContent::Multipart(parts) => {
            inputs.extend(
                parts
                    .iter()
                    .map(|part| of_field(&part.field, Target::Part(part))),
            );
        }
        BodyContent::Json(ty) | BodyContent::Form(ty) => inputs.push(whole(Target::Whole(ty))),
        BodyContent::Text => inputs.push(whole(Target::Text)),
        BodyContent::Bytes => inputs.push(whole(Target::Bytes)),
    }
}

impl<'m> Input<'m> {
    /// The argument's or setter's name.
    pub(super) fn ident(&self) -> Ident {
        self.name
            .map_or_else(|| word("body"), |name| ident(&name.ident))
    }

    /// The name without `r#`.
    pub(super) fn plain_name(&self) -> &'m str {
        self.name.map_or("body", |name| name.ident.plain())
    }

    pub(super) fn is_path(&self) -> bool {
        matches!(self.target, Target::Path(_))
    }

    /// Whether the method asks for it.
    pub(super) fn is_argument(&self) -> bool {
        (self.is_path() || self.presence.is_required()) && self.constant().is_none()
    }

    /// Whether there is a setter for it.
    pub(super) fn is_setter(&self) -> bool {
        !self.is_path() && !self.presence.is_required()
    }

    /// Whether absent and null differ, so that null has a setter of its own.
    pub(super) fn has_null(&self) -> bool {
        self.presence == Presence::OptionalNullable && matches!(self.target, Target::Field(_))
    }

    /// The value that is sent without being asked for.
    pub(super) fn constant(&self) -> Option<TokenStream> {
        let required = self.is_path() || self.presence == Presence::Required;
        if required {
            constant_of(self.ty()?)
        } else {
            None
        }
    }

    fn ty(&self) -> Option<&'m Type> {
        match self.target {
            Target::Path(parameter)
            | Target::Query(parameter)
            | Target::Header(parameter)
            | Target::Cookie(parameter) => Some(&parameter.ty),
            Target::Field(field) => Some(&field.ty),
            Target::FormField(part) | Target::Part(part) => Some(&part.field.ty),
            Target::Whole(ty) => Some(ty),
            Target::Text | Target::Bytes => None,
        }
    }

    /// The documentation.
    pub(super) fn docs(&self) -> Vec<String> {
        let mut lines = docs::or(self.docs, || self.otherwise());
        if let Some(default) = self.default.and_then(default_text) {
            lines.push(String::new());
            lines.push(format!("The server assumes {default} where it is absent."));
        }
        lines
    }

    /// Whether the document says something about it.
    pub(super) fn has_docs(&self) -> bool {
        !self.docs.trim().is_empty()
    }

    fn otherwise(&self) -> String {
        let Some(name) = self.name else {
            return "The request's body.".to_owned();
        };
        let name = plain(&name.wire);
        match self.target {
            Target::Path(_) => format!("The path parameter `{name}`."),
            Target::Query(_) => format!("The query parameter `{name}`."),
            Target::Header(_) => format!("The header `{name}`."),
            Target::Cookie(_) => format!("The cookie `{name}`."),
            Target::Part(_) => format!("The part `{name}` of the body."),
            _ => format!("The `{name}` member of the body."),
        }
    }

    /// The parameter of a method or setter, and the statement that puts it into the request.
    pub(super) fn given(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let name = self.ident();
        if let Target::Part(part) = self.target
            && part.file
        {
            return parts::file(scope, request, part, &name);
        }
        match (self.ty(), self.target) {
            (None, Target::Text) => (
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
                (quote!(Option<#plain>), self.put(scope, request, value))
            }
            (Some(ty), _) => {
                let Argument {
                    ty: parameter,
                    value,
                } = argument::argument(scope, ty, &name, Place::Request);
                let collects = matches!(scope.context().resolve(ty), Type::List(_) | Type::Map(_));
                if !collects {
                    return (parameter, self.put(scope, request, value));
                }
                let statement = self.put(scope, request, quote!(#name));
                (parameter, quote!(let #name = #value; #statement))
            }
        }
    }

    /// The type of the value as a member of a struct of required values, and the statement that
    /// puts it into the request.
    pub(super) fn bundled(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let name = self.ident();
        if let Target::Part(part) = self.target
            && part.file
        {
            let (_, statement) = parts::file(scope, request, part, &name);
            let part_type = scope.runtime("Part");
            let list = matches!(scope.context().resolve(&part.field.ty), Type::List(_));
            let ty = if list {
                quote!(Vec<#part_type>)
            } else {
                quote!(#part_type)
            };
            return (ty, quote!(let #name = required.#name; #statement));
        }
        match (self.ty(), self.target) {
            (None, Target::Text) => (quote!(String), quote!(#request.text(required.#name);)),
            (None, _) => (
                scope.runtime("Body"),
                quote!(#request.bytes(required.#name);),
            ),
            (Some(ty), _) => {
                let plain = rust(scope, ty);
                let value = quote!(required.#name);
                if self.presence == Presence::Nullable {
                    let value = argument::owned_option(scope, ty, value);
                    return (quote!(Option<#plain>), self.put(scope, request, value));
                }
                let value = argument::owned(scope, ty, value);
                (plain, self.put(scope, request, value))
            }
        }
    }

    /// The statement that puts a constant into the request.
    pub(super) fn fixed(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
    ) -> Option<TokenStream> {
        let value = self.constant()?;
        Some(self.put(scope, request, value))
    }

    /// The statement that sends null.
    pub(super) fn null(&self, request: &TokenStream) -> TokenStream {
        let wire = self.name.map_or("", |name| name.wire.as_str());
        quote!(#request.field(#wire, ());)
    }
}
