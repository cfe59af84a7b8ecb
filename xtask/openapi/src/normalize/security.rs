//! Security schemes, and the requirements that name them.

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, ErrorKind, sanitize};
use crate::path::Path;

impl Normalizer<'_> {
    /// Each scheme of a requirement has a list of scopes. Since 3.2 its key may be a URI.
    pub(super) fn requirements(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let list = Path::Key(path, "security");
        let requirements = members.get_mut("security").and_then(Value::as_array_mut);
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            let location = Path::Index(&list, index);
            let Some(schemes) = requirement.as_object_mut() else {
                continue;
            };
            for (name, scopes) in schemes.iter_mut() {
                let is_names = |all: &Vec<Value>| all.iter().all(Value::is_string);
                if !scopes.as_array().is_some_and(is_names) {
                    let message = "the scopes of a security scheme must be an array of text";
                    let location = Path::Key(&location, name);
                    let repair = "treating it as empty";
                    self.report(ErrorKind::KeywordType, &location, message, repair);
                    *scopes = json!([]);
                }
            }
            const COMPONENTS: &str = "#/components/securitySchemes/";
            if schemes.keys().any(|name| name.starts_with(COMPONENTS)) {
                let named = std::mem::take(schemes).into_iter().map(|(name, scopes)| {
                    let name = name.strip_prefix(COMPONENTS).map(str::to_owned);
                    (name.unwrap_or_default(), scopes)
                });
                *schemes = named.collect();
            }
        }
    }

    /// Removes the `type` of a scheme that cannot be used.
    pub(super) fn security_scheme(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if let Some(problem) = self.unusable(members, path) {
            let name = match path {
                Path::Key(_, name) => sanitize(name),
                _ => String::new(),
            };
            let problem = problem
                .repair("ignoring the security scheme")
                .omits(format!("the security scheme `{name}`"));
            self.diagnostics
                .recoverable(ErrorKind::SecurityScheme, problem);
            members.shift_remove("type");
        }
    }

    fn unusable(
        &mut self,
        members: &mut Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<Diagnostic> {
        const LOCATIONS: [&str; 3] = ["query", "header", "cookie"];
        const TYPES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];
        match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => require(members, path, "in", &LOCATIONS)
                .or_else(|| require(members, path, "name", &[])),
            Some("http") => require(members, path, "scheme", &[]),
            Some("openIdConnect") => {
                self.require_text(members, path, &["openIdConnectUrl"]);
                None
            }
            Some("oauth2") => {
                if !members.contains_key("flows") {
                    let message = "`flows` is missing in this security scheme";
                    let repair = "leaving it to callers to get a token";
                    self.report(ErrorKind::MissingField, path, message, repair);
                    members.insert("flows".to_owned(), json!({}));
                }
                self.flows(members, path);
                None
            }
            Some("mutualTLS") => None,
            _ => require(members, path, "type", &TYPES),
        }
    }

    fn flows(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let location = Path::Key(path, "flows");
        let flows = members.get_mut("flows").and_then(Value::as_object_mut);
        for (name, flow) in flows.into_iter().flatten() {
            let required: &[&str] = match name.as_str() {
                "implicit" => &["authorizationUrl"],
                "password" | "clientCredentials" => &["tokenUrl"],
                "authorizationCode" => &["authorizationUrl", "tokenUrl"],
                "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
                _ => &[],
            };
            if let Value::Object(flow) = flow {
                self.require_text(flow, &Path::Key(&location, name), required);
            }
        }
    }
}

/// Reports a field that is missing, or whose value is not among those that are `known`.
fn require(
    members: &Map<String, Value>,
    path: &Path<'_>,
    key: &str,
    known: &[&str],
) -> Option<Diagnostic> {
    let problem = match members.get(key).and_then(Value::as_str) {
        Some(value) if known.is_empty() || known.contains(&value) => return None,
        Some(value) => {
            let message = format!(
                "`{}` is not a valid `{key}` of a security scheme",
                sanitize(value)
            );
            Diagnostic::error(Path::Key(path, key).origin(), message)
        }
        None => {
            let message = format!("`{key}` is missing in this security scheme");
            Diagnostic::error(path.origin(), message)
        }
    };
    Some(match known {
        [] => problem,
        known => problem.help(format!("use one of {}", known.join(", "))),
    })
}
