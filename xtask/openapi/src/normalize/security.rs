//! Security schemes, and the requirements that name them.

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, sanitize};
use crate::path::Path;

impl Normalizer<'_> {
    /// Each scheme of a requirement comes with a list of scopes.
    pub(super) fn scopes(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let list = Path::Key(path, "security");
        let requirements = members.get_mut("security").and_then(Value::as_array_mut);
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            let place = Path::Index(&list, index);
            for (name, scopes) in requirement.as_object_mut().into_iter().flatten() {
                let is_names = |all: &Vec<Value>| all.iter().all(Value::is_string);
                if !scopes.as_array().is_some_and(is_names) {
                    let message = "the scopes of a security scheme must be a list of text";
                    self.recoverable(&Path::Key(&place, name), message, "they are taken as none");
                    *scopes = json!([]);
                }
            }
        }
    }

    /// One that cannot be used loses its `type`.
    pub(super) fn security_scheme(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if let Some(problem) = self.unusable(members, path) {
            let name = match path {
                Path::Key(_, name) => sanitize(name),
                _ => String::new(),
            };
            self.diagnostics.recoverable(
                problem
                    .repair("the security scheme is left out")
                    .omits(format!("the security scheme `{name}`")),
            );
            members.shift_remove("type");
        }
    }

    fn unusable(
        &mut self,
        members: &mut Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<Diagnostic> {
        let told = |key: &str, what: &str, members: &Map<String, Value>, known: &[&str]| {
            let value = members.get(key).and_then(Value::as_str).map(sanitize);
            let (place, message) = match value {
                Some(value) => (
                    Path::Key(path, key).origin(),
                    format!("a security scheme cannot {what} `{value}`"),
                ),
                None => (
                    path.origin(),
                    format!("`{key}` is missing in this security scheme"),
                ),
            };
            let problem = Diagnostic::error(place, message);
            match known {
                [] => problem,
                known => problem.help(format!("it can {what} {}", known.join(", "))),
            }
        };
        let has = |key: &str, members: &Map<String, Value>, known: &[&str]| {
            let value = members.get(key).and_then(Value::as_str);
            value.is_some_and(|value| known.is_empty() || known.contains(&value))
        };
        match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => {
                const PLACES: [&str; 3] = ["query", "header", "cookie"];
                if !has("in", members, &PLACES) {
                    return Some(told("in", "be in", members, &PLACES));
                }
                (!has("name", members, &[])).then(|| told("name", "have", members, &[]))
            }
            Some("http") => {
                (!has("scheme", members, &[])).then(|| told("scheme", "have", members, &[]))
            }
            Some("openIdConnect") => {
                self.need(members, path, &["openIdConnectUrl"]);
                None
            }
            Some("oauth2") => {
                if !members.contains_key("flows") {
                    let message = "`flows` is missing in this security scheme";
                    self.recoverable(path, message, "the token is the caller's business");
                    members.insert("flows".to_owned(), json!({}));
                }
                self.flows(members, path);
                None
            }
            Some("mutualTLS") => None,
            _ => {
                const TYPES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];
                Some(told("type", "be of the type", members, &TYPES))
            }
        }
    }

    fn flows(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let place = Path::Key(path, "flows");
        let flows = members.get_mut("flows").and_then(Value::as_object_mut);
        for (name, flow) in flows.into_iter().flatten() {
            let needed: &[&str] = match name.as_str() {
                "implicit" => &["authorizationUrl"],
                "password" | "clientCredentials" => &["tokenUrl"],
                "authorizationCode" => &["authorizationUrl", "tokenUrl"],
                _ => &[],
            };
            if let Value::Object(flow) = flow {
                self.need(flow, &Path::Key(&place, name), needed);
            }
        }
    }
}
