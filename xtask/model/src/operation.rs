//! An operation: what it takes and how it is sent.

use sdk_openapi::Method;
use serde::Serialize;

use super::{
    Constraints, Deprecation, ErrorResponse, Field, Ident, Name, Pagination, Presence,
    Representation, SchemeUse, SpecPointer, Streaming, Success, Type,
};

/// An operation: one method on one path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// The operation id, or `METHOD /path` where the document gives none.
    pub id: String,
    /// The resource's method: `create_token`; `wire` is what the name was made from.
    pub name: Name,
    /// The request builder's type name: `CreateTokenRequest`.
    pub builder: Ident,
    /// One line.
    pub summary: String,
    /// The rest of the documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The base address, where the operation does not go to the API's: an address, with the
    /// variables that the API's has too, or a path on the API's host.
    pub server: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
    /// The path's parameters, in the path's order.
    pub path_params: Vec<Parameter>,
    /// The query's parameters, in the document's order.
    pub query: Vec<Parameter>,
    /// The header parameters.
    pub headers: Vec<Parameter>,
    /// The cookie parameters.
    pub cookies: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The media type of the body, where the operation's default method sends another.
    pub body_variant: Option<String>,
    /// The successful response.
    pub success: Success,
    /// The errors that the document declares.
    pub errors: Vec<ErrorResponse>,
    /// Alternatives (any of), each a set of schemes (all of). An empty set: no credential needed.
    pub security: Vec<Vec<SchemeUse>>,
    /// Whether sending it twice is harmful.
    pub safety: Safety,
    /// How it is paginated.
    pub pagination: Option<Pagination>,
    /// The stream that it returns on request.
    pub streaming: Option<Streaming>,
    /// Other representations of the success.
    pub representations: Vec<Representation>,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

impl Operation {
    /// `GET` of an empty path, without parameters, body, credentials or response body.
    pub fn new(name: Name, builder: Ident) -> Self {
        Self {
            id: name.wire.clone(),
            name,
            builder,
            summary: String::new(),
            docs: String::new(),
            deprecation: None,
            server: None,
            method: Method::Get,
            path: PathTemplate::default(),
            path_params: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            body_variant: None,
            success: Success::default(),
            errors: Vec::new(),
            security: Vec::new(),
            safety: Safety::Safe,
            pagination: None,
            streaming: None,
            representations: Vec::new(),
            origin: SpecPointer::root(),
        }
    }
}

/// A path with its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PathTemplate {
    /// The text as the document has it: `/sessions/{session_id}`.
    pub text: String,
    /// The text, parsed.
    pub segments: Vec<PathSegment>,
}

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathSegment {
    /// Literal text.
    Literal(String),
    /// A parameter's wire name.
    Parameter(String),
}

/// A parameter outside the body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name; the identifier names the argument or setter.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Whether the caller may leave it out, or send null.
    pub presence: Presence,
    /// How a value becomes text.
    pub style: Style,
    /// Whether lists and objects become several `name=value` pairs.
    pub explode: bool,
    /// Whether reserved characters are sent as they are (query only).
    pub allow_reserved: bool,
    /// Documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// The value that the server assumes when it is absent, for the documentation.
    pub default: Option<serde_json::Value>,
    /// The limits on its values.
    pub constraints: Constraints,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

/// How a parameter's value becomes text (OpenAPI 3.1, 4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `a,b` in paths and headers.
    Simple,
    /// `.a.b` in paths.
    Label,
    /// `;name=a,b` in paths.
    Matrix,
    /// `name=a&name=b` in queries and cookies.
    Form,
    /// `name=a%20b` in queries.
    SpaceDelimited,
    /// `name=a|b` in queries.
    PipeDelimited,
    /// `name[key]=value` in queries.
    DeepObject,
    /// JSON text: a parameter with `content: application/json`.
    Json,
    /// The whole query is the JSON text: `in: querystring` with `application/json`.
    WholeJson,
    /// The whole query is the text: `in: querystring` with `text/plain`.
    WholeText,
}

/// A request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Body {
    /// Whether there must be one.
    pub required: bool,
    /// Documentation.
    pub docs: String,
    /// The media type on the wire, as the document has it.
    pub media_type: String,
    /// Its content.
    pub content: BodyContent,
    /// The limits on the whole body.
    pub constraints: Constraints,
    /// Media types with the same content, sent where the caller sets `Content-Type`.
    pub other_media_types: Vec<String>,
    /// Other encodings of the JSON content that the document allows.
    pub encodings: Vec<BodyEncoding>,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

/// Another encoding of a JSON body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyEncoding {
    /// The kind of encoding.
    pub kind: EncodingKind,
    /// The media type.
    pub media_type: String,
}

/// A kind of encoding that a JSON body can have instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EncodingKind {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

/// The content of a request body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyContent {
    /// A JSON object, one builder argument or setter per property (an inline object schema).
    JsonFields(Vec<Field>),
    /// A JSON value that the caller passes whole (a component, a union, a list, a map).
    Json(Type),
    /// JSON values, one per line or record.
    JsonItems {
        /// The type of a value.
        ty: Type,
        /// How the values are delimited.
        format: JsonItemFormat,
    },
    /// `application/x-www-form-urlencoded`, one argument or setter per property.
    FormFields(Vec<Part>),
    /// `application/x-www-form-urlencoded`, passed whole (a component).
    Form {
        /// The type of the form.
        ty: Type,
        /// The members that have a style of their own.
        styles: Vec<FormStyle>,
    },
    /// `multipart/*`, one argument or setter per part.
    Multipart {
        /// The parts that the document names.
        parts: Vec<Part>,
        /// Whether there may be other parts.
        open: bool,
    },
    /// `multipart/*` whose parts have no names.
    UnnamedParts {
        /// The media types of the first parts; empty where the document gives none.
        prefix: Vec<String>,
        /// The media type of the other parts; empty where the document gives none.
        item: String,
    },
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// How the values of a body of JSON values are delimited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonItemFormat {
    /// One JSON value per line.
    Lines,
    /// One JSON value per record (RFC 7464).
    Sequence,
}

/// A property of a form, or a part of a multipart body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The property.
    pub field: Field,
    /// Its content (multipart only).
    pub content: PartContent,
    /// The media types that `encoding` or the schema gives it.
    pub media_types: Vec<String>,
    /// The style that `encoding` gives it (forms only).
    pub style: Option<FormStyle>,
}

/// The content of a part of a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartContent {
    /// A value: scalars as text, objects as JSON, a part per item of a list.
    Value,
    /// A value as JSON.
    Json,
    /// Files: bytes with a name and a media type.
    File,
    /// Content that the caller encodes.
    Raw,
}

/// How a member of a form is encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormStyle {
    /// The member's name.
    pub name: String,
    /// The style; [`Style::Json`] for JSON text.
    pub style: Style,
    /// Whether lists and objects become several `name=value` pairs.
    pub explode: bool,
    /// Whether reserved characters travel as they are.
    pub allow_reserved: bool,
}

/// Whether sending an operation twice does harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Safety {
    /// It changes nothing.
    Safe,
    /// Twice is the same as once.
    Idempotent,
    /// Twice may do it twice.
    Unsafe,
}
