use crate::config::{Config, DateTimeType, NumberType, UuidType};
use sdk_model::Type;
use sdk_openapi::{Schema, SchemaType};

/// The type of a scalar; none for objects and arrays.
pub(super) fn scalar(config: &Config, ty: SchemaType, merged: &Schema<'_>) -> Option<Type> {
    Some(match ty {
        SchemaType::String => string(config, merged.format),
        SchemaType::Integer => integer(merged),
        SchemaType::Number => match merged.format {
            Some("unixtime") => Type::UnixSeconds,
            Some("unixtime-millis") => Type::UnixMillis,
            Some("decimal" | "decimal128") => Type::Decimal,
            Some("float" | "double") => Type::F64,
            _ if config.formats.number == NumberType::Decimal => Type::Decimal,
            _ => Type::F64,
        },
        SchemaType::Boolean => Type::Bool,
        SchemaType::Null => Type::Json,
        SchemaType::Array | SchemaType::Object => return None,
    })
}

fn string(config: &Config, format: Option<&str>) -> Type {
    match format {
        Some("date-time") if config.formats.date_time == DateTimeType::String => Type::String,
        Some("date-time") => Type::Timestamp,
        Some("date") => Type::Date,
        Some("byte" | "base64") => Type::Base64,
        Some("base64url") => Type::Base64Url,
        Some("binary") => Type::Binary,
        Some("password") => Type::Secret,
        Some("uuid") if config.formats.uuid == UuidType::Uuid => Type::Uuid,
        // Servers often send ids, URLs and numbers that do not match the declared format.
        _ => Type::String,
    }
}

fn integer(merged: &Schema<'_>) -> Type {
    match merged.format {
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Type::I32,
        Some("uint64" | "uint") => Type::U64,
        Some("unixtime") => Type::UnixSeconds,
        Some("unixtime-millis") => Type::UnixMillis,
        Some("int64") => Type::I64,
        Some("int128" | "uint128" | "bigint") => Type::Decimal,
        _ => by_bounds(merged),
    }
}

/// The smallest type for all integers within a schema's bounds.
fn by_bounds(merged: &Schema<'_>) -> Type {
    /// Beyond `u64::MAX`.
    const HUGE: f64 = 1.9e19;
    let (least, most) = merged.bounds.of_numbers();
    let beyond_i64 = match merged.maximum {
        Some(most) => i64::try_from(most).is_err(),
        None => most.is_some_and(|most| most >= i64::MAX as f64),
    };
    let is_negative = least.is_some_and(|least| least < 0.0);
    if least.is_some_and(|least| least < i64::MIN as f64)
        || most.is_some_and(|most| most > HUGE)
        || (beyond_i64 && is_negative)
    {
        Type::Decimal
    } else if beyond_i64 {
        Type::U64
    } else {
        Type::I64
    }
}

/// The word for a type in names and messages.
pub(super) fn type_word(ty: SchemaType) -> &'static str {
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
pub(super) fn format_word(ty: SchemaType, format: Option<&str>) -> &'static str {
    match (ty, format) {
        (SchemaType::String, Some("date-time")) => "timestamp",
        (SchemaType::String, Some("date")) => "date",
        (SchemaType::String, Some("uuid")) => "uuid",
        (SchemaType::String, Some("binary" | "byte" | "base64url")) => "bytes",
        (SchemaType::String, Some("uri" | "url")) => "url",
        (SchemaType::String, Some("password")) => "secret",
        _ => type_word(ty),
    }
}
