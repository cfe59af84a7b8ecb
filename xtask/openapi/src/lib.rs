//! Bytes to document: reading, overlays, references, normalization, validation.
//!
//! ```text
//! bytes → tree → overlays → bundled → dynamic references resolved → form of 3.0 → validated
//! ```
//!
//! After [`Document::load`] there is one tree in the form of OpenAPI 3.0, and every `$ref` in it
//! is a JSON pointer into it. All of it is read through [`Node`]s and views that know their
//! [`SpecPointer`].

pub mod diagnostics;
pub mod grammar;
pub mod path;
pub mod path_template;

mod path_query;
pub mod pointer;

mod bounds;
mod bundle;
mod content;
mod document;
mod dynamic_refs;
mod method;
mod node;
mod normalize;
mod operation;
mod overlay;
mod parameter;
mod path_syntax;
mod prose;
mod querystring;
mod raw;
mod refs;
mod schema;
mod source;
mod tree;
mod uri;
mod validate;

pub use bounds::{BOUNDS, Bounds};
pub use content::{HeaderView, MediaTypeView, RequestBodyView, ResponseView};
pub use document::{Document, LoadOptions, SecurityScheme};
pub use method::Method;
pub use node::Node;
pub use operation::{CallbackView, OperationView};
pub use parameter::{ParameterLocation, ParameterView};
pub use pointer::SpecPointer;
pub use raw::RawDocument;
pub use schema::{AdditionalProperties, Alternatives, Schema, SchemaType, X_SENSITIVE};
pub use source::{MOST_BYTES, Source};
