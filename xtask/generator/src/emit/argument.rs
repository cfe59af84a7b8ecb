//! Parameters of generated functions: their types, and the conversions of their values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{
    rust_type::{has_form, rust},
    scope::Scope,
};
use sdk_model::Type;

/// A parameter of a generated function.
pub(super) struct Argument {
    /// The parameter's type: `impl Into<String>`.
    pub(super) ty: TokenStream,
    /// The converted value: `user_id.into()`.
    pub(super) value: TokenStream,
}

/// What a value is converted for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// A field, whose type determines the target of `collect`.
    Field,
    /// A request, which takes any value that implements `Serialize`.
    Request,
}

/// The parameter `name` for a value of this type.
pub(super) fn argument(scope: &mut Scope<'_>, ty: &Type, name: &Ident, target: Target) -> Argument {
    let context = scope.context();
    let resolved = context.resolve(ty);
    match resolved {
        Type::Boxed(inner) => {
            let Argument { ty, value } = argument(scope, inner, name, target);
            let value = if target == Target::Field {
                quote!(Box::new(#value))
            } else {
                value
            };
            Argument { ty, value }
        }
        Type::List(item) => list(scope, item, name, target),
        Type::Map(value) => map(scope, value, name, target),
        _ => {
            let (ty, converts) = single(scope, ty);
            let value = if converts {
                quote!(#name.into())
            } else {
                quote!(#name)
            };
            Argument {
                ty,
                value: to_wire(scope, resolved, value, target),
            }
        }
    }
}

/// The parameter type of a single value, `impl Into<…>` if other types convert into it, and whether
/// it needs the conversion.
fn single(scope: &mut Scope<'_>, ty: &Type) -> (TokenStream, bool) {
    let resolved = scope.context().resolve(ty);
    let converts = match resolved {
        Type::String | Type::Binary | Type::Secret | Type::Json => true,
        Type::Base64 | Type::Base64Url | Type::Decimal => true,
        Type::Constant(constant) => constant.0.is_string(),
        Type::Named(id) => scope.converts(id),
        _ => false,
    };
    let ty = rust(scope, ty);
    if converts {
        (quote!(impl Into<#ty>), true)
    } else {
        (ty, false)
    }
}

fn list(scope: &mut Scope<'_>, item: &Type, name: &Ident, target: Target) -> Argument {
    let (ty, converts) = single(scope, item);
    let mut value = quote!(#name.into_iter());
    if converts {
        value = quote!(#value.map(Into::into));
    }
    if target == Target::Request
        && let Some(wrap) = wrapper(scope, item)
    {
        value = quote!(#value.map(#wrap));
    }
    let value = match target {
        Target::Field => quote!(#value.collect()),
        Target::Request => quote!(#value.collect::<Vec<_>>()),
    };
    Argument {
        ty: quote!(impl IntoIterator<Item = #ty>),
        value,
    }
}

fn map(scope: &mut Scope<'_>, value: &Type, name: &Ident, target: Target) -> Argument {
    let (ty, converts) = single(scope, value);
    let wrap = if target == Target::Request {
        wrapper(scope, value)
    } else {
        None
    };
    let mut each = if converts {
        quote!(value.into())
    } else {
        quote!(value)
    };
    if let Some(wrap) = wrap {
        each = quote!(#wrap(#each));
    }
    let pairs = quote!(#name.into_iter().map(|(key, value)| (key.into(), #each)));
    let value = match target {
        Target::Field => quote!(#pairs.collect()),
        Target::Request => {
            let map = scope.import("std::collections", "BTreeMap");
            quote!(#pairs.collect::<#map<String, _>>())
        }
    };
    Argument {
        ty: quote!(impl IntoIterator<Item = (impl Into<String>, #ty)>),
        value,
    }
}

/// Converts a value of the Rust type to its wire form.
pub(super) fn owned(scope: &mut Scope<'_>, ty: &Type, value: TokenStream) -> TokenStream {
    let resolved = scope.context().resolve(ty);
    if !has_form(scope.context(), resolved) {
        return value;
    }
    match resolved {
        Type::List(item) => {
            let wrap = wrapper(scope, item);
            quote!(#value.into_iter().map(#wrap).collect::<Vec<_>>())
        }
        Type::Map(_) => {
            let wrap = wrapper(scope, resolved);
            quote!(Some(#value).map(#wrap))
        }
        Type::Boxed(inner) => owned(scope, inner, quote!((*#value))),
        _ => to_wire(scope, resolved, value, Target::Request),
    }
}

/// Converts an `Option` of the Rust type to the wire form.
pub(super) fn owned_option(scope: &mut Scope<'_>, ty: &Type, value: TokenStream) -> TokenStream {
    match wrapper(scope, ty) {
        Some(wrap) => quote!(#value.map(#wrap)),
        None => value,
    }
}

/// Converts a value to its wire form, unless it serializes to that itself.
fn to_wire(scope: &mut Scope<'_>, ty: &Type, value: TokenStream, target: Target) -> TokenStream {
    if target == Target::Field || !has_form(scope.context(), ty) {
        return value;
    }
    match scope.context().resolve(ty) {
        Type::Nullable(inner) => {
            let wrap = wrapper(scope, inner);
            quote!(#value.map(#wrap))
        }
        leaf => {
            let wrap = wrapper(scope, leaf);
            quote!(#wrap(#value))
        }
    }
}

/// The function that converts a value to its wire form, if there is a conversion.
fn wrapper(scope: &mut Scope<'_>, ty: &Type) -> Option<TokenStream> {
    if !has_form(scope.context(), ty) {
        return None;
    }
    match scope.context().resolve(ty) {
        Type::Base64Url => Some(scope.runtime("Base64Url")),
        Type::Tuple { required, .. } => {
            let list = scope.import("crate::runtime::serde", "ShortList");
            let required = Literal::usize_unsuffixed(*required);
            Some(quote!(#list::<_, #required>))
        }
        Type::UnixMillis => Some(scope.runtime("UnixMillis")),
        Type::UnixSeconds => Some(scope.runtime("UnixSeconds")),
        Type::JsonText(inner) => {
            let text = scope.import("crate::runtime::serde", "JsonText");
            Some(match wrapper(scope, inner) {
                Some(wrap) => quote!(|value| #text(#wrap(value))),
                None => text,
            })
        }
        Type::List(item) => {
            let wrap = wrapper(scope, item);
            Some(quote!(|list| list.into_iter().map(#wrap).collect::<Vec<_>>()))
        }
        Type::Map(value) => {
            let wrap = wrapper(scope, value);
            let map = scope.import("std::collections", "BTreeMap");
            Some(quote! {
                |map| map.into_iter().map(|(key, value)| (key, #wrap(value))).collect::<#map<_, _>>()
            })
        }
        Type::Nullable(inner) => {
            let wrap = wrapper(scope, inner);
            Some(quote!(|value| value.map(#wrap)))
        }
        Type::Boxed(inner) => {
            let wrap = wrapper(scope, inner);
            Some(quote!(|value| #wrap(*value)))
        }
        _ => Some(scope.import("crate::runtime::serde", "Secret")),
    }
}
