//! Request bodies, responses, and the media types that they consist of.

use crate::node::Node;
use crate::operation::OperationReader;

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

impl<'d> OperationReader<'d, '_> {
    /// Reads a request body, or a reference to one.
    pub(crate) fn request_body(&self, listed: &Node<'d>) -> Option<RequestBodyView<'d>> {
        let node = self.resolve(listed)?;
        Some(RequestBodyView {
            description: node.text("description"),
            required: node.flag("required"),
            content: self.content(&node),
            node,
        })
    }

    /// Reads the responses of an operation.
    pub(crate) fn responses(&self, operation: &Node<'d>) -> Vec<ResponseView<'d>> {
        let map = operation.get("responses");
        let listed = map.iter().flat_map(Node::members);
        let listed = listed.filter(|(status, _)| !status.starts_with("x-"));
        let response = |(status, listed): (&str, Node<'d>)| {
            let node = self.resolve(&listed)?;
            let status = match status {
                "default" => status.to_owned(),
                status => status.to_ascii_uppercase(),
            };
            Some(ResponseView {
                status,
                description: node.text("description").unwrap_or_default(),
                headers: self.headers(&node),
                content: self.content(&node),
                node,
            })
        };
        listed.filter_map(response).collect()
    }

    fn headers(&self, holder: &Node<'d>) -> Vec<HeaderView<'d>> {
        let map = holder.get("headers");
        let listed = map.iter().flat_map(Node::members);
        let header = |(name, listed): (&'d str, Node<'d>)| {
            let node = self.resolve(&listed)?;
            Some(HeaderView {
                name,
                description: node.text("description"),
                required: node.flag("required"),
                schema: node.get("schema"),
                node,
            })
        };
        listed.filter_map(header).collect()
    }

    /// Reads the media types of a parameter, a request body or a response.
    pub(crate) fn content(&self, holder: &Node<'d>) -> Vec<MediaTypeView<'d>> {
        let map = holder.get("content");
        let listed = map.iter().flat_map(Node::members);
        let entry = |(media_type, listed): (&'d str, Node<'d>)| {
            let node = self.resolve(&listed)?;
            let encoding = node.get("encoding").map(|map| map.members().collect());
            Some(MediaTypeView {
                media_type,
                schema: node.get("schema"),
                item_schema: node.get("itemSchema"),
                encoding: encoding.unwrap_or_default(),
                node,
            })
        };
        listed.filter_map(entry).collect()
    }
}
