//! What an operation takes, wherever it travels, and how it gets into the request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    argument::{self, Argument, Place},
    docs,
    fields::{default_text, plain},
    rust_type::{is_scalar, rust},
    scope::Scope,
    structs::constant_of,
    tokens::{ident, word},
};
use crate::model::{
    Body, BodyContent, Deprecation, Field, Operation, Parameter, Part, Presence, Style, Type,
};

/// Something that an operation takes.
pub(super) struct Input<'m> {
    name: Option<&'m crate::model::Name>,
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
            return self.file(scope, request, part, &name);
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
                (parameter, self.put(scope, request, value))
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
            let (_, statement) = self.file(scope, request, part, &name);
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

    fn put(&self, scope: &mut Scope<'_>, request: &TokenStream, value: TokenStream) -> TokenStream {
        let wire = self.name.map_or("", |name| name.wire.as_str());
        match self.target {
            Target::Path(p) if p.style == Style::Simple && (!p.explode || simple(scope, p)) => {
                quote!(#request.path(#wire, #value);)
            }
            Target::Path(p) => {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.path_styled(#wire, #style, #explode, #value);)
            }
            Target::Query(p) => query(scope, request, p, value),
            Target::Header(p) if p.style == Style::Json || (p.explode && !simple(scope, p)) => {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.header_styled(#wire, #style, #explode, #value);)
            }
            Target::Header(_) => quote!(#request.header_param(#wire, #value);),
            Target::Cookie(p)
                if !simple(scope, p) && (p.style, p.explode) != (Style::Form, true)
                    || p.style == Style::Json =>
            {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.cookie_styled(#wire, #style, #explode, #value);)
            }
            Target::Cookie(_) => quote!(#request.cookie(#wire, #value);),
            Target::FormField(part)
                if (part.style, part.explode) != (Style::Form, true)
                    && !is_scalar(scope.context(), &part.field.ty) =>
            {
                let (style, explode) = (style(scope, part.style), part.explode);
                quote!(#request.field_styled(#wire, #style, #explode, #value);)
            }
            Target::Field(_) | Target::FormField(_) => quote!(#request.field(#wire, #value);),
            Target::Part(part) => self.value_part(scope, request, part, value),
            Target::Whole(_) | Target::Text | Target::Bytes => quote!(#request.body(#value);),
        }
    }

    /// A part that is a value.
    fn value_part(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
        part: &Part,
        value: TokenStream,
    ) -> TokenStream {
        let wire = &part.field.name.wire;
        let part_type = scope.runtime("Part");
        let media_type = part
            .media_type
            .as_ref()
            .map(|media_type| quote!(.media_type(#media_type)));
        let json = part
            .media_type
            .as_deref()
            .is_some_and(|media_type| media_type.ends_with("json"));
        if json {
            quote!(#request.part(#wire, #part_type::json(&#value) #media_type);)
        } else if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
            match media_type {
                None => quote!(#request.parts(#wire, #part_type::values(&#value));),
                Some(media_type) => quote! {
                    let parts = #part_type::values(&#value).into_iter();
                    #request.parts(#wire, parts.map(|part| part #media_type).collect());
                },
            }
        } else {
            quote!(#request.part(#wire, #part_type::value(&#value) #media_type);)
        }
    }

    /// A part that is a file, or several.
    fn file(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
        part: &Part,
        name: &Ident,
    ) -> (TokenStream, TokenStream) {
        let wire = &part.field.name.wire;
        let part_type = scope.runtime("Part");
        let media_type = part
            .media_type
            .as_ref()
            .map(|media_type| quote!(.or_media_type(#media_type)));
        let converted = match &media_type {
            None => quote!(Into::into),
            Some(media_type) => quote!(|part| Into::<#part_type>::into(part) #media_type),
        };
        if matches!(scope.context().resolve(&part.field.ty), Type::List(_)) {
            let statement = quote! {
                let parts = #name.into_iter().map(#converted).collect();
                #request.parts(#wire, parts);
            };
            return (
                quote!(impl IntoIterator<Item = impl Into<#part_type>>),
                statement,
            );
        }
        let statement = match media_type {
            None => quote!(#request.part(#wire, #name);),
            Some(media_type) => {
                quote!(#request.part(#wire, Into::<#part_type>::into(#name) #media_type);)
            }
        };
        (quote!(impl Into<#part_type>), statement)
    }
}

fn simple(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    is_scalar(scope.context(), &parameter.ty)
}

fn query(
    scope: &mut Scope<'_>,
    request: &TokenStream,
    parameter: &Parameter,
    value: TokenStream,
) -> TokenStream {
    let wire = &parameter.name.wire;
    let Parameter {
        style: written,
        explode,
        allow_reserved,
        ..
    } = parameter;
    let usual = match written {
        Style::Form => !allow_reserved && (*explode || simple(scope, parameter)),
        Style::Json => false,
        _ => !allow_reserved && simple(scope, parameter),
    };
    if usual {
        return quote!(#request.query(#wire, #value););
    }
    let query_style = scope.runtime("QueryStyle");
    let style = style(scope, *written);
    quote! {
        #request.query_styled(
            #wire,
            #query_style { style: #style, explode: #explode, allow_reserved: #allow_reserved },
            #value,
        );
    }
}

fn style(scope: &mut Scope<'_>, style: Style) -> TokenStream {
    let variant = word(match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
    });
    let style = scope.runtime("Style");
    quote!(#style::#variant)
}
