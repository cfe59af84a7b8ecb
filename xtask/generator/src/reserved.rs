//! Reserved names: what generated code and the runtime name themselves. A [`Scope`] that claims names
//! of the document gets them from here. Tests compare them with the runtime and with generated code.

use sdk_model::names::{Kind, Scope};

/// Modules and features of the generated crate besides its APIs, and the crates that it uses. An API
/// is a module and a feature.
pub(crate) const CRATE: [&str; 29] = [
    "alloc",
    "base64",
    "blocking",
    "bytes",
    "core",
    "default",
    "fastrand",
    "futures_core",
    "h2",
    "http",
    "http_body",
    "httpdate",
    "jiff",
    "percent_encoding",
    "proc_macro",
    "reqwest",
    "runtime",
    "rustls",
    "rustls_no_provider",
    "rustls_platform_verifier",
    "secrecy",
    "serde",
    "serde_json",
    "std",
    "test",
    "testing",
    "tokio",
    "tracing",
    "uuid",
];

/// Modules of `types` besides those of component schemas.
pub(crate) const TYPES_MODULES: [&str; 6] = [
    "headers",
    "inline",
    "parameters",
    "request_bodies",
    "responses",
    "webhooks",
];

/// A type `New` would have a method `new` that clippy takes for a constructor of another type.
pub(crate) const TYPES: [&str; 1] = ["New"];

/// A struct or request builder with many required values has a companion of this ending.
pub(crate) const TYPE_ENDING: &str = "Required";

/// The variant for values that this version does not know.
pub(crate) const VARIANTS: [&str; 1] = ["Unrecognized"];

/// Types that generated modules import from outside the API. A type of the document with such a name
/// is always written with its path, so that a new import changes no other line.
pub(crate) const IMPORTED_TYPES: [&str; 46] = [
    "Api",
    "BTreeMap",
    "Base64",
    "Base64Url",
    "Body",
    "ByteStream",
    "Core",
    "CoreBuilder",
    "Credential",
    "Date",
    "Decimal",
    "Envelope",
    "ErrorFields",
    "EventStream",
    "FormField",
    "Items",
    "JsonText",
    "Method",
    "Operation",
    "Pages",
    "Paging",
    "PagingMode",
    "Part",
    "Pending",
    "QueryStyle",
    "Request",
    "RequestBody",
    "ResponseMode",
    "Safety",
    "Same",
    "Scheme",
    "SchemeKind",
    "Secret",
    "SecretString",
    "ServerVariable",
    "ShortList",
    "Streaming",
    "Style",
    "Timestamp",
    "UnixMillis",
    "UnixSeconds",
    "Uuid",
    "Value",
    "Wait",
    "WaitDone",
    "WaitParameter",
];

/// Types of each API's own module, written with their path like [`IMPORTED_TYPES`].
pub(crate) const API_TYPES: [&str; 3] = ["Client", "ClientBuilder", "Error"];

/// Methods of the standard library's operators. A setter of such a name would look like one.
pub(crate) const OPERATOR_METHODS: [&str; 10] = [
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

/// Methods of every client, and of conversion traits.
pub(crate) const CLIENT_METHODS: [&str; 8] = [
    "builder", "clone", "core", "from_env", "new", "request", "into", "from",
];

/// Methods of every resource, and of well-known traits.
pub(crate) const RESOURCE_METHODS: [&str; 9] = [
    "as_ref", "borrow", "clone", "cmp", "deref", "eq", "hash", "index", "new",
];

/// Methods of every struct.
pub(crate) const STRUCT_METHODS: [&str; 3] = ["clone", "default", "new"];

/// Methods of every union, and of operators.
pub(crate) const UNION_METHODS: [&str; 8] = [
    "clone",
    "clone_from",
    "eq",
    "fmt",
    "into",
    "ne",
    "serialize",
    "union",
];

/// Methods of every client builder that the runtime implements.
const CLIENT_BUILDER_RUNTIME: [&str; 20] = [
    "allow_insecure_http",
    "base_url",
    "build",
    "connect_timeout",
    "event_timeout",
    "header",
    "max_body_bytes",
    "max_concurrent_requests",
    "max_pages",
    "propagate",
    "reqwest",
    "reqwest_client",
    "retries",
    "retry_policy",
    "timeout",
    "timer",
    "total_timeout",
    "transport",
    "user_agent",
    "without_timeout",
];

/// Functions of every client and of its builder that are emitted or derived.
const CLIENT_BUILDER_EMITTED: [&str; 3] = ["clone", "from_env", "new"];

/// Methods of every request builder that the runtime implements, by its macro or by a trait.
pub(crate) const REQUEST_BUILDER_RUNTIME: [&str; 15] = [
    "build",
    "extra_field",
    "extra_query",
    "header",
    "idempotent",
    "into_future",
    "raw",
    "request_extension",
    "request_mut",
    "retries",
    "send",
    "timeout",
    "total_timeout",
    "with",
    "with_response",
];

/// Emitted methods of request builders, and local names of the methods that create one.
pub(crate) const REQUEST_BUILDER_EMITTED: [&str; 12] = [
    "clone",
    "core",
    "items",
    "new",
    "other_parts",
    "pages",
    "request",
    "stream_events",
    "wait",
    "wait_done",
    "with_form_body",
    "with_multipart_body",
];

/// The argument or setter of a request body that is passed whole.
pub(crate) const BODY_ARGUMENT: &str = "body";

/// The argument of a request's required values, where it has many.
pub(crate) const REQUIRED_ARGUMENT: &str = "required";

/// The scope of the setters that a client builder has for credentials and server variables.
pub(crate) fn client_builder_scope(word: &'static str) -> Scope {
    Scope::new(Kind::Field)
        .reserving(&OPERATOR_METHODS, word)
        .reserving(&CLIENT_BUILDER_RUNTIME, word)
        .reserving(&CLIENT_BUILDER_EMITTED, word)
}

/// Whether every client builder has a method of this name.
pub(crate) fn is_client_builder_method(name: &str) -> bool {
    CLIENT_BUILDER_RUNTIME.contains(&name) || CLIENT_BUILDER_EMITTED.contains(&name)
}

#[cfg(test)]
mod tests;
