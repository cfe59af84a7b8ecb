//! Parameters, responses and the other parts that are not schemas.

use serde_json::{Map, Value, json};

use super::Normaliser;
use crate::diagnostics::{Diagnostic, plain};
use crate::spec::grammar::Kind;
use crate::spec::path::Path;

impl Normaliser<'_> {
    /// Repairs one part, its keywords being of the right types.
    pub(super) fn part(&mut self, members: &mut Map<String, Value>, kind: Kind, path: &Path<'_>) {
        if members.contains_key("$ref") && kind.is_referable() {
            return;
        }
        match kind {
            Kind::Root => self.root(members, path),
            Kind::Info => self.need(members, path, &["title", "version"]),
            Kind::License => self.need(members, path, &["name"]),
            Kind::Server => self.need(members, path, &["url"]),
            Kind::ServerVariable => self.need(members, path, &["default"]),
            Kind::Tag => self.need(members, path, &["name"]),
            Kind::Operation if !self.modern && !members.contains_key("responses") => {
                self.lapse(
                    path,
                    "`responses` is missing",
                    "the answer is taken as empty",
                );
            }
            Kind::Parameter => self.parameter(members, path),
            Kind::Header => self.value(members, path),
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
                self.lapse(path, "`scopes` is missing", "it is taken as empty");
                members.insert("scopes".to_owned(), json!({}));
            }
            _ => {}
        }
    }

    fn root(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        if !members.contains_key("info") {
            self.lapse(
                path,
                "`info` is missing",
                "it needs a `title` and a `version`",
            );
            members.insert("info".to_owned(), json!({"title": "API", "version": ""}));
        }
        let other = ["webhooks", "x-webhooks", "components"];
        let excused = self.modern && other.iter().any(|key| members.contains_key(*key));
        if !members.contains_key("paths") && !excused {
            self.lapse(
                path,
                "`paths` is missing",
                "a document without operations says `paths: {}`",
            );
        }
        // Tags as bare names.
        let tags = members.get_mut("tags").and_then(Value::as_array_mut);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            if let Value::String(name) = tag {
                *tag = json!({"name": name});
                let list = Path::Key(path, "tags");
                let place = Path::Index(&list, index);
                self.lapse(
                    &place,
                    "a tag must be an object",
                    "it is read as the tag's name",
                );
            }
        }
    }

    /// Text that must be there.
    fn need(&mut self, members: &mut Map<String, Value>, path: &Path<'_>, keys: &[&str]) {
        for key in keys.iter().copied() {
            if !members.contains_key(key) {
                self.lapse(
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
                self.lapse(path, message, "the parameter is left out");
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
                let message = format!("a parameter cannot be in `{}`", plain(&location));
                let help = "it is `path`, `query`, `header` or `cookie`; the parameter is left out";
                self.lapse(&place, message, help);
                return;
            }
        };
        if location == "path" && members.get("required") != Some(&Value::Bool(true)) {
            let message = format!("the path parameter `{}` must be required", plain(&name));
            self.lapse(path, message, "write `required: true`");
            members.insert("required".to_owned(), Value::Bool(true));
        }
        let style = text(members, "style");
        if members.contains_key("style") && !styles.contains(&style.as_str()) {
            let message = format!(
                "a parameter in `{location}` cannot have the style `{}`",
                plain(&style)
            );
            let help = format!("it can have {}; the style is ignored", styles.join(", "));
            self.lapse(&Path::Key(path, "style"), message, &help);
            members.shift_remove("style");
        }
        self.value(members, path);
    }

    /// `schema` or `content` of a parameter or header; keywords of a schema beside it are how
    /// Swagger 2.0 wrote it.
    fn value(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        const LOOSE: [&str; 6] = ["type", "format", "enum", "items", "default", "pattern"];
        if members.contains_key("schema") {
            return;
        }
        if let Some(content) = members.get("content").and_then(Value::as_object) {
            if content.len() != 1 {
                let message = "`content` of a parameter must have exactly one entry";
                self.lapse(&Path::Key(path, "content"), message, "the first one counts");
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
        self.lapse(path, "`schema` is missing", help);
        members.insert("schema".to_owned(), Value::Object(schema));
    }

    fn statuses(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let mut gone = Vec::new();
        for key in members.keys() {
            if !(key == "default" || key.starts_with("x-") || is_status(key)) {
                gone.push(key.clone());
            }
        }
        for key in gone {
            let message = format!("`{}` is not a status", plain(&key));
            let help = "it is such as `200`, `4XX` or `default`; the response is left out";
            self.lapse(&Path::Key(path, &key), message, help);
            members.shift_remove(&key);
        }
    }

    fn security_scheme(&mut self, members: &mut Map<String, Value>, path: &Path<'_>) {
        let needed: &[&str] = match members.get("type").and_then(Value::as_str) {
            Some("apiKey") => &["name", "in"],
            Some("http") => &["scheme"],
            Some("openIdConnect") => &["openIdConnectUrl"],
            Some("oauth2") => {
                self.flows(members, path);
                &["flows"]
            }
            _ => &[],
        };
        for key in needed.iter().copied() {
            if !members.contains_key(key) {
                let message = format!("`{key}` is missing in this security scheme");
                self.lapse(path, message, "the scheme is left out");
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

/// `200` or `4XX`.
fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    let range = matches!(bytes, [b'1'..=b'5', b'x' | b'X', b'x' | b'X']);
    let code = bytes.len() == 3 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] != b'0';
    range || code
}
