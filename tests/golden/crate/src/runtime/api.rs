//! What an API says about itself: one static a generated client.

/// An API.
#[derive(Debug)]
pub struct Api {
    /// The module's name: `clerk`.
    pub name: &'static str,
    /// The document's version.
    pub version: &'static str,
    /// The header that carries the version on every request.
    pub version_header: Option<&'static str>,
    /// The default base address; may hold `{variables}`.
    pub base_url: &'static str,
    /// The environment variable that replaces the base address in `from_env`.
    pub base_url_env: Option<&'static str>,
    /// The variables of the base address.
    pub server_variables: &'static [ServerVariable],
    /// The start of the `User-Agent` header: `session-sdk/0.1.0`.
    pub user_agent: &'static str,
    /// The ways to prove who calls.
    pub schemes: &'static [Scheme],
    /// Where error bodies hold what.
    pub errors: ErrorFields,
}

impl Api {
    /// The place of a scheme in [`Api::schemes`].
    pub(crate) fn scheme_index(&self, name: &str) -> Option<usize> {
        self.schemes.iter().position(|scheme| scheme.name == name)
    }
}

/// A variable of the base address.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name in the address.
    pub name: &'static str,
    /// The value that stands when the caller gives none.
    pub default: &'static str,
    /// The values that the document allows; empty where it allows any.
    pub values: &'static [&'static str],
}

/// A way to prove who calls.
#[derive(Debug)]
pub struct Scheme {
    /// Its key in the document; [`Operation::security`](super::Operation) names it.
    pub name: &'static str,
    /// The client builder's setter, for messages.
    pub setter: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// The environment variable that `from_env` reads it from.
    pub env: Option<&'static str>,
}

/// How a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: <scheme> …`.
    Http(&'static str),
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// Nothing in the request: the connection's certificate. The transport sees to it.
    MutualTls,
}

/// Where an error body holds what: JSON pointers, the first that leads to text wins.
#[derive(Debug, Clone, Copy)]
pub struct ErrorFields {
    /// The error's code.
    pub code: &'static [&'static str],
    /// The message.
    pub message: &'static [&'static str],
    /// The request id.
    pub request_id: &'static [&'static str],
    /// Response headers that carry the request id; they win over the body.
    pub request_id_headers: &'static [&'static str],
}
