//! Fields of structs: what type they have, and how they are read and written.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::{
    argument::{Argument, Place, argument},
    context::{Context, leaves},
    deprecation, docs,
    rust_type::{form, is_list, is_map, rust},
    scope::Scope,
    structs::constant_of,
    tokens::{ident, word},
};
use sdk_model::{Field, Presence, Type, Usage};

/// How a field shows whether it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `T`.
    Always,
    /// `Vec<T>`, or a map that is always there: missing and null read as empty.
    Collection,
    /// `Option<T>`, left out where it is none.
    Optional,
    /// `Option<T>`, sent as null where it is none.
    Nullable,
    /// `Option<Option<T>>`: absent, null or a value.
    Double,
}

/// A field, and how it is emitted.
pub(super) struct Plan<'m> {
    pub(super) field: &'m Field,
    form: Form,
    usage: Usage,
}

impl<'m> Plan<'m> {
    /// How to emit a field of a type used so; none where the type never travels in a direction in
    /// which the field does.
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
        let form = match (presence, usage.request) {
            (_, false) if list || required_map => Form::Collection,
            (Presence::Required, false) => Form::Always,
            (_, false) => Form::Optional,
            (Presence::Required, true) if usage.response && (list || required_map) => {
                Form::Collection
            }
            (Presence::Required, true) => Form::Always,
            (Presence::Optional, true) => Form::Optional,
            (Presence::Nullable, true) => Form::Nullable,
            (Presence::OptionalNullable, true) => Form::Double,
        };
        Some(Self { field, form, usage })
    }

    /// Whether whoever makes the struct must say the value.
    pub(super) fn is_asked_for(&self) -> bool {
        !self.is_optional() && self.constant().is_none()
    }

    /// Whether the field may be absent.
    pub(super) fn is_optional(&self) -> bool {
        matches!(self.form, Form::Optional | Form::Double)
    }

    /// Whether absent and null differ.
    pub(super) fn is_double(&self) -> bool {
        self.form == Form::Double
    }

    /// The value that needs no asking.
    pub(super) fn constant(&self) -> Option<TokenStream> {
        if self.form == Form::Always {
            constant_of(&self.field.ty)
        } else {
            None
        }
    }

    /// Whether a constant's type owns its text.
    pub(super) fn field_is_text(&self) -> bool {
        matches!(&self.field.ty, Type::Constant(constant) if constant.0.is_string())
    }

    /// Whether a secret stands in the field.
    pub(super) fn holds_secret(&self, context: &Context<'_>) -> bool {
        let held = leaves(context.resolve(&self.field.ty));
        held.into_iter().any(|ty| match ty {
            Type::Secret => true,
            Type::Named(id) => context.is_secret(id),
            _ => false,
        })
    }

    /// The parameter of `new` and the value it gives.
    pub(super) fn argument(
        &self,
        scope: &mut Scope<'_>,
        name: &Ident,
    ) -> (TokenStream, TokenStream) {
        if self.form == Form::Nullable {
            return (self.plain_type(scope), quote!(#name));
        }
        let Argument { ty, value } = argument(scope, &self.field.ty, name, Place::Field);
        (ty, value)
    }

    /// The field's type.
    pub(super) fn plain_type(&self, scope: &mut Scope<'_>) -> TokenStream {
        let ty = rust(scope, &self.field.ty);
        match self.form {
            Form::Always | Form::Collection => ty,
            Form::Optional | Form::Nullable => quote!(Option<#ty>),
            Form::Double => quote!(Option<Option<#ty>>),
        }
    }

    /// The field's documentation.
    pub(super) fn docs(&self) -> Vec<String> {
        let Field {
            name,
            docs,
            default,
            ..
        } = self.field;
        let mut lines = docs::or(docs, || match name.wire.trim() {
            "" => "The member whose name is blank.".to_owned(),
            _ => format!("The `{}` member.", plain(&name.wire)),
        });
        if let Some(default) = default.as_ref().and_then(default_text) {
            lines.push(String::new());
            lines.push(format!("The server assumes {default} where it is absent."));
        }
        let both = self.usage.request && self.usage.response;
        if both && (self.field.read_only || self.field.write_only) {
            let side = if self.field.read_only {
                "answers"
            } else {
                "requests"
            };
            lines.push(String::new());
            lines.push(format!("It stands in {side} only."));
        }
        let hidden = matches!(self.field.ty, Type::Secret | Type::Constant(_));
        if let Some(example) = self.field.example.as_ref().filter(|_| !hidden) {
            let example = docs::example(example);
            if !example.is_empty() {
                lines.push(String::new());
                lines.extend(example);
            }
        }
        lines
    }
}

/// A wire name inside backticks.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().filter(|c| *c != '`') {
        if docs::is_printable(c) {
            plain.push(c);
        } else {
            plain.extend(c.escape_default());
        }
    }
    plain
}

/// A default as documentation; long ones say little.
pub(super) fn default_text(value: &serde_json::Value) -> Option<String> {
    let text = value.to_string();
    (text.len() <= 60 && !text.contains('`') && !value.is_null())
        .then(|| format!("`{}`", plain(&text)))
}

/// A field of a struct.
pub(super) fn emit(scope: &mut Scope<'_>, plan: &Plan<'_>) -> TokenStream {
    let field = plan.field;
    // Where generated code itself names the field, the attribute would warn of our own code.
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
    let docs = scope.docs(vec![plan.docs(), lines]);
    let member = emit_bare(scope, plan);
    quote! {
        #docs
        #attribute
        #member
    }
}

/// A field of a struct, its documentation left out.
pub(super) fn emit_bare(scope: &mut Scope<'_>, plan: &Plan<'_>) -> TokenStream {
    let name = ident(&plan.field.name.ident);
    let ty = plan.plain_type(scope);
    quote!(pub #name: #ty,)
}

/// The field in the list by which the runtime reads and writes the struct.
pub(super) fn entry(scope: &mut Scope<'_>, plan: &Plan<'_>) -> TokenStream {
    let field = plan.field;
    let (name, wire) = (ident(&field.name.ident), &field.name.wire);
    let how = match plan.form {
        Form::Always | Form::Collection => "required",
        Form::Optional => "optional",
        Form::Nullable => "nullable",
        Form::Double => "optional_nullable",
    };
    let how = how_in_form(scope, how, &field.ty);
    quote!(#name = #how(#wire))
}

/// The function's name; where the type has another form on the wire, the one that takes it.
pub(super) fn how_in_form(scope: &mut Scope<'_>, how: &str, ty: &Type) -> TokenStream {
    match form(scope, ty) {
        Some(form) => {
            let how = word(&format!("{how}_as"));
            quote!(#how::<#form>)
        }
        None => word(how).to_token_stream(),
    }
}
