//! Names of types for readers.

use sdk_model::{Api, Type};

/// The name of a type as in Rust, with its wire form if that differs.
pub fn type_name(api: &Api, ty: &Type) -> String {
    let inner = |ty: &Type| type_name(api, ty);
    match ty {
        Type::String | Type::Binary => "String".to_owned(),
        Type::Secret => "SecretString".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::UnixSeconds => "Timestamp (seconds)".to_owned(),
        Type::UnixMillis => "Timestamp (milliseconds)".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Uuid => "Uuid".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::Base64Url => "Base64 (URL-safe)".to_owned(),
        Type::Decimal => "Decimal".to_owned(),
        Type::Json => "Value".to_owned(),
        Type::Constant(constant) => constant.0.to_string(),
        Type::List(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        Type::Tuple { items, .. } => {
            let items: Vec<String> = items.iter().map(inner).collect();
            format!("({})", items.join(", "))
        }
        Type::Nullable(ty) => format!("Option<{}>", inner(ty)),
        Type::Boxed(ty) => inner(ty),
        Type::JsonText(ty) => format!("JsonText<{}>", inner(ty)),
        Type::Named(id) => match api.types.get(id) {
            Some(definition) => definition.name.ident.plain().to_owned(),
            None => id.0.clone(),
        },
    }
}
