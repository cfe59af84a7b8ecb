//! Which JSON a union's variant matches, as `union_enum!` writes it.

mod rivals;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{context::Context, scope::Scope};
use rivals::Rivals;
use sdk_model::{Constant, Field, Presence, Shape, Type, TypeId, Variant};

/// How deep rules are nested. The runtime compares no deeper.
const MAX_DEPTH: usize = 4;

/// The rule of each variant, in order.
pub(super) fn rules<'a>(scope: &mut Scope<'a>, variants: &'a [Variant]) -> Vec<TokenStream> {
    let rivals = Rivals::new(scope.context(), variants);
    let mut rules = Vec::with_capacity(variants.len());
    for (index, variant) in variants.iter().enumerate() {
        rules.push(if variant.is_default {
            quote!(default)
        } else if let Some(fields) = struct_fields(scope.context(), &variant.ty) {
            let mut object = Object::of_variant(variant, fields);
            object.add_members(scope, fields, &rivals.of(index), 0);
            object.tokens()
        } else {
            let others: Vec<&Type> = variants
                .iter()
                .map(|other| &other.ty)
                .filter(|ty| **ty != variant.ty)
                .take(rivals::MOST)
                .collect();
            of_type(scope, &variant.ty, &others, 0)
        });
    }
    rules
}

/// The rule of a type. `others` are the types of the other variants.
fn of_type<'a>(
    scope: &mut Scope<'a>,
    ty: &'a Type,
    others: &[&'a Type],
    depth: usize,
) -> TokenStream {
    if depth > MAX_DEPTH {
        return quote!(any);
    }
    let context = scope.context();
    match context.resolve(ty) {
        Type::String | Type::Secret | Type::Uuid | Type::Binary => quote!(string),
        Type::Base64 | Type::Base64Url => quote!(string),
        Type::Timestamp => quote!(timestamp),
        Type::Date => quote!(date),
        Type::Bool => quote!(boolean),
        Type::I32 | Type::I64 | Type::U64 | Type::UnixSeconds | Type::UnixMillis => {
            quote!(integer)
        }
        Type::F64 | Type::Decimal => quote!(number),
        Type::Json => quote!(any),
        Type::Constant(constant) => of_constant(constant),
        Type::List(item) => {
            let others = inside(context, others, |ty| match ty {
                Type::List(item) => Some(item),
                _ => None,
            });
            let item = of_type(scope, item, &others, depth + 1);
            quote!(list(#item))
        }
        Type::Tuple { items, required } => {
            let items: Vec<TokenStream> = items
                .iter()
                .map(|item| of_type(scope, item, &[], depth + 1))
                .collect();
            let required = Literal::usize_unsuffixed(*required);
            quote!(tuple(#required #(, #items)*))
        }
        Type::Map(value) => {
            let others = inside(context, others, |ty| match ty {
                Type::Map(value) => Some(value),
                _ => None,
            });
            let value = of_type(scope, value, &others, depth + 1);
            quote!(map(#value))
        }
        Type::Nullable(value) => {
            let others = inside(context, others, |ty| match ty {
                Type::Nullable(value) => Some(value),
                other => Some(other),
            });
            let value = of_type(scope, value, &others, depth + 1);
            quote!(nullable(#value))
        }
        Type::Boxed(value) => of_type(scope, value, others, depth),
        Type::JsonText(_) => quote!(string),
        Type::Named(id) => of_named(scope, id, others, depth),
    }
}

fn of_named<'a>(
    scope: &mut Scope<'a>,
    id: &'a TypeId,
    others: &[&'a Type],
    depth: usize,
) -> TokenStream {
    let context = scope.context();
    match context.api.types.get(id).map(|found| &found.shape) {
        Some(Shape::StringEnum { .. }) => {
            let name = scope.named(id);
            quote!(values(#name))
        }
        Some(Shape::IntegerEnum { .. }) => {
            let name = scope.named(id);
            quote!(integers(#name))
        }
        Some(Shape::Union { .. }) => {
            let name = scope.named(id);
            quote!(union(#name))
        }
        Some(Shape::Struct { fields, .. }) => {
            let rivals: Vec<&[Field]> = others
                .iter()
                .filter_map(|other| struct_fields(context, other))
                .collect();
            let mut object = Object::of_fields(fields);
            object.add_members(scope, fields, &rivals, depth);
            object.tokens()
        }
        Some(Shape::Alias(_)) | None => quote!(any),
    }
}

fn of_constant(Constant(value): &Constant) -> TokenStream {
    match value {
        serde_json::Value::String(text) => quote!(literals(#text)),
        serde_json::Value::Bool(_) => quote!(boolean),
        serde_json::Value::Number(number) if number.is_i64() => quote!(integer),
        serde_json::Value::Number(_) => quote!(number),
        serde_json::Value::Null => quote!(null),
        _ => quote!(any),
    }
}

/// The types inside others of the same kind.
fn inside<'a>(
    context: &Context<'a>,
    others: &[&'a Type],
    open: impl Fn(&'a Type) -> Option<&'a Type>,
) -> Vec<&'a Type> {
    others
        .iter()
        .filter_map(|other| open(context.resolve(other)))
        .collect()
}

/// The rule of an object.
struct Object<'a> {
    required: Vec<&'a str>,
    optional: Vec<&'a str>,
    constants: Vec<TokenStream>,
    defaults: Vec<TokenStream>,
    members: Vec<TokenStream>,
}

impl<'a> Object<'a> {
    fn of_variant(variant: &'a Variant, fields: &'a [Field]) -> Self {
        let is_constant = |name: &str| {
            variant.constants.contains_key(name) || variant.defaults.contains_key(name)
        };
        let is_required = |name: &str| variant.required.iter().any(|required| required == name);
        let required = variant.required.iter().map(String::as_str);
        let optional = fields.iter().map(|field| field.name.wire.as_str());
        let entries = |constants: &'a std::collections::BTreeMap<String, Constant>| {
            constants
                .iter()
                .filter_map(|(name, value)| constant(name, value))
                .collect()
        };
        Self {
            required: required
                .filter(|name| !variant.constants.contains_key(*name))
                .collect(),
            optional: optional
                .filter(|name| !is_required(name) && !is_constant(name))
                .collect(),
            constants: entries(&variant.constants),
            defaults: entries(&variant.defaults),
            members: Vec::new(),
        }
    }

    fn of_fields(fields: &'a [Field]) -> Self {
        let names = |wanted: bool| {
            let plain = fields.iter().filter(|field| fixed(field).is_none());
            plain
                .filter(|field| field.presence.is_required() == wanted)
                .map(|field| field.name.wire.as_str())
                .collect()
        };
        let constants = |wanted: bool| {
            fields
                .iter()
                .filter(|field| field.presence.is_required() == wanted)
                .filter_map(fixed)
                .collect()
        };
        Self {
            required: names(true),
            optional: names(false),
            constants: constants(true),
            defaults: constants(false),
            members: Vec::new(),
        }
    }

    /// Adds rules for the members whose types differ from those of `rivals`.
    fn add_members(
        &mut self,
        scope: &mut Scope<'a>,
        fields: &'a [Field],
        rivals: &[&'a [Field]],
        depth: usize,
    ) {
        for field in fields.iter().filter(|field| fixed(field).is_none()) {
            let others = rivals::other_types(scope.context(), field, rivals);
            if others.is_empty() {
                continue;
            }
            let name = &field.name.wire;
            let rule = of_type(scope, &field.ty, &others, depth + 1);
            let required = field.presence == Presence::Required;
            self.members.push(if required {
                quote!(#name = #rule)
            } else {
                quote!(#name = nullable(#rule))
            });
        }
    }

    fn tokens(self) -> TokenStream {
        let mut sections = Vec::new();
        let lists = [("required", &self.required), ("optional", &self.optional)];
        for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            let key = super::tokens::word(key);
            sections.push(quote!(#key: [#(#names),*]));
        }
        let maps = [
            ("constants", &self.constants),
            ("defaults", &self.defaults),
            ("members", &self.members),
        ];
        for (key, entries) in maps.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let key = super::tokens::word(key);
            sections.push(quote!(#key: {#(#entries),*}));
        }
        quote!(object(#(#sections),*))
    }
}

/// The entry of a field that has a single value.
fn fixed(field: &Field) -> Option<TokenStream> {
    match &field.ty {
        Type::Constant(value) => constant(&field.name.wire, value),
        _ => None,
    }
}

/// A member with its only value; none where the runtime's table has no such values.
fn constant(name: &str, Constant(value): &Constant) -> Option<TokenStream> {
    let value = match value {
        serde_json::Value::String(text) => quote!(text(#text)),
        serde_json::Value::Bool(flag) => quote!(boolean(#flag)),
        serde_json::Value::Null => quote!(null()),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(integer(#number))
            }
            (None, Some(number)) => {
                let number = Literal::f64_unsuffixed(number);
                quote!(number(#number))
            }
            (None, None) => return None,
        },
        _ => return None,
    };
    Some(quote!(#name = #value))
}

/// The fields of a type that is a struct, behind names and boxes.
fn struct_fields<'a>(context: &Context<'a>, ty: &'a Type) -> Option<&'a [Field]> {
    match context.resolve(ty) {
        Type::Boxed(inner) => struct_fields(context, inner),
        Type::Named(id) => match &context.api.types.get(id)?.shape {
            Shape::Struct { fields, .. } => Some(fields),
            _ => None,
        },
        _ => None,
    }
}
