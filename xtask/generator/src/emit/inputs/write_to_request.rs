//! How a value gets into the request: by location and style.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    super::{rust_type::is_scalar, scope::Scope, tokens::word},
    InputLocation, OperationInput, parts,
};
use sdk_model::{FormStyle, Parameter, Part, Style, Type};

impl OperationInput<'_> {
    /// The statement that puts a value into the request.
    pub(super) fn write_to_request(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
        value: TokenStream,
    ) -> TokenStream {
        let wire = self.name.map_or("", |name| name.wire.as_str());
        match self.location {
            InputLocation::Path(p) if p.style == Style::Simple && is_text(scope, p) => {
                quote!(#request.path_text(#wire, #value);)
            }
            InputLocation::Path(p)
                if p.style == Style::Simple && (!p.explode || simple(scope, p)) =>
            {
                quote!(#request.path(#wire, #value);)
            }
            InputLocation::Path(p) => {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.path_styled(#wire, #style, #explode, #value);)
            }
            InputLocation::Query(p) => query(scope, request, p, value),
            InputLocation::Header(p)
                if p.style == Style::Json || (p.explode && !simple(scope, p)) =>
            {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.header_styled(#wire, #style, #explode, #value);)
            }
            InputLocation::Header(_) => quote!(#request.header_param(#wire, #value);),
            InputLocation::Cookie(p)
                if !simple(scope, p) && (p.style, p.explode) != (Style::Form, true)
                    || p.style == Style::Json =>
            {
                let (style, explode) = (style(scope, p.style), p.explode);
                quote!(#request.cookie_styled(#wire, #style, #explode, #value);)
            }
            InputLocation::Cookie(_) => quote!(#request.cookie(#wire, #value);),
            InputLocation::FormField(Part {
                style: Some(form), ..
            }) => {
                let style = query_style(scope, form.style, form.explode, form.allow_reserved);
                quote!(#request.field_styled(#wire, #style, #value);)
            }
            InputLocation::Field(_) | InputLocation::FormField(_) => {
                quote!(#request.field(#wire, #value);)
            }
            InputLocation::Part(part) => parts::value(scope, request, part, value),
            InputLocation::Form(_, styles) => {
                let fields: Vec<TokenStream> =
                    styles.iter().map(|form| form_field(scope, form)).collect();
                quote!(#request.form(#value, &[#(#fields),*]);)
            }
            InputLocation::Whole(_)
            | InputLocation::Items(_)
            | InputLocation::OtherParts
            | InputLocation::UnnamedParts(..)
            | InputLocation::Text
            | InputLocation::Bytes => quote!(#request.body(#value);),
        }
    }
}

fn is_text(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    matches!(scope.context().resolve(&parameter.ty), Type::String)
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
        Style::Json | Style::WholeJson | Style::WholeText => false,
        _ => !allow_reserved && simple(scope, parameter),
    };
    if usual {
        return quote!(#request.query(#wire, #value););
    }
    let style = query_style(scope, *written, *explode, *allow_reserved);
    quote!(#request.query_styled(#wire, #style, #value);)
}

/// The entry of a form's member that has a style.
fn form_field(scope: &mut Scope<'_>, form: &FormStyle) -> TokenStream {
    let FormStyle {
        name,
        style,
        explode,
        allow_reserved,
    } = form;
    let style = query_style(scope, *style, *explode, *allow_reserved);
    let field = scope.runtime("FormField");
    quote!(#field { name: #name, style: #style })
}

fn query_style(
    scope: &mut Scope<'_>,
    written: Style,
    explode: bool,
    allow_reserved: bool,
) -> TokenStream {
    let query_style = scope.runtime("QueryStyle");
    let style = style(scope, written);
    quote!(#query_style { style: #style, explode: #explode, allow_reserved: #allow_reserved })
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
        Style::WholeJson => "WholeJson",
        Style::WholeText => "WholeText",
    });
    let style = scope.runtime("Style");
    quote!(#style::#variant)
}
