//! Which object of the standard stands where. Every walk over a document goes by this table, so
//! that a schema is told from an example that looks like one, and `description` the keyword from
//! a property of that name.

use serde_json::Value;

use super::path::{Path, tokens};

/// What a value is by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
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
    ExtraOperations,
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
    /// Schemas, or lists of names: the old `dependencies`.
    Discriminator,
    Xml,
    SecuritySchemes,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Tags,
    Tag,
    ExternalDocs,
    /// Anything: examples, defaults, enums, extensions, plain keywords.
    Data,
}

/// The methods that are fields of a path item.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Kind {
    /// What a member of this object is.
    pub fn child(self, key: &str) -> Kind {
        match self {
            Kind::Root => match key {
                "info" => Kind::Info,
                "servers" => Kind::Servers,
                "paths" => Kind::Paths,
                "webhooks" | "x-webhooks" => Kind::PathItems,
                "components" => Kind::Components,
                "security" => Kind::Security,
                "tags" => Kind::Tags,
                "externalDocs" => Kind::ExternalDocs,
                "$defs" | "definitions" => Kind::SchemaMap,
                _ => Kind::Data,
            },
            Kind::Info => match key {
                "contact" => Kind::Contact,
                "license" => Kind::License,
                _ => Kind::Data,
            },
            Kind::Components => match key {
                "schemas" => Kind::SchemaMap,
                "responses" => Kind::ResponseMap,
                "parameters" => Kind::ParameterMap,
                "examples" => Kind::Examples,
                "requestBodies" => Kind::RequestBodyMap,
                "headers" => Kind::Headers,
                "securitySchemes" => Kind::SecuritySchemes,
                "links" => Kind::Links,
                "callbacks" => Kind::Callbacks,
                "pathItems" => Kind::PathItems,
                "mediaTypes" => Kind::Content,
                _ => Kind::Data,
            },
            Kind::Paths if key.starts_with("x-") => Kind::Data,
            Kind::Paths | Kind::PathItems => Kind::PathItem,
            Kind::PathItem => match key {
                "servers" => Kind::Servers,
                "parameters" => Kind::Parameters,
                "additionalOperations" => Kind::ExtraOperations,
                "query" => Kind::Operation,
                key if METHODS.contains(&key) => Kind::Operation,
                _ => Kind::Data,
            },
            Kind::ExtraOperations => Kind::Operation,
            Kind::Operation => match key {
                "parameters" => Kind::Parameters,
                "requestBody" => Kind::RequestBody,
                "responses" => Kind::Responses,
                "callbacks" => Kind::Callbacks,
                "servers" => Kind::Servers,
                "security" => Kind::Security,
                "externalDocs" => Kind::ExternalDocs,
                _ => Kind::Data,
            },
            Kind::Parameter | Kind::Header => match key {
                "schema" => Kind::Schema,
                "content" => Kind::Content,
                "examples" => Kind::Examples,
                _ => Kind::Data,
            },
            Kind::RequestBody => match key {
                "content" => Kind::Content,
                _ => Kind::Data,
            },
            Kind::MediaType => match key {
                "schema" | "itemSchema" => Kind::Schema,
                "examples" => Kind::Examples,
                "encoding" => Kind::Encodings,
                "itemEncoding" => Kind::Encoding,
                _ => Kind::Data,
            },
            Kind::Encoding => match key {
                "headers" => Kind::Headers,
                "encoding" => Kind::Encodings,
                _ => Kind::Data,
            },
            Kind::Responses if key.starts_with("x-") => Kind::Data,
            Kind::Responses => Kind::Response,
            Kind::Response => match key {
                "headers" => Kind::Headers,
                "content" => Kind::Content,
                "links" => Kind::Links,
                _ => Kind::Data,
            },
            Kind::Callback if key.starts_with("x-") || key == "$ref" => Kind::Data,
            Kind::Callback => Kind::PathItem,
            Kind::Link => match key {
                "server" => Kind::Server,
                _ => Kind::Data,
            },
            Kind::Schema => match key {
                "properties" | "patternProperties" | "$defs" | "definitions"
                | "dependentSchemas" => Kind::SchemaMap,
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
                | "contentSchema" => Kind::Schema,
                "allOf" | "oneOf" | "anyOf" | "prefixItems" => Kind::SchemaList,
                "discriminator" => Kind::Discriminator,
                "xml" => Kind::Xml,
                "externalDocs" => Kind::ExternalDocs,
                _ => Kind::Data,
            },
            Kind::SecurityScheme => match key {
                "flows" => Kind::OAuthFlows,
                _ => Kind::Data,
            },
            Kind::OAuthFlows => Kind::OAuthFlow,
            Kind::Server => match key {
                "variables" => Kind::ServerVariables,
                _ => Kind::Data,
            },
            Kind::Tag => match key {
                "externalDocs" => Kind::ExternalDocs,
                _ => Kind::Data,
            },
            Kind::Servers
            | Kind::ServerVariables
            | Kind::Parameters
            | Kind::ParameterMap
            | Kind::RequestBodyMap
            | Kind::Content
            | Kind::Encodings
            | Kind::ResponseMap
            | Kind::Headers
            | Kind::Callbacks
            | Kind::Examples
            | Kind::Links
            | Kind::SchemaMap
            | Kind::SchemaList
            | Kind::SecuritySchemes
            | Kind::Tags => self.entry(),
            _ => Kind::Data,
        }
    }

    /// What each entry of a map or list is.
    pub fn entry(self) -> Kind {
        match self {
            Kind::Servers => Kind::Server,
            Kind::ServerVariables => Kind::ServerVariable,
            Kind::Parameters | Kind::ParameterMap => Kind::Parameter,
            Kind::RequestBodyMap => Kind::RequestBody,
            Kind::Content => Kind::MediaType,
            Kind::Encodings => Kind::Encoding,
            Kind::ResponseMap => Kind::Response,
            Kind::Headers => Kind::Header,
            Kind::Callbacks => Kind::Callback,
            Kind::Examples => Kind::Example,
            Kind::Links => Kind::Link,
            Kind::SchemaMap | Kind::SchemaList => Kind::Schema,
            // A list of schemas under `items`, as older drafts have it.
            Kind::Schema => Kind::Schema,
            Kind::SecuritySchemes => Kind::SecurityScheme,
            Kind::Tags => Kind::Tag,
            _ => Kind::Data,
        }
    }

    /// Whether `$ref` may stand in place of this object.
    pub fn is_referable(self) -> bool {
        self.section().is_some() || matches!(self, Kind::MediaType)
    }

    /// Where objects of this kind live in `components`.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            Kind::PathItem => "pathItems",
            _ => return None,
        })
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Kind::Schema => "schema",
            Kind::Response => "response",
            Kind::Parameter => "parameter",
            Kind::Example => "example",
            Kind::RequestBody => "request body",
            Kind::Header => "header",
            Kind::SecurityScheme => "security scheme",
            Kind::Link => "link",
            Kind::Callback => "callback",
            Kind::PathItem => "path item",
            Kind::MediaType => "media type",
            Kind::Operation => "operation",
            _ => "object",
        }
    }

    /// What stands at a JSON pointer into a document; `Data` where the standard does not say.
    pub fn at(pointer: &str) -> Kind {
        Kind::Root.below(pointer)
    }

    /// What stands at a JSON pointer into an object of this kind.
    pub(crate) fn below(self, pointer: &str) -> Kind {
        tokens(pointer).fold(self, |kind, token| kind.child(&token))
    }
}

/// Calls `visit` for every value whose kind the standard knows, parents first. A `$ref` that
/// stands for an object ends the way there.
pub fn walk<'v>(
    value: &'v Value,
    kind: Kind,
    path: Path<'_>,
    visit: &mut dyn FnMut(&'v Value, Kind, &Path<'_>),
) {
    visit(value, kind, &path);
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let child = kind.child(key);
                if child != Kind::Data {
                    walk(member, child, Path::Key(&path, key), visit);
                }
            }
        }
        Value::Array(elements) => {
            let child = kind.entry();
            if child != Kind::Data {
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
    use super::Kind;

    #[test]
    fn places_have_kinds() {
        assert_eq!(Kind::at(""), Kind::Root);
        assert_eq!(Kind::at("/components/schemas/properties"), Kind::Schema);
        assert_eq!(
            Kind::at("/components/schemas/A/properties/description"),
            Kind::Schema
        );
        assert_eq!(Kind::at("/components/schemas/A/description"), Kind::Data);
        assert_eq!(
            Kind::at("/components/schemas/A/allOf/0/items"),
            Kind::Schema
        );
        assert_eq!(
            Kind::at("/components/schemas/A/example/properties"),
            Kind::Data
        );
        assert_eq!(
            Kind::at("/paths/~1a/get/responses/200/content/a~1b/schema"),
            Kind::Schema
        );
        assert_eq!(Kind::at("/paths/~1a/parameters/0"), Kind::Parameter);
    }
}
