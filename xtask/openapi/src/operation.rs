use serde_json::Value;

use super::Node;
use crate::{Method, SpecPointer};

/// An operation with everything that its path item adds to it.
#[derive(Debug, Clone)]
pub struct OperationView<'d> {
    /// The operation itself.
    pub node: Node<'d>,
    /// The path item that it stands in, `$ref` followed.
    pub path_item: Node<'d>,
    /// The path's template, or a webhook's name.
    pub path: &'d str,
    /// The method.
    pub method: Method,
    /// `operationId`
    pub id: Option<&'d str>,
    /// `summary`
    pub summary: Option<&'d str>,
    /// `description`
    pub description: Option<&'d str>,
    /// `tags`
    pub tags: Vec<&'d str>,
    /// `deprecated`
    pub deprecated: bool,
    /// The path item's and the operation's parameters by (name, location), the path item's
    /// first; the operation's own wins. `$ref`s are followed.
    pub parameters: Vec<ParameterView<'d>>,
    /// `requestBody`, `$ref` followed.
    pub request_body: Option<RequestBodyView<'d>>,
    /// `responses`, `$ref`s followed.
    pub responses: Vec<ResponseView<'d>>,
    /// `security`: none means the document's.
    pub security: Option<Vec<openapiv3::SecurityRequirement>>,
    /// The operation's or the path item's `servers`; empty means the document's.
    pub servers: Vec<openapiv3::Server>,
    /// `callbacks`, `$ref`s followed.
    pub callbacks: Vec<CallbackView<'d>>,
}

impl<'d> OperationView<'d> {
    /// Where the operation stands.
    pub fn origin(&self) -> &SpecPointer {
        &self.node.origin
    }

    /// A member whose name begins with `x-`.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.node.extension(key)
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// In the path's template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// The whole query string (3.2).
    QueryString,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct ParameterView<'d> {
    /// The parameter, `$ref` followed.
    pub node: Node<'d>,
    /// Where the list names it: the `$ref`'s place, where it is one.
    pub listed: SpecPointer,
    /// `name`
    pub name: &'d str,
    /// `in`
    pub location: ParameterLocation,
    /// `required`; always true in the path.
    pub required: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `description`
    pub description: Option<&'d str>,
    /// `style`, as written.
    pub style: Option<&'d str>,
    /// `explode`, as written.
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// `schema`
    pub schema: Option<Node<'d>>,
    /// The one entry of `content`, where there is no `schema`.
    pub content: Option<MediaTypeView<'d>>,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct RequestBodyView<'d> {
    /// The request body, `$ref` followed.
    pub node: Node<'d>,
    /// `description`
    pub description: Option<&'d str>,
    /// `required`
    pub required: bool,
    /// `content`
    pub content: Vec<MediaTypeView<'d>>,
}

/// One entry of a `content` map.
#[derive(Debug, Clone)]
pub struct MediaTypeView<'d> {
    /// The media type object.
    pub node: Node<'d>,
    /// The media type or range, as written.
    pub media_type: &'d str,
    /// `schema`
    pub schema: Option<Node<'d>>,
    /// `itemSchema` (3.2): the schema of each item of a stream.
    pub item_schema: Option<Node<'d>>,
    /// `encoding` by property.
    pub encoding: Vec<(&'d str, Node<'d>)>,
}

/// A response.
#[derive(Debug, Clone)]
pub struct ResponseView<'d> {
    /// The response, `$ref` followed.
    pub node: Node<'d>,
    /// Where the map names it: the `$ref`'s place, where it is one.
    pub listed: SpecPointer,
    /// `200`, `4XX` (in upper case) or `default`.
    pub status: String,
    /// `description`
    pub description: &'d str,
    /// `headers`, `$ref`s followed.
    pub headers: Vec<HeaderView<'d>>,
    /// `content`
    pub content: Vec<MediaTypeView<'d>>,
}

/// A response header, or a header of a part.
#[derive(Debug, Clone)]
pub struct HeaderView<'d> {
    /// The header, `$ref` followed.
    pub node: Node<'d>,
    /// Its name.
    pub name: &'d str,
    /// `description`
    pub description: Option<&'d str>,
    /// `required`
    pub required: bool,
    /// `schema`
    pub schema: Option<Node<'d>>,
}

/// A callback: operations that the API calls.
#[derive(Debug, Clone)]
pub struct CallbackView<'d> {
    /// The callback, `$ref` followed.
    pub node: Node<'d>,
    /// Its key.
    pub name: &'d str,
    /// The operations behind each expression (the operation's `path` is the expression).
    pub operations: Vec<OperationView<'d>>,
}
