//! The operation model: what an SDK offers, as plain data.
//!
//! Built by `lower`, adjusted by `passes`, read by `emit`, `render` and `changes`. It knows
//! nothing of OpenAPI's syntax and nothing of Rust's tokens, and it does no I/O.

mod api;
mod constraints;
mod name;
pub mod names;
mod operation;
mod response;
mod types;
mod walk;

pub use api::{
    Api, ErrorModel, Omission, Resource, SchemeKind, SchemeUse, SecurityScheme, Server,
    ServerVariable, Wait, WaitLocation, Webhook,
};
pub use constraints::Constraints;
pub use name::{Ident, Name};
pub use operation::{
    Body, BodyContent, BodyEncoding, EncodingKind, FormStyle, JsonItemFormat, Operation, Parameter,
    Part, PartContent, PathSegment, PathTemplate, Safety, Style,
};
pub use response::{
    Envelope, ErrorResponse, EventFormat, Pagination, Representation, ResponseContent,
    ResponseHeader, Streaming, Success,
};
pub use sdk_openapi::{Method, SpecPointer};
pub use types::{
    Constant, Deprecation, EnumValue, Field, ModulePath, Presence, Shape, Type, TypeDef, TypeId,
    TypeTable, Usage, Variant,
};
