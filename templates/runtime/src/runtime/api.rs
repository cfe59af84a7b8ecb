//! The description of an API: one static per generated client.

/// The description of an API.
#[derive(Debug)]
pub struct Api {
    /// The module's name: `clerk`.
    pub name: &'static str,
    /// The document's version.
    pub version: &'static str,
    /// The header that carries the version on every request.
    pub version_header: Option<&'static str>,
    /// The default base URL; may contain `{variables}`.
    pub base_url: &'static str,
    /// The environment variables that override the base URL in `from_env`; the first one that is
    /// set does.
    pub base_url_env: &'static [&'static str],
    /// The variables of the base URL.
    pub server_variables: &'static [ServerVariable],
    /// The first product of the `User-Agent` header: `session-sdk/0.1.0`.
    pub user_agent: &'static str,
    /// The security schemes.
    pub schemes: &'static [Scheme],
    /// The security requirements of its operations.
    pub security: &'static [&'static [&'static str]],
    /// The property of responses that is false if the call failed, whatever the status.
    pub success_flag: Option<&'static str>,
    /// The locations of code, message and request id in error bodies.
    pub errors: ErrorFields,
}

impl Api {
    /// An API without a server, for errors outside of calls.
    #[cfg(any(test, feature = "blocking", feature = "testing"))]
    pub(crate) const NONE: Self = Self {
        name: "",
        version: "",
        version_header: None,
        base_url: "",
        base_url_env: &[],
        server_variables: &[],
        user_agent: "",
        schemes: &[],
        security: &[],
        success_flag: None,
        errors: ErrorFields {
            code: &[],
            message: &[],
            request_id: &[],
            request_id_headers: &[],
        },
    };

    /// The index of a scheme in [`Api::schemes`].
    pub(crate) fn scheme_index(&self, name: &str) -> Option<usize> {
        self.schemes.iter().position(|scheme| scheme.name == name)
    }
}

/// A variable of the base URL.
#[derive(Debug)]
pub struct ServerVariable {
    /// The variable's name in the URL template.
    pub name: &'static str,
    /// The value used when the caller sets none.
    pub default: &'static str,
    /// The values that the document allows; empty if it allows any.
    pub values: &'static [&'static str],
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// The scheme's key in the document; [`Operation::security`](super::Operation) refers to it.
    pub name: &'static str,
    /// The client builder's setter, for error messages.
    pub setter: &'static str,
    /// Where the credential is sent.
    pub kind: SchemeKind,
    /// The environment variable that `from_env` reads it from.
    pub env: Option<&'static str>,
    /// What its credentials begin with; empty if that is not known.
    pub prefixes: &'static [&'static str],
    /// What other credentials begin with, which are no credentials of the API, and their names.
    pub rejects: &'static [(&'static str, &'static str)],
}

/// Where a credential is sent.
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
    /// Nothing in the request: the transport presents a client certificate.
    MutualTls,
}

/// The JSON pointers to the parts of an error body; the first that refers to a string or a
/// number is used.
#[derive(Debug, Clone, Copy)]
pub struct ErrorFields {
    /// Pointers to the error code.
    pub code: &'static [&'static str],
    /// Pointers to the message.
    pub message: &'static [&'static str],
    /// Pointers to the request id.
    pub request_id: &'static [&'static str],
    /// Response headers that carry the request id; they take precedence over the body.
    pub request_id_headers: &'static [&'static str],
}
