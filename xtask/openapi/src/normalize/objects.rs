//! Parameters, responses and the other objects that are not schemas.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, ErrorKind, sanitize};
use crate::grammar::{METHODS, ObjectKind, X_WEBHOOKS};
use crate::path::Path;

impl Normalizer<'_> {
    /// Repairs the fields of an object, whose values are of the right types.
    pub(super) fn fields(
        &mut self,
        members: &mut Map<String, Value>,
        kind: ObjectKind,
        path: &Path<'_>,
    ) {
        let is_unknown = members.is_empty() && self.unknown.contains(&path.pointer());
        if is_unknown || (members.contains_key("$ref") && kind.is_referable()) {
            return;
        }
        if matches!(kind, ObjectKind::Root | ObjectKind::Operation) {
            self.requirements(members, path);
        }
        match kind {
            ObjectKind::Root => self.root(members, path),
            ObjectKind::Info => self.require_text(members, path, &["title", "version"]),
            ObjectKind::License => self.require_text(members, path, &["name"]),
            ObjectKind::Server => self.require_address(members, path, "url"),
            ObjectKind::ServerVariable => self.require_address(members, path, "default"),
            ObjectKind::Tag => self.require_text(members, path, &["name"]),
            ObjectKind::AdditionalOperations => self.additional_operations(members, path),
            ObjectKind::Operation if !self.is_31_or_later && !members.contains_key("responses") => {
                let repair = "treating the response as empty";
                self.report(
                    ErrorKind::MissingField,
                    path,
                    "`responses` is missing",
                    repair,
                );
            }
            ObjectKind::Parameter => self.parameter(members, path),
            ObjectKind::Header => self.value(members, path),
            ObjectKind::RequestBody => self.request_body(members, path),
            ObjectKind::Responses => self.statuses(members, path),
            ObjectKind::Response => self.response(members, path),
            ObjectKind::SecurityScheme => self.security_scheme(members, path),
            ObjectKind::OAuthFlow if !members.contains_key("scopes") => {
                let repair = "treating it as empty";
                self.report(ErrorKind::MissingField, path, "`scopes` is missing", repair);
                members.insert("scopes".to_owned(), json!({}));
            }
            _ => {}
        }
    }

    fn root(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if !members.contains_key("info") {
            let problem = Diagnostic::error(path.origin(), "`info` is missing")
                .help("add it, with a `title` and a `version`")
                .repair("using the title `API` and an empty version");
            self.diagnostics
                .recoverable(ErrorKind::MissingField, problem);
            members.insert("info".to_owned(), json!({"title": "API", "version": ""}));
        }
        let other = ["webhooks", X_WEBHOOKS, "components"];
        let is_excused = self.is_31_or_later && other.iter().any(|key| members.contains_key(*key));
        if !members.contains_key("paths") && !is_excused {
            let problem = Diagnostic::error(path.origin(), "`paths` is missing")
                .help("write `paths: {}` in a document without operations")
                .repair("generating no operations");
            self.diagnostics
                .recoverable(ErrorKind::MissingField, problem);
        }
        let mut tags = members.get_mut("tags").and_then(Value::as_array_mut);
        let list = Path::Key(path, "tags");
        let mut names = HashSet::new();
        for (index, tag) in tags.iter_mut().flat_map(|tags| tags.iter_mut()).enumerate() {
            let location = Path::Index(&list, index);
            if let Value::String(name) = tag {
                *tag = json!({"name": name});
                let message = "a tag must be an object";
                let repair = "using the text as its name";
                self.report(ErrorKind::KeywordType, &location, message, repair);
            }
            let name = tag.get("name").and_then(Value::as_str);
            if let Some(name) = name.filter(|name| !names.insert((*name).to_owned())) {
                let message = format!("duplicate tag `{}`", sanitize(name));
                self.report(
                    ErrorKind::DuplicateTag,
                    &location,
                    message,
                    "using the first one",
                );
            }
        }
        for (index, tag) in tags.iter().flat_map(|tags| tags.iter()).enumerate() {
            let parent = tag.get("parent").and_then(Value::as_str);
            if let Some(parent) = parent.filter(|parent| !names.contains(*parent)) {
                let message = format!(
                    "the parent `{}` of this tag is not declared",
                    sanitize(parent)
                );
                let warning = Diagnostic::warning(Path::Index(&list, index).origin(), message);
                self.diagnostics
                    .push(warning.help("declare it under `tags`"));
            }
        }
    }

    /// Adds missing fields of text.
    pub(super) fn require_text(
        &mut self,
        members: &mut Map<String, Value>,
        path: &Path<'_>,
        keys: &[&str],
    ) {
        for key in keys.iter().copied() {
            if !members.contains_key(key) {
                let message = format!("`{key}` is missing");
                self.report(
                    ErrorKind::MissingField,
                    path,
                    message,
                    "using an empty text",
                );
                members.insert(key.to_owned(), Value::String(String::new()));
            }
        }
    }

    /// Adds a part of a server's URL that is missing. The URL is another one then.
    fn require_address(&mut self, members: &mut Map<String, Value>, path: &Path<'_>, key: &str) {
        if !members.contains_key(key) {
            let message = format!("`{key}` is missing");
            let repair = "using an empty text";
            self.report(ErrorKind::IncompleteObject, path, message, repair);
            members.insert(key.to_owned(), Value::String(String::new()));
        }
    }

    /// Methods that have no field of their own.
    fn additional_operations(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        members.retain(|method, _| {
            let location = Path::Key(path, method);
            if method.is_empty()
                || !method
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
            {
                let message = format!("`{}` is not an HTTP method", sanitize(method));
                let omitted = format!("the operation `{}`", sanitize(method));
                let repair = "ignoring the operation";
                self.omission(ErrorKind::Method, &location, message, repair, omitted);
                return false;
            }
            let field = method.to_ascii_lowercase();
            if METHODS.contains(&field.as_str()) && *method == method.to_ascii_uppercase() {
                let message = format!("the operation `{method}` belongs into the field `{field}`");
                self.report(ErrorKind::Method, &location, message, "using it");
            }
            true
        });
    }

    fn parameter(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let text = |key: &str| members.get(key).and_then(Value::as_str).map(str::to_owned);
        let (name, location) = (text("name"), text("in"));
        let omitted = match &name {
            Some(name) => format!("the parameter `{}`", sanitize(name)),
            None => "a parameter".to_owned(),
        };
        let missing = [("name", &name), ("in", &location)].into_iter();
        if let Some((key, _)) = missing.into_iter().find(|(_, value)| value.is_none()) {
            let message = format!("`{key}` is missing in this parameter");
            let repair = "ignoring the parameter";
            self.omission(ErrorKind::IncompleteObject, path, message, repair, omitted);
            return;
        }
        let (name, location) = (name.unwrap_or_default(), location.unwrap_or_default());
        let Some(styles) = styles(&location) else {
            let message = format!("a parameter cannot be in `{}`", sanitize(&location));
            let problem = Diagnostic::error(Path::Key(path, "in").origin(), message)
                .help("use `path`, `query`, `header` or `cookie`")
                .repair("ignoring the parameter")
                .omits(omitted);
            self.diagnostics.recoverable(ErrorKind::Parameter, problem);
            return;
        };
        if location == "path" && members.get("required") != Some(&Value::Bool(true)) {
            let message = format!("the path parameter `{}` must be required", sanitize(&name));
            let problem = Diagnostic::error(path.origin(), message)
                .help("write `required: true`")
                .repair("requiring it");
            self.diagnostics
                .recoverable(ErrorKind::OptionalPathParameter, problem);
            members.insert("required".to_owned(), Value::Bool(true));
        }
        let style = members.get("style").and_then(Value::as_str);
        if let Some(style) = style.filter(|style| !styles.contains(style)) {
            let style = sanitize(style);
            let message = format!("a parameter in `{location}` cannot have the style `{style}`");
            let problem = Diagnostic::error(Path::Key(path, "style").origin(), message)
                .help(format!("use one of {}", styles.join(", ")))
                .repair("using the default style")
                .omits(format!("the style `{style}`"));
            self.diagnostics.recoverable(ErrorKind::Parameter, problem);
            members.shift_remove("style");
        }
        self.value(members, path);
    }

    fn request_body(&mut self, members: &Map<String, Value>, path: &Path<'_>) {
        let content = members.get("content").and_then(Value::as_object);
        let message = match content {
            None => "`content` is missing in this request body",
            Some(content) if content.is_empty() => "`content` must have at least one entry",
            Some(_) => return,
        };
        let (repair, omitted) = ("sending no request body", "the request body");
        self.omission(ErrorKind::IncompleteObject, path, message, repair, omitted);
    }

    /// `schema` or `content` of a parameter or header. Keywords of a schema next to it are the
    /// syntax of Swagger 2.0.
    fn value(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        const KEYWORDS: [&str; 6] = ["type", "format", "enum", "items", "default", "pattern"];
        let content = Path::Key(path, "content");
        if members.contains_key("schema") {
            if members.contains_key("content") {
                let message = "`schema` and `content` exclude each other";
                let (repair, omitted) = ("using `schema`", "the `content`");
                self.omission(ErrorKind::Parameter, &content, message, repair, omitted);
                members.shift_remove("content");
            }
            return;
        }
        if let Some(entries) = members.get("content").and_then(Value::as_object) {
            if entries.len() != 1 {
                let message = "`content` of a parameter must have exactly one entry";
                match entries.keys().nth(1).map(|other| sanitize(other)) {
                    None => {
                        let repair = "accepting any value";
                        self.report(ErrorKind::Parameter, &content, message, repair);
                    }
                    Some(other) => {
                        let (repair, omitted) =
                            ("using the first one", format!("the parameter as `{other}`"));
                        self.omission(ErrorKind::Parameter, &content, message, repair, omitted);
                    }
                }
            }
            if !entries.is_empty() {
                return;
            }
        }
        let mut schema = Map::new();
        for key in KEYWORDS {
            if let Some(value) = members.shift_remove(key) {
                schema.insert(key.to_owned(), value);
            }
        }
        let repair = match schema.is_empty() {
            true => "accepting any value",
            false => "using the keywords of a schema next to it",
        };
        self.report(ErrorKind::MissingField, path, "`schema` is missing", repair);
        members.insert("schema".to_owned(), Value::Object(schema));
    }

    fn response(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if members.contains_key("description") {
            return;
        }
        // The description is optional since 3.2, which added a summary.
        match members.get("summary").and_then(Value::as_str) {
            Some(summary) => {
                let summary = summary.to_owned();
                members.insert("description".to_owned(), Value::String(summary));
            }
            None if self.is_32_or_later => {}
            None => {
                let message = "`description` is missing in this response";
                let warning = Diagnostic::warning(path.origin(), message);
                self.diagnostics
                    .push(warning.help("add a description, or an empty text"));
            }
        }
    }

    fn statuses(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if members.keys().all(|key| key.starts_with("x-")) {
            let message = "`responses` must have at least one response";
            let repair = "treating the response as empty";
            self.report(ErrorKind::MissingField, path, message, repair);
        }
        members.retain(|key, _| {
            if key == "default" || key.starts_with("x-") || is_status(key) {
                return true;
            }
            let key = sanitize(key);
            let location = Path::Key(path, &key).origin();
            let problem = Diagnostic::error(location, format!("`{key}` is not a status"))
                .help("use a status such as `200`, a range such as `4XX`, or `default`")
                .repair("ignoring the response")
                .omits(format!("the response `{key}`"));
            self.diagnostics.recoverable(ErrorKind::Status, problem);
            false
        });
    }
}

/// The styles of parameters in a location; none where it does not exist.
fn styles(location: &str) -> Option<&'static [&'static str]> {
    Some(match location {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        "querystring" => &[],
        _ => return None,
    })
}

/// `200` or `4XX`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => true,
        [first, rest @ ..] => {
            rest.len() == 2 && *first != b'0' && key.bytes().all(|byte| byte.is_ascii_digit())
        }
        [] => false,
    }
}
