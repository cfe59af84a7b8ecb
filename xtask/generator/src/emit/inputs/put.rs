//! How a value gets into the request: by place and style.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    super::{rust_type::is_scalar, scope::Scope, tokens::word},
    Input, Target, parts,
};
use sdk_model::{Parameter, Style, Type};

impl Input<'_> {
    /// The statement that puts a value into the request.
    pub(super) fn put(
        &self,
        scope: &mut Scope<'_>,
        request: &TokenStream,
        value: TokenStream,
    ) -> TokenStream {
        let wire = self.name.map_or("", |name| name.wire.as_str());
        match self.target {
            Target::Path(p) if p.style == Style::Simple && is_text(scope, p) => {
                quote!(#request.path_text(#wire, #value);)
            }
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
            Target::Part(part) => parts::value(scope, request, part, value),
            Target::Whole(_) | Target::Text | Target::Bytes => quote!(#request.body(#value);),
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
