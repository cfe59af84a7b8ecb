use serde::Serialize;

use super::{Deprecation, Ident, Name, Operation, SpecPointer, Type, TypeId, TypeTable};

/// An API: everything that `emit` and `render` need.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The Rust module and Cargo feature: `clerk`.
    pub name: Ident,
    /// The document's title.
    pub title: String,
    /// Documentation.
    pub docs: String,
    /// `info.version`.
    pub version: String,
    /// The header that carries the version on every request, where codegen.yaml names one.
    pub version_header: Option<String>,
    /// The base addresses, the default one first.
    pub servers: Vec<Server>,
    /// The environment variables that override the base URL in `from_env`, the first one first.
    pub base_url_env: Vec<String>,
    /// The property of responses that is false if the call failed, whatever the status.
    pub success_flag: Option<String>,
    /// Whether each group of operations has a Cargo feature of its own.
    pub group_features: bool,
    /// The security schemes, in the document's order.
    pub auth: Vec<SecurityScheme>,
    /// What its error responses look like.
    pub errors: ErrorModel,
    /// The groups of operations, sorted by name.
    pub resources: Vec<Resource>,
    /// The named types.
    pub types: TypeTable,
    /// What the API sends on its own: webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// What the document has and the SDK lacks, each with its reason.
    pub omissions: Vec<Omission>,
    /// The operations that `exclude_extensions` leaves out, each with the extension.
    pub excluded: Vec<Omission>,
    /// What callers can wait for.
    pub waits: Vec<Wait>,
    /// How many operations the selected part of the document has, omitted ones included.
    pub operation_count: usize,
}

impl Api {
    /// The Cargo feature of the whole API.
    pub fn feature(&self) -> &str {
        self.name.plain()
    }

    /// The Cargo feature that the API's module needs: one that each group's feature brings, where
    /// groups have one.
    pub fn module_feature(&self) -> String {
        if self.group_features {
            format!("_{}", self.feature())
        } else {
            self.feature().to_owned()
        }
    }

    /// The Cargo feature of a group of operations.
    pub fn group_feature(&self, group: &Resource) -> Option<String> {
        let name = group.name.ident.plain().replace('_', "-");
        self.group_features
            .then(|| format!("{}-{name}", self.feature()))
    }
}

/// A base address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// The address, with `{variables}`.
    pub url: String,
    /// What the address is for.
    pub docs: String,
    /// The variables of the address.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// Its name; the identifier names the client builder's setter.
    pub name: Name,
    /// The default value.
    pub default: String,
    /// The values the document allows; empty where it allows any.
    pub values: Vec<String>,
    /// Documentation.
    pub docs: String,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// Its key in the document; the identifier names the client builder's setter.
    pub name: Name,
    /// How the credential is sent.
    pub kind: SchemeKind,
    /// The environment variable that `from_env` reads it from.
    pub env: Option<String>,
    /// What its credentials begin with; empty if that is not known.
    pub prefixes: Vec<String>,
    /// What other credentials begin with, which the scheme rejects, and their names.
    pub rejects: Vec<(String, String)>,
    /// Documentation.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

/// How a credential is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeKind {
    /// `Authorization: Bearer …`; OAuth 2 and OpenID Connect tokens too.
    Bearer,
    /// `Authorization: Basic …`, from a user name and a password.
    Basic,
    /// `Authorization: <scheme> …` for any other HTTP scheme.
    Http(String),
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// Nothing in the request: the connection's certificate (`mutualTLS`).
    MutualTls,
}

/// A scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemeUse {
    /// The scheme's key in the document.
    pub scheme: String,
    /// The scopes it asks for, for the documentation.
    pub scopes: Vec<String>,
}

/// What an API's error responses look like.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ErrorModel {
    /// The type of a JSON error body, statuses the document never declared included.
    pub body: Option<Type>,
    /// JSON pointers into the body, the first that refers to a string wins: the error's code.
    pub code: Vec<String>,
    /// The same for the message.
    pub message: Vec<String>,
    /// The same for the request id.
    pub request_id: Vec<String>,
    /// Response headers that carry the request id; they win over the body.
    pub request_id_headers: Vec<String>,
}

/// A group of operations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// Its name: module, accessor and (in Pascal case) type.
    pub name: Name,
    /// The accessor type's name.
    pub type_name: Ident,
    /// Documentation.
    pub docs: String,
    /// Its operations, sorted by name.
    pub operations: Vec<Operation>,
    /// Groups inside it, sorted by name.
    pub children: Vec<Resource>,
}

/// A payload that the API sends to the caller's server.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Webhook {
    /// Its name.
    pub name: Name,
    /// Documentation.
    pub docs: String,
    /// The payload.
    pub payload: Type,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

/// Something that the document has and the SDK lacks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Omission {
    /// What: an operation's method and path, or a smaller thing.
    pub what: String,
    /// Why.
    pub reason: String,
    /// Where the document declares it.
    pub origin: SpecPointer,
}

/// A type whose values report the progress of what an operation started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// The type, which operations return.
    pub ty: TypeId,
    /// The property with the id.
    pub id: String,
    /// The property with the status.
    pub status: String,
    /// The statuses that are not final.
    pub pending: Vec<String>,
    /// The statuses that are failures.
    pub failed: Vec<String>,
    /// The id of the operation that returns the current value.
    pub operation: String,
    /// The wire name of the operation's input that takes the id.
    pub parameter: String,
    pub parameter_location: WaitLocation,
}

/// Where the operation takes the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum WaitLocation {
    Path,
    Query,
    Field,
}
