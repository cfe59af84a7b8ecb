//! Fields of structs: their types, and how they are read and written.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::{
    argument::{Argument, Target, argument},
    context::Context,
    deprecation, docs,
    rust_type::{form, is_list, is_map, rust},
    scope::Scope,
    tokens::{constant_of, ident, word},
    traits::leaves,
};
use sdk_model::{Field, Presence, Type, Usage};

/// How a field represents absence and null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldWrapper {
    /// `T`.
    Always,
    /// `Vec<T>`, or a required map: a missing or null member is read as empty.
    Collection,
    /// `Option<T>`: `None` is absent.
    Optional,
    /// `Option<T>`: `None` is null.
    Nullable,
    /// `Option<Option<T>>`: absent, null or a value.
    OptionOption,
}

/// A field and the way it is emitted.
pub(super) struct FieldPlan<'m> {
    pub(super) field: &'m Field,
    wrapper: FieldWrapper,
    usage: Usage,
}

impl<'m> FieldPlan<'m> {
    /// Plans a field of a type with this usage. There is none if the field is never sent or received
    /// in the directions of the type.
    pub(super) fn of(context: &Context<'_>, field: &'m Field, usage: Usage) -> Option<Self> {
        let both = usage.request && usage.response;
        if !both && (usage.request && field.read_only || usage.response && field.write_only) {
            return None;
        }
        // A field of one direction is absent in the other.
        let one_way = both && (field.read_only || field.write_only);
        let presence = match field.presence {
            Presence::Required if one_way => Presence::Optional,
            Presence::Nullable if one_way => Presence::OptionalNullable,
            presence => presence,
        };
        let list = is_list(context, &field.ty);
        let required_map = presence == Presence::Required && is_map(context, &field.ty);
        let wrapper = match (presence, usage.request) {
            (Presence::Nullable, false) => FieldWrapper::Nullable,
            (_, false) if list || required_map => FieldWrapper::Collection,
            (Presence::Required, false) => FieldWrapper::Always,
            (_, false) => FieldWrapper::Optional,
            (Presence::Required, true) if usage.response && (list || required_map) => {
                FieldWrapper::Collection
            }
            (Presence::Required, true) => FieldWrapper::Always,
            (Presence::Optional, true) => FieldWrapper::Optional,
            (Presence::Nullable, true) => FieldWrapper::Nullable,
            (Presence::OptionalNullable, true) => FieldWrapper::OptionOption,
        };
        Some(Self {
            field,
            wrapper,
            usage,
        })
    }

    /// Whether a type that is also received has the field, but requests do not.
    fn is_left_out_of_requests(&self) -> bool {
        self.field.read_only && self.usage.request && self.usage.response
    }

    /// Whether the constructor needs the value.
    pub(super) fn is_required(&self) -> bool {
        !self.is_optional() && self.constant().is_none()
    }

    /// Whether the field may be absent.
    pub(super) fn is_optional(&self) -> bool {
        matches!(
            self.wrapper,
            FieldWrapper::Optional | FieldWrapper::OptionOption
        )
    }

    /// Whether a response may lack the field.
    fn may_be_missing(&self) -> bool {
        matches!(
            self.field.presence,
            Presence::Optional | Presence::OptionalNullable
        )
    }

    /// Whether absent and null differ.
    pub(super) fn is_option_option(&self) -> bool {
        self.wrapper == FieldWrapper::OptionOption
    }

    /// The value of a required constant.
    pub(super) fn constant(&self) -> Option<TokenStream> {
        if self.wrapper == FieldWrapper::Always {
            constant_of(&self.field.ty)
        } else {
            None
        }
    }

    /// Whether the field is a constant string.
    pub(super) fn field_is_text(&self) -> bool {
        matches!(&self.field.ty, Type::Constant(constant) if constant.0.is_string())
    }

    /// Whether the field contains a secret.
    pub(super) fn holds_secret(&self, context: &Context<'_>) -> bool {
        let held = leaves(context.resolve(&self.field.ty));
        held.into_iter().any(|ty| match ty {
            Type::Secret => true,
            Type::Named(id) => context.traits.has_secrets(id),
            _ => false,
        })
    }

    /// The parameter of `new` and its converted value.
    pub(super) fn argument(
        &self,
        scope: &mut Scope<'_>,
        name: &Ident,
    ) -> (TokenStream, TokenStream) {
        if self.wrapper == FieldWrapper::Nullable {
            return (self.plain_type(scope), quote!(#name));
        }
        let Argument { ty, value } = argument(scope, &self.field.ty, name, Target::Field);
        (ty, value)
    }

    /// The field's type.
    pub(super) fn plain_type(&self, scope: &mut Scope<'_>) -> TokenStream {
        let ty = rust(scope, &self.field.ty);
        match self.wrapper {
            FieldWrapper::Always | FieldWrapper::Collection => ty,
            FieldWrapper::Optional | FieldWrapper::Nullable => quote!(Option<#ty>),
            FieldWrapper::OptionOption => quote!(Option<Option<#ty>>),
        }
    }

    /// The documentation; empty if the document has none.
    pub(super) fn docs(&self) -> Vec<String> {
        let field = self.field;
        let both = self.usage.request && self.usage.response;
        let direction = match (field.read_only, field.write_only) {
            (true, _) if both => vec!["Read-only.".to_owned()],
            (_, true) if both => vec!["Write-only.".to_owned()],
            _ => Vec::new(),
        };
        let hidden = matches!(field.ty, Type::Secret | Type::Constant(_));
        let example = field.example.as_ref().filter(|_| !hidden);
        docs::paragraphs([
            docs::lines(&field.docs),
            docs::default_value(field.default.as_ref()),
            direction,
            example.map(docs::example).unwrap_or_default(),
        ])
    }
}

impl FieldPlan<'_> {
    /// What serializing the type of a response writes for a secret.
    fn secret_docs(&self) -> Vec<String> {
        let is_secret = leaves(&self.field.ty).contains(&&Type::Secret);
        let docs = match (is_secret && self.usage.is_read(), self.usage.request) {
            (false, _) => return Vec::new(),
            (true, false) => "Serialized as `[redacted]`, except within `expose_secrets`.",
            (true, true) => {
                "Serialized as `[redacted]`, except in requests and within `expose_secrets`."
            }
        };
        vec![docs.to_owned()]
    }
}

/// A field of a struct.
pub(super) fn emit(scope: &mut Scope<'_>, plan: &FieldPlan<'_>) -> TokenStream {
    let field = plan.field;
    // Generated setters use the field: the attribute would make the crate warn about itself.
    let (attribute, lines) = if plan.usage.request {
        (
            TokenStream::new(),
            deprecation::lines(field.deprecation.as_ref()),
        )
    } else {
        (
            deprecation::attribute(field.deprecation.as_ref()),
            Vec::new(),
        )
    };
    let docs = scope.docs(vec![plan.docs(), plan.secret_docs(), lines]);
    let member = emit_bare(scope, plan);
    quote! {
        #docs
        #attribute
        #member
    }
}

/// A field of a struct, without documentation.
pub(super) fn emit_bare(scope: &mut Scope<'_>, plan: &FieldPlan<'_>) -> TokenStream {
    let name = ident(&plan.field.name.ident);
    let ty = plan.plain_type(scope);
    quote!(pub #name: #ty,)
}

/// The field in the list of wire members.
pub(super) fn entry(scope: &mut Scope<'_>, plan: &FieldPlan<'_>) -> TokenStream {
    let field = plan.field;
    let (name, wire) = (ident(&field.name.ident), &field.name.wire);
    let how = match plan.wrapper {
        FieldWrapper::Collection if plan.may_be_missing() => "or_empty",
        FieldWrapper::Always | FieldWrapper::Collection => "required",
        FieldWrapper::Optional if plan.is_left_out_of_requests() => "read_only",
        FieldWrapper::OptionOption if plan.is_left_out_of_requests() => "read_only_nullable",
        FieldWrapper::Optional => "optional",
        FieldWrapper::Nullable => "nullable",
        FieldWrapper::OptionOption => "optional_nullable",
    };
    let how = how_in_form(scope, how, &field.ty);
    let constant = plan.constant().map(|value| quote!(, #value));
    quote!(#name = #how(#wire #constant))
}

/// The reading and writing function, with the wire form if the type has one.
pub(super) fn how_in_form(scope: &mut Scope<'_>, how: &str, ty: &Type) -> TokenStream {
    match form(scope, ty) {
        Some(form) => {
            let how = word(&format!("{how}_as"));
            quote!(#how::<#form>)
        }
        None => word(how).to_token_stream(),
    }
}
