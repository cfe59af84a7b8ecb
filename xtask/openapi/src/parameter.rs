//! Parameters of operations.

use serde_json::Value;

use crate::content::MediaTypeView;
use crate::node::Node;
use crate::operation::OperationReader;

/// The part of a request that carries a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// A variable of the path's template.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The whole query string (3.2).
    QueryString,
}

impl ParameterLocation {
    /// The location that `in` names.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "path" => Self::Path,
            "query" => Self::Query,
            "header" => Self::Header,
            "cookie" => Self::Cookie,
            "querystring" => Self::QueryString,
            _ => return None,
        })
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct ParameterView<'d> {
    /// The parameter, `$ref` followed.
    pub node: Node<'d>,
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
    /// The only entry of `content`.
    pub content: Option<MediaTypeView<'d>>,
}

impl<'d> OperationReader<'d, '_> {
    /// Reads a parameter, or a reference to one.
    pub(crate) fn parameter(&self, listed: &Node<'d>) -> Option<ParameterView<'d>> {
        let node = self.resolve(listed)?;
        // Another location has been reported.
        let location = ParameterLocation::of_name(node.text("in")?)?;
        Some(ParameterView {
            name: node.text("name")?,
            location,
            required: node.flag("required") || location == ParameterLocation::Path,
            deprecated: node.flag("deprecated"),
            description: node.text("description"),
            style: node.text("style"),
            explode: node.value.get("explode").and_then(Value::as_bool),
            allow_reserved: node.flag("allowReserved"),
            schema: node.get("schema"),
            content: self.content(&node).into_iter().next(),
            node,
        })
    }
}
