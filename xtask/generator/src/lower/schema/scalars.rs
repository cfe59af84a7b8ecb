use super::flat::Flat;
use crate::config::{Config, UuidType};
use sdk_model::Type;
use sdk_openapi::SchemaType;

/// The type of a scalar; none for objects and lists.
pub(super) fn scalar(config: &Config, ty: SchemaType, flat: &Flat<'_>) -> Option<Type> {
    Some(match ty {
        SchemaType::String => string(config, flat.format),
        SchemaType::Integer => integer(flat),
        SchemaType::Number => match flat.format {
            Some("unixtime") => Type::UnixSeconds,
            Some("unixtime-millis") => Type::UnixMillis,
            _ => Type::F64,
        },
        SchemaType::Boolean => Type::Bool,
        SchemaType::Null => Type::Json,
        SchemaType::Array | SchemaType::Object => return None,
    })
}

fn string(config: &Config, format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::Timestamp,
        Some("date") => Type::Date,
        Some("byte" | "base64") => Type::Base64,
        Some("binary") => Type::Binary,
        Some("password") => Type::Secret,
        Some("uuid") if config.formats.uuid == UuidType::Uuid => Type::Uuid,
        // Servers are freer with what they call an address, an id or a number than documents are.
        _ => Type::String,
    }
}

fn integer(flat: &Flat<'_>) -> Type {
    match flat.format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Type::I32,
        Some("uint64" | "uint") => Type::U64,
        Some("unixtime") => Type::UnixSeconds,
        Some("unixtime-millis") => Type::UnixMillis,
        _ if flat
            .maximum
            .is_some_and(|most| i64::try_from(most).is_err()) =>
        {
            Type::U64
        }
        _ => Type::I64,
    }
}

/// The word for a type in names and messages.
pub(super) fn told(ty: SchemaType) -> &'static str {
    match ty {
        SchemaType::String => "string",
        SchemaType::Number => "number",
        SchemaType::Integer => "integer",
        SchemaType::Boolean => "boolean",
        SchemaType::Array => "list",
        SchemaType::Object => "object",
        SchemaType::Null => "null",
    }
}

/// The word for a type in names, its format considered.
pub(super) fn called(ty: SchemaType, format: Option<&str>) -> &'static str {
    match (ty, format) {
        (SchemaType::String, Some("date-time")) => "timestamp",
        (SchemaType::String, Some("date")) => "date",
        (SchemaType::String, Some("uuid")) => "uuid",
        (SchemaType::String, Some("binary" | "byte")) => "bytes",
        (SchemaType::String, Some("uri" | "url")) => "url",
        (SchemaType::String, Some("password")) => "secret",
        _ => told(ty),
    }
}
