//! Parameters, responses and the other parts that are not schemas.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Normalizer;
use crate::diagnostics::{Diagnostic, sanitize};
use crate::grammar::Kind;
use crate::path::Path;

impl Normalizer<'_> {
    /// Repairs one part, its keywords being of the right types.
    pub(super) fn part(&mut self, members: &mut Map<String, Value>, kind: Kind, path: &Path<'_>) {
        let lost = members.is_empty() && self.lost.contains(&path.pointer());
        if lost || (members.contains_key("$ref") && kind.is_referable()) {
            return;
        }
        if matches!(kind, Kind::Root | Kind::Operation) {
            self.scopes(members, path);
        }
        match kind {
            Kind::Root => self.root(members, path),
            Kind::Info => self.need(members, path, &["title", "version"]),
            Kind::License => self.need(members, path, &["name"]),
            Kind::Server => self.need(members, path, &["url"]),
            Kind::ServerVariable => self.need(members, path, &["default"]),
            Kind::Tag => self.need(members, path, &["name"]),
            Kind::Operation if !self.modern && !members.contains_key("responses") => {
                self.recoverable(
                    path,
                    "`responses` is missing",
                    "the answer is taken as empty",
                );
            }
            Kind::Parameter => self.parameter(members, path),
            Kind::Header => self.value(members, path),
            Kind::RequestBody => self.request_body(members, path),
            Kind::Responses => self.statuses(members, path),
            Kind::Response
                if !members.contains_key("description") && !members.contains_key("summary") =>
            {
                let message = "`description` is missing in this response";
                let warning = Diagnostic::warning(path.origin(), message);
                let help = "write what it means, or an empty text";
                self.diagnostics.push(warning.help(help));
            }
            Kind::SecurityScheme => self.security_scheme(members, path),
            Kind::OAuthFlow if !members.contains_key("scopes") => {
                self.recoverable(path, "`scopes` is missing", "it is taken as empty");
                members.insert("scopes".to_owned(), json!({}));
            }
            _ => {}
        }
    }

    fn root(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if !members.contains_key("info") {
            self.diagnostics.recoverable(
                Diagnostic::error(path.origin(), "`info` is missing")
                    .help("it needs a `title` and a `version`")
                    .repair("the API is called `API`, without a version"),
            );
            members.insert("info".to_owned(), json!({"title": "API", "version": ""}));
        }
        let other = ["webhooks", "x-webhooks", "components"];
        let excused = self.modern && other.iter().any(|key| members.contains_key(*key));
        if !members.contains_key("paths") && !excused {
            self.diagnostics.recoverable(
                Diagnostic::error(path.origin(), "`paths` is missing")
                    .help("a document without operations says `paths: {}`")
                    .repair("there are no operations"),
            );
        }
        let mut names = HashSet::new();
        // Tags as bare names.
        let tags = members.get_mut("tags").and_then(Value::as_array_mut);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            if let Value::String(name) = tag {
                *tag = json!({"name": name});
                let list = Path::Key(path, "tags");
                let place = Path::Index(&list, index);
                self.recoverable(
                    &place,
                    "a tag must be an object",
                    "it is read as the tag's name",
                );
            }
            let name = tag.get("name").and_then(Value::as_str);
            if let Some(name) = name.filter(|name| !names.insert((*name).to_owned())) {
                let message = format!("the tag `{}` stands twice", sanitize(name));
                let list = Path::Key(path, "tags");
                let place = Path::Index(&list, index);
                self.recoverable(&place, message, "the first one counts");
            }
        }
    }

    /// A breach for which something is left out that the caller would look for.
    fn left_out(&mut self, path: &Path<'_>, message: String, kind: &str, name: &str) {
        let what = match name {
            "" => format!("a {kind}"),
            name => format!("the {kind} `{}`", sanitize(name)),
        };
        self.diagnostics.recoverable(
            Diagnostic::error(path.origin(), message)
                .repair(format!("the {kind} is left out"))
                .omits(what),
        );
    }

    /// Text that must be there.
    pub(super) fn need(
        &mut self,
        members: &mut Map<String, Value>,
        path: &Path<'_>,
        keys: &[&str],
    ) {
        for key in keys.iter().copied() {
            if !members.contains_key(key) {
                self.recoverable(
                    path,
                    format!("`{key}` is missing"),
                    "it is taken as an empty text",
                );
                members.insert(key.to_owned(), Value::String(String::new()));
            }
        }
    }

    fn parameter(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        for key in ["name", "in"] {
            if !members.contains_key(key) {
                let message = format!("`{key}` is missing in this parameter");
                let what = members.get("name").and_then(Value::as_str);
                self.left_out(path, message, "parameter", what.unwrap_or_default());
                return;
            }
        }
        let text = |members: &Map<String, Value>, key: &str| {
            members
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let name = text(members, "name");
        let location = text(members, "in");
        let styles: &[&str] = match location.as_str() {
            "path" => &["matrix", "label", "simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" => &["form", "cookie"],
            "querystring" => &[],
            _ => {
                let place = Path::Key(path, "in");
                let message = format!("a parameter cannot be in `{}`", sanitize(&location));
                self.diagnostics.recoverable(
                    Diagnostic::error(place.origin(), message)
                        .help("it is in `path`, `query`, `header` or `cookie`")
                        .repair("the parameter is left out")
                        .omits(format!("the parameter `{}`", sanitize(&name))),
                );
                return;
            }
        };
        if location == "path" && members.get("required") != Some(&Value::Bool(true)) {
            let message = format!("the path parameter `{}` must be required", sanitize(&name));
            self.diagnostics.recoverable(
                Diagnostic::error(path.origin(), message)
                    .help("write `required: true`")
                    .repair("it is required"),
            );
            members.insert("required".to_owned(), Value::Bool(true));
        }
        let style = text(members, "style");
        if members.contains_key("style") && !styles.contains(&style.as_str()) {
            let message = format!(
                "a parameter in `{location}` cannot have the style `{}`",
                sanitize(&style)
            );
            self.diagnostics.recoverable(
                Diagnostic::error(Path::Key(path, "style").origin(), message)
                    .help(format!("it can have {}", styles.join(", ")))
                    .repair("the usual style is taken")
                    .omits(format!("the style `{}`", sanitize(&style))),
            );
            members.shift_remove("style");
        }
        self.value(members, path);
    }

    /// A body that nothing is said of cannot be sent.
    fn request_body(&mut self, members: &Map<String, Value>, path: &Path<'_>) {
        let content = members.get("content").and_then(Value::as_object);
        let message = match content {
            None => "`content` is missing in this request body",
            Some(content) if content.is_empty() => "`content` must have at least one entry",
            Some(_) => return,
        };
        self.loss(path, message, "no body is sent", "the request body");
    }

    /// `schema` or `content` of a parameter or header; keywords of a schema beside it are how
    /// Swagger 2.0 wrote it.
    fn value(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        const LOOSE: [&str; 6] = ["type", "format", "enum", "items", "default", "pattern"];
        if members.contains_key("schema") {
            if members.contains_key("content") {
                let message = "`schema` and `content` cannot stand together";
                let place = Path::Key(path, "content");
                self.loss(&place, message, "`schema` counts", "the `content`");
                members.shift_remove("content");
            }
            return;
        }
        if let Some(content) = members.get("content").and_then(Value::as_object) {
            if content.len() != 1 {
                let message = "`content` of a parameter must have exactly one entry";
                let place = Path::Key(path, "content");
                match content.keys().nth(1).map(|other| sanitize(other)) {
                    None => self.recoverable(&place, message, "any value is taken"),
                    Some(other) => self.loss(
                        &place,
                        message,
                        "the first one counts",
                        format!("the parameter as `{other}`"),
                    ),
                }
            }
            if !content.is_empty() {
                return;
            }
        }
        let mut schema = Map::new();
        for key in LOOSE {
            if let Some(value) = members.shift_remove(key) {
                schema.insert(key.to_owned(), value);
            }
        }
        let help = match schema.is_empty() {
            true => "it is taken as a schema for any value",
            false => "keywords such as `type` belong into `schema`; they are read from here",
        };
        self.recoverable(path, "`schema` is missing", help);
        members.insert("schema".to_owned(), Value::Object(schema));
    }

    fn statuses(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if members.keys().all(|key| key.starts_with("x-")) {
            let message = "`responses` must have at least one response";
            self.recoverable(path, message, "the answer is taken as empty");
        }
        members.retain(|key, _| {
            if key == "default" || key.starts_with("x-") || is_status(key) {
                return true;
            }
            let message = format!("`{}` is not a status", sanitize(key));
            self.diagnostics.recoverable(
                Diagnostic::error(Path::Key(path, key).origin(), message)
                    .help("it is such as `200`, `4XX` or `default`")
                    .repair("the response is left out")
                    .omits(format!("the response `{}`", sanitize(key))),
            );
            false
        });
    }
}

/// `200` or `4XX`.
fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    let range = matches!(bytes, [b'1'..=b'5', b'x' | b'X', b'x' | b'X']);
    let code = bytes.len() == 3 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] != b'0';
    range || code
}
