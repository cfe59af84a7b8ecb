use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::{Constraints, Ident, Name, SpecPointer};

/// The module that contains a type, below the API's own: `["types", "session"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ModulePath(pub Vec<Ident>);

/// A type's path below the API's module, `types::session::SessionStatus`. It identifies the type:
/// it depends on the type's own position in the document and on no other schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TypeId(pub String);

impl TypeId {
    /// The id of the type `ident` in `module`.
    pub fn new(module: &ModulePath, ident: &Ident) -> Self {
        let mut path = String::new();
        for segment in &module.0 {
            path.push_str(segment.as_str());
            path.push_str("::");
        }
        path.push_str(ident.as_str());
        Self(path)
    }
}

impl fmt::Display for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Every named type of an API, ordered by path.
pub type TypeTable = BTreeMap<TypeId, TypeDef>;

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// The module that contains it. A component's is `types::<component>`; an inline type's is the
    /// module named after its parent.
    pub module: ModulePath,
    /// Its name; `wire` is the component's key, or the property's.
    pub name: Name,
    /// The type this one is named after, where it is an inline type of a type.
    pub parent: Option<TypeId>,
    /// Documentation, Markdown as the document has it.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// An example, for the documentation.
    pub example: Option<serde_json::Value>,
    /// What it is.
    pub shape: Shape,
    /// Whether requests, responses or both contain it.
    pub usage: Usage,
    /// The limits on its values.
    pub constraints: Constraints,
    /// Its schema.
    pub origin: SpecPointer,
}

impl TypeDef {
    /// The path that identifies this type.
    pub fn id(&self) -> TypeId {
        TypeId::new(&self.module, &self.name.ident)
    }
}

/// What a named type is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An object with declared properties.
    Struct {
        /// The properties, in the document's order.
        fields: Vec<Field>,
        /// The type of further members, where `additionalProperties` gives a schema or `true`.
        additional: Option<Type>,
    },
    /// A string of a known set, open to values of the future.
    StringEnum {
        /// The known values, in the document's order.
        values: Vec<EnumValue>,
    },
    /// An integer of a known set, open to values of the future.
    IntegerEnum {
        /// The known values, in the document's order; `wire` is the number's text.
        values: Vec<EnumValue>,
    },
    /// One of several types: `oneOf`, `anyOf`, a list of types.
    Union {
        /// The variants, in the document's order.
        variants: Vec<Variant>,
        /// The discriminator property, where the document declares one.
        discriminator: Option<String>,
    },
    /// Another name for a type.
    Alias(Type),
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// `String`.
    String,
    /// `secrecy::SecretString`: a string that is never shown.
    Secret,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u64`, for `format: uint64`.
    U64,
    /// `f64`.
    F64,
    /// `jiff::Timestamp`, an RFC 3339 string on the wire.
    Timestamp,
    /// `jiff::Timestamp`, an integer of seconds since 1970 on the wire (`format: unixtime`).
    UnixSeconds,
    /// `jiff::Timestamp`, an integer of milliseconds since 1970 on the wire
    /// (`format: unixtime-millis`).
    UnixMillis,
    /// `jiff::civil::Date`.
    Date,
    /// `uuid::Uuid`, where codegen.yaml chooses it.
    Uuid,
    /// `runtime::Base64`: bytes, base64 text on the wire.
    Base64,
    /// A value that a string on the wire contains as JSON (`contentMediaType: application/json`).
    JsonText(Box<Type>),
    /// `Base64`: bytes, text in the URL-safe alphabet on the wire (`base64url`).
    Base64Url,
    /// `Decimal`: a number with all its digits.
    Decimal,
    /// `bytes::Bytes`: raw bytes (`format: binary`), in bodies and multipart parts.
    Binary,
    /// `serde_json::Value`: anything.
    Json,
    /// A string with one possible value. `String` in a response; sent without being set by the caller in
    /// a request.
    Constant(Constant),
    /// `Vec<T>`.
    List(Box<Type>),
    /// `BTreeMap<String, T>`.
    Map(Box<Type>),
    /// `(A, B, …)`, a list on the wire: `prefixItems` of several types.
    Tuple {
        /// The elements; those that may be missing are nullable.
        items: Vec<Type>,
        /// How many of them must be there.
        required: usize,
    },
    /// `Option<T>`: null is `None`. Inside lists, maps and unions; a field's or
    /// parameter's own nullability is its presence.
    Nullable(Box<Type>),
    /// `Box<T>`, put by the boxing pass where a type contains itself.
    Boxed(Box<Type>),
    /// A type of the table.
    Named(TypeId),
}

/// The single value of a single-value enum or `const`, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Constant(pub serde_json::Value);

/// A property of an object, or a named part of a body.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its type, without the `Option` its presence asks for.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Whether the server sends it but never takes it (`readOnly`).
    pub read_only: bool,
    /// Whether the server takes it but never sends it (`writeOnly`).
    pub write_only: bool,
    /// The value that the server assumes when it is absent, for the documentation.
    pub default: Option<serde_json::Value>,
    /// An example, for the documentation.
    pub example: Option<serde_json::Value>,
    /// The limits on its values.
    pub constraints: Constraints,
    /// Its schema.
    pub origin: SpecPointer,
}

/// Whether a value may be absent, and whether it may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// May be absent, is never null.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be absent, may be null.
    OptionalNullable,
}

impl Presence {
    /// The presence of a value that is required or not, nullable or not.
    pub fn of(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (false, false) => Self::Optional,
            (true, true) => Self::Nullable,
            (false, true) => Self::OptionalNullable,
        }
    }

    /// Whether the value must be there, null or not.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::Nullable)
    }

    /// Whether the value may be null.
    pub fn is_nullable(self) -> bool {
        matches!(self, Self::Nullable | Self::OptionalNullable)
    }
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EnumValue {
    /// Its name.
    pub name: Name,
    /// Documentation, from `x-enum-descriptions` and its kin; often empty.
    pub docs: String,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Variant {
    /// Its name; `wire` is the discriminator's value, or what else the name came from.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// The discriminator's values that select it; empty without a discriminator.
    pub tags: Vec<String>,
    /// Whether it takes values whose discriminator is missing or unknown (`defaultMapping`).
    pub is_default: bool,
    /// Properties that must be present, where it is an object.
    pub required: Vec<String>,
    /// Required properties that have a single possible value.
    pub constants: BTreeMap<String, Constant>,
    /// Other properties that have a single possible value besides null.
    pub defaults: BTreeMap<String, Constant>,
    /// Documentation.
    pub docs: String,
}

/// That something is deprecated, and what to use instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Deprecation {
    /// The document's advice; empty where it gives none.
    pub note: String,
}

/// Whether requests, responses or both contain a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Usage {
    /// It is part of a request.
    pub request: bool,
    /// It is part of a response.
    pub response: bool,
}

impl Usage {
    /// Whether the type is read from JSON: what no operation uses is for callers to read.
    pub fn is_read(self) -> bool {
        self.response || !self.request
    }
}
