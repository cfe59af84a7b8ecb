//! Bytes to document: reading, overlay, normalization, references, the flattened schema view.
//!
//! ```text
//! bytes → tree → overlay → external files bundled → 3.1 normalized to 3.0 form → checks → Document
//! ```
//!
//! After [`Document::load`] there is one tree in the form of OpenAPI 3.0 and every `$ref` in it
//! begins with `#/`. All of it is read through [`Node`]s and views that know their [`SpecPointer`].
//!
//! [`SpecPointer`]: crate::SpecPointer

pub mod diagnostics;

mod bundle;
mod checks;
mod document;
pub mod grammar;
mod load;
mod method;
mod node;
mod normalize;
mod operation;
mod operation_view;
mod overlay;
pub mod path;
mod pointer;
mod prose;
mod raw;
pub mod references;
mod schema;
mod source;
mod templates;
mod tree;
mod view;

pub use document::{Document, LoadOptions, SecurityScheme};
pub use method::Method;
pub use node::Node;
pub use operation::{
    CallbackView, HeaderView, MediaTypeView, OperationView, ParameterLocation, ParameterView,
    RequestBodyView, ResponseView,
};
pub use pointer::SpecPointer;
pub use raw::RawDocument;
pub use schema::{AdditionalProperties, Schema, SchemaType};
pub use source::Source;
