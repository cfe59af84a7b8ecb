//! The type of each keyword's value, and the repair of one that has another.

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::Normalizer;
use crate::diagnostics::{ErrorKind, sanitize};
use crate::grammar::ObjectKind;
use crate::path::Path;

/// The type of a keyword's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Text,
    Flag,
    Number,
    /// An integer from 0.
    Count,
    Object,
    List,
    /// An array of text.
    Names,
    /// An object or a flag: `additionalProperties`.
    Schema,
    /// A flag, or the number that newer drafts have: `exclusiveMinimum`.
    Bound,
}

impl Expect {
    fn title(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Flag => "`true` or `false`",
            Self::Number => "a number",
            Self::Count => "an integer from 0",
            Self::Object => "an object",
            Self::List => "an array",
            Self::Names => "an array of text",
            Self::Schema => "a schema",
            Self::Bound => "`true`, `false` or a number",
        }
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_u64(),
            Self::Object => value.is_object(),
            Self::List => value.is_array(),
            Self::Names => value
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_string)),
            Self::Schema => value.is_object() || value.is_boolean(),
            Self::Bound => value.is_boolean() || value.is_number(),
        }
    }

    /// A value of another type as one of this type, where it has one meaning.
    fn repaired(self, value: &Value) -> Option<Value> {
        match (self, value) {
            (Self::Text, Value::Number(number)) => Some(Value::String(number.to_string())),
            (Self::Text, Value::Bool(flag)) => Some(Value::String(flag.to_string())),
            (Self::Flag, Value::String(text)) => {
                text.to_ascii_lowercase().parse().ok().map(Value::Bool)
            }
            (Self::Number | Self::Bound, Value::String(text)) => {
                serde_json::from_str::<Number>(text.trim())
                    .ok()
                    .map(Value::Number)
            }
            (Self::Count, Value::Number(number)) => whole(number.as_f64()?),
            (Self::Count, Value::String(text)) => {
                text.trim().parse::<u64>().ok().map(|count| count.into())
            }
            (Self::Names, Value::String(text)) => Some(Value::Array(vec![text.as_str().into()])),
            (Self::Names, Value::Array(all)) => Some(Value::Array(
                all.iter().filter_map(|one| Self::Text.text(one)).collect(),
            )),
            _ => None,
        }
    }

    fn text(self, value: &Value) -> Option<Value> {
        if self.accepts(value) {
            Some(value.clone())
        } else {
            self.repaired(value)
        }
    }
}

/// A number without a fraction that a `u64` holds.
fn whole(number: f64) -> Option<Value> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && (0.0..=MOST).contains(&number)).then(|| (number as u64).into())
}

/// The type that the standard gives a keyword.
fn expect(kind: ObjectKind, key: &str) -> Option<Expect> {
    use ObjectKind as Kind;

    use Expect::{Bound, Count, Flag, List, Names, Number, Object, Schema, Text};
    let expect = match (kind, key) {
        (Kind::Root, "paths" | "webhooks" | "components" | "info") => Object,
        (Kind::Root, "servers" | "tags" | "security") => List,

        (Kind::Info, "title" | "version" | "description" | "termsOfService") => Text,
        (Kind::Info, "contact" | "license") => Object,
        (Kind::Contact | Kind::License, "name" | "url" | "email") => Text,
        (Kind::Server, "url" | "description") => Text,
        (Kind::Server, "variables") => Object,
        (Kind::ServerVariable, "default" | "description") => Text,
        (Kind::ServerVariable, "enum") => Names,
        (Kind::Tag, "name" | "description") => Text,
        (Kind::Tag, "externalDocs") => Object,
        (Kind::ExternalDocs, "url" | "description") => Text,

        (Kind::PathItem, "parameters" | "servers") => List,
        (Kind::PathItem, "summary" | "description" | "$ref") => Text,
        (Kind::PathItem, key) if kind.child(key) == Kind::Operation => Object,

        (Kind::Operation, "operationId" | "summary" | "description") => Text,
        (Kind::Operation, "tags") => Names,
        (Kind::Operation, "parameters" | "servers" | "security") => List,
        (Kind::Operation, "requestBody" | "responses" | "callbacks") => Object,
        (Kind::Operation, "deprecated") => Flag,

        (Kind::Parameter, "name" | "in") => Text,
        (Kind::Parameter | Kind::Header, "description" | "style") => Text,
        (
            Kind::Parameter | Kind::Header,
            "required" | "deprecated" | "explode" | "allowReserved" | "allowEmptyValue",
        ) => Flag,
        (Kind::Parameter | Kind::Header | Kind::MediaType, "schema") => Schema,
        (Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response, "content") => Object,
        (Kind::RequestBody, "required") => Flag,
        (Kind::RequestBody | Kind::Response, "description") => Text,
        (Kind::Response, "headers" | "links") => Object,
        (Kind::MediaType, "encoding") => Object,
        (Kind::Encoding, "contentType" | "style") => Text,
        (Kind::Encoding, "explode" | "allowReserved") => Flag,
        (Kind::Encoding, "headers") => Object,

        (Kind::SecurityScheme, "type" | "name" | "in" | "scheme" | "bearerFormat") => Text,
        (Kind::SecurityScheme, "description" | "openIdConnectUrl") => Text,
        (Kind::SecurityScheme, "flows") => Object,
        (Kind::OAuthFlow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => Text,
        (Kind::OAuthFlow, "scopes") => Object,

        (
            Kind::Schema,
            "title" | "description" | "format" | "pattern" | "contentEncoding" | "contentMediaType"
            | "$anchor" | "$dynamicAnchor" | "$id",
        ) => Text,
        (Kind::Schema, "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems") => {
            Flag
        }
        (Kind::Schema, "multipleOf" | "minimum" | "maximum") => Number,
        (Kind::Schema, "exclusiveMinimum" | "exclusiveMaximum") => Bound,
        (
            Kind::Schema,
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties",
        ) => Count,
        (Kind::Schema, "required") => Names,
        (Kind::Schema, "enum") => List,
        (Kind::Schema, "discriminator") => Object,
        (Kind::Schema, key) => match kind.child(key) {
            Kind::SchemaMap => Object,
            Kind::SchemaList => List,
            Kind::Schema => Schema,
            _ => return None,
        },
        (Kind::Discriminator, "propertyName") => Text,
        (Kind::Discriminator, "mapping") => Object,
        _ => return None,
    };
    Some(expect)
}

impl Normalizer<'_> {
    /// Checks the type of every keyword's value; one that has another type is converted or
    /// removed.
    pub(super) fn keywords(
        &mut self,
        members: &mut Map<String, Value>,
        kind: ObjectKind,
        path: &Path<'_>,
    ) {
        let mut removed = HashSet::new();
        for (key, value) in members.iter_mut() {
            let Some(expect) = expect(kind, key) else {
                continue;
            };
            if expect.accepts(value) {
                continue;
            }
            // `description:` without a value is null in YAML.
            if value.is_null() && expect == Expect::Text {
                removed.insert(key.clone());
                continue;
            }
            let location = Path::Key(path, key);
            let message = format!("`{key}` must be {}", expect.title());
            match expect.repaired(value) {
                Some(repaired) => {
                    let repair = format!("using `{}`", sanitize(&repaired.to_string()));
                    self.report(ErrorKind::ConvertedKeyword, &location, message, repair);
                    *value = repaired;
                }
                // What older drafts write beside `properties` is a property's own.
                None if expect == Expect::Names && value.is_boolean() => {
                    self.report(
                        ErrorKind::BooleanRequired,
                        &location,
                        message,
                        "ignoring it",
                    );
                    removed.insert(key.clone());
                }
                None => {
                    let omitted = format!("`{}`", sanitize(key));
                    let repair = "ignoring it";
                    self.omission(ErrorKind::KeywordType, &location, message, repair, omitted);
                    removed.insert(key.clone());
                }
            }
        }
        if !removed.is_empty() {
            members.retain(|key, _| !removed.contains(key));
        }
    }
}
