//! The kind of object that the standard has at each location. Every walk over a document follows
//! this table, which distinguishes a schema from an example that looks like one, and the keyword
//! `description` from a property of that name.

use serde_json::Value;

use crate::path::Path;
use crate::pointer::tokens;

/// The kind of object at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectKind {
    Root,
    Info,
    Contact,
    License,
    Servers,
    Server,
    ServerVariables,
    ServerVariable,
    Security,
    Components,
    Paths,
    PathItems,
    PathItem,
    Operation,
    AdditionalOperations,
    Parameters,
    ParameterMap,
    Parameter,
    RequestBodyMap,
    RequestBody,
    Content,
    MediaType,
    Encodings,
    Encoding,
    Responses,
    ResponseMap,
    Response,
    Headers,
    Header,
    Callbacks,
    Callback,
    Examples,
    Example,
    Links,
    Link,
    Schema,
    SchemaMap,
    SchemaList,
    Discriminator,
    Xml,
    SecuritySchemes,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Tags,
    Tag,
    ExternalDocs,
    /// Any value: examples, defaults, enums, extensions, keywords that are not objects.
    Data,
}

/// `webhooks` of 3.1 in a 3.0 document.
pub const X_WEBHOOKS: &str = "x-webhooks";

/// The methods that are fields of a path item.
pub const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl ObjectKind {
    /// The kind of a member of this object.
    pub fn child(self, key: &str) -> ObjectKind {
        match self {
            ObjectKind::Root => match key {
                "info" => ObjectKind::Info,
                "servers" => ObjectKind::Servers,
                "paths" => ObjectKind::Paths,
                "webhooks" | X_WEBHOOKS => ObjectKind::PathItems,
                "components" => ObjectKind::Components,
                "security" => ObjectKind::Security,
                "tags" => ObjectKind::Tags,
                "externalDocs" => ObjectKind::ExternalDocs,
                "$defs" | "definitions" => ObjectKind::SchemaMap,
                _ => ObjectKind::Data,
            },
            ObjectKind::Info => match key {
                "contact" => ObjectKind::Contact,
                "license" => ObjectKind::License,
                _ => ObjectKind::Data,
            },
            ObjectKind::Components => match key {
                "schemas" => ObjectKind::SchemaMap,
                "responses" => ObjectKind::ResponseMap,
                "parameters" => ObjectKind::ParameterMap,
                "examples" => ObjectKind::Examples,
                "requestBodies" => ObjectKind::RequestBodyMap,
                "headers" => ObjectKind::Headers,
                "securitySchemes" => ObjectKind::SecuritySchemes,
                "links" => ObjectKind::Links,
                "callbacks" => ObjectKind::Callbacks,
                "pathItems" => ObjectKind::PathItems,
                "mediaTypes" => ObjectKind::Content,
                _ => ObjectKind::Data,
            },
            ObjectKind::Paths if key.starts_with("x-") => ObjectKind::Data,
            ObjectKind::Paths | ObjectKind::PathItems => ObjectKind::PathItem,
            ObjectKind::PathItem => match key {
                "servers" => ObjectKind::Servers,
                "parameters" => ObjectKind::Parameters,
                "additionalOperations" => ObjectKind::AdditionalOperations,
                key if METHODS.contains(&key) => ObjectKind::Operation,
                _ => ObjectKind::Data,
            },
            ObjectKind::AdditionalOperations => ObjectKind::Operation,
            ObjectKind::Operation => match key {
                "parameters" => ObjectKind::Parameters,
                "requestBody" => ObjectKind::RequestBody,
                "responses" => ObjectKind::Responses,
                "callbacks" => ObjectKind::Callbacks,
                "servers" => ObjectKind::Servers,
                "security" => ObjectKind::Security,
                "externalDocs" => ObjectKind::ExternalDocs,
                _ => ObjectKind::Data,
            },
            ObjectKind::Parameter | ObjectKind::Header => match key {
                "schema" => ObjectKind::Schema,
                "content" => ObjectKind::Content,
                "examples" => ObjectKind::Examples,
                _ => ObjectKind::Data,
            },
            ObjectKind::RequestBody => match key {
                "content" => ObjectKind::Content,
                _ => ObjectKind::Data,
            },
            ObjectKind::MediaType => match key {
                "schema" | "itemSchema" => ObjectKind::Schema,
                "examples" => ObjectKind::Examples,
                "encoding" | "prefixEncoding" => ObjectKind::Encodings,
                "itemEncoding" => ObjectKind::Encoding,
                _ => ObjectKind::Data,
            },
            ObjectKind::Encoding => match key {
                "headers" => ObjectKind::Headers,
                "encoding" | "prefixEncoding" => ObjectKind::Encodings,
                "itemEncoding" => ObjectKind::Encoding,
                _ => ObjectKind::Data,
            },
            ObjectKind::Responses if key.starts_with("x-") => ObjectKind::Data,
            ObjectKind::Responses => ObjectKind::Response,
            ObjectKind::Response => match key {
                "headers" => ObjectKind::Headers,
                "content" => ObjectKind::Content,
                "links" => ObjectKind::Links,
                _ => ObjectKind::Data,
            },
            ObjectKind::Callback if key.starts_with("x-") || key == "$ref" => ObjectKind::Data,
            ObjectKind::Callback => ObjectKind::PathItem,
            ObjectKind::Link => match key {
                "server" => ObjectKind::Server,
                _ => ObjectKind::Data,
            },
            ObjectKind::Schema => match key {
                "properties" | "patternProperties" | "$defs" | "definitions"
                | "dependentSchemas" => ObjectKind::SchemaMap,
                "items"
                | "additionalProperties"
                | "not"
                | "contains"
                | "propertyNames"
                | "if"
                | "then"
                | "else"
                | "unevaluatedItems"
                | "unevaluatedProperties"
                | "additionalItems"
                | "contentSchema" => ObjectKind::Schema,
                "allOf" | "oneOf" | "anyOf" | "prefixItems" => ObjectKind::SchemaList,
                "discriminator" => ObjectKind::Discriminator,
                "xml" => ObjectKind::Xml,
                "externalDocs" => ObjectKind::ExternalDocs,
                _ => ObjectKind::Data,
            },
            ObjectKind::SecurityScheme => match key {
                "flows" => ObjectKind::OAuthFlows,
                _ => ObjectKind::Data,
            },
            ObjectKind::OAuthFlows => ObjectKind::OAuthFlow,
            ObjectKind::Server => match key {
                "variables" => ObjectKind::ServerVariables,
                _ => ObjectKind::Data,
            },
            ObjectKind::Tag => match key {
                "externalDocs" => ObjectKind::ExternalDocs,
                _ => ObjectKind::Data,
            },
            ObjectKind::Servers
            | ObjectKind::ServerVariables
            | ObjectKind::Parameters
            | ObjectKind::ParameterMap
            | ObjectKind::RequestBodyMap
            | ObjectKind::Content
            | ObjectKind::Encodings
            | ObjectKind::ResponseMap
            | ObjectKind::Headers
            | ObjectKind::Callbacks
            | ObjectKind::Examples
            | ObjectKind::Links
            | ObjectKind::SchemaMap
            | ObjectKind::SchemaList
            | ObjectKind::SecuritySchemes
            | ObjectKind::Tags => self.entry(),
            _ => ObjectKind::Data,
        }
    }

    /// The kind of each entry of a map or list.
    pub fn entry(self) -> ObjectKind {
        match self {
            ObjectKind::Servers => ObjectKind::Server,
            ObjectKind::ServerVariables => ObjectKind::ServerVariable,
            ObjectKind::Parameters | ObjectKind::ParameterMap => ObjectKind::Parameter,
            ObjectKind::RequestBodyMap => ObjectKind::RequestBody,
            ObjectKind::Content => ObjectKind::MediaType,
            ObjectKind::Encodings => ObjectKind::Encoding,
            ObjectKind::ResponseMap => ObjectKind::Response,
            ObjectKind::Headers => ObjectKind::Header,
            ObjectKind::Callbacks => ObjectKind::Callback,
            ObjectKind::Examples => ObjectKind::Example,
            ObjectKind::Links => ObjectKind::Link,
            ObjectKind::SchemaMap | ObjectKind::SchemaList => ObjectKind::Schema,
            // `items` with a list of schemas, as in older drafts.
            ObjectKind::Schema => ObjectKind::Schema,
            ObjectKind::SecuritySchemes => ObjectKind::SecurityScheme,
            ObjectKind::Tags => ObjectKind::Tag,
            _ => ObjectKind::Data,
        }
    }

    /// Whether the standard allows a `$ref` in place of this object.
    pub fn is_referable(self) -> bool {
        self.section().is_some() || matches!(self, ObjectKind::MediaType)
    }

    /// The section of `components` for objects of this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            ObjectKind::Schema => "schemas",
            ObjectKind::Response => "responses",
            ObjectKind::Parameter => "parameters",
            ObjectKind::Example => "examples",
            ObjectKind::RequestBody => "requestBodies",
            ObjectKind::Header => "headers",
            ObjectKind::SecurityScheme => "securitySchemes",
            ObjectKind::Link => "links",
            ObjectKind::Callback => "callbacks",
            ObjectKind::PathItem => "pathItems",
            _ => return None,
        })
    }

    /// Its name in diagnostics.
    pub(crate) fn title(self) -> &'static str {
        match self {
            ObjectKind::Schema => "schema",
            ObjectKind::Response => "response",
            ObjectKind::Parameter => "parameter",
            ObjectKind::Example => "example",
            ObjectKind::RequestBody => "request body",
            ObjectKind::Header => "header",
            ObjectKind::SecurityScheme => "security scheme",
            ObjectKind::Link => "link",
            ObjectKind::Callback => "callback",
            ObjectKind::PathItem => "path item",
            ObjectKind::MediaType => "media type",
            ObjectKind::Operation => "operation",
            _ => "object",
        }
    }

    /// The kind of object at a JSON pointer into a document; `Data` where the standard has none.
    pub fn at(pointer: &str) -> ObjectKind {
        ObjectKind::Root.below(pointer)
    }

    /// The kind of object at a JSON pointer into an object of this kind.
    pub(crate) fn below(self, pointer: &str) -> ObjectKind {
        tokens(pointer).fold(self, |kind, token| kind.child(&token))
    }
}

/// Calls `visit` for every object whose kind the standard has, parents first.
pub fn walk<'v>(
    value: &'v Value,
    kind: ObjectKind,
    path: Path<'_>,
    visit: &mut dyn FnMut(&'v Value, ObjectKind, &Path<'_>),
) {
    visit(value, kind, &path);
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let child = kind.child(key);
                if child != ObjectKind::Data {
                    walk(member, child, Path::Key(&path, key), visit);
                }
            }
        }
        Value::Array(elements) => {
            let child = kind.entry();
            if child != ObjectKind::Data {
                for (index, element) in elements.iter().enumerate() {
                    walk(element, child, Path::Index(&path, index), visit);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectKind;

    #[test]
    fn locations_have_kinds() {
        assert_eq!(ObjectKind::at(""), ObjectKind::Root);
        assert_eq!(
            ObjectKind::at("/components/schemas/properties"),
            ObjectKind::Schema
        );
        assert_eq!(
            ObjectKind::at("/components/schemas/A/properties/description"),
            ObjectKind::Schema
        );
        assert_eq!(
            ObjectKind::at("/components/schemas/A/description"),
            ObjectKind::Data
        );
        assert_eq!(
            ObjectKind::at("/components/schemas/A/allOf/0/items"),
            ObjectKind::Schema
        );
        assert_eq!(
            ObjectKind::at("/components/schemas/A/example/properties"),
            ObjectKind::Data
        );
        assert_eq!(
            ObjectKind::at("/paths/~1a/get/responses/200/content/a~1b/schema"),
            ObjectKind::Schema
        );
        assert_eq!(
            ObjectKind::at("/paths/~1a/parameters/0"),
            ObjectKind::Parameter
        );
    }
}
