use indexmap::IndexMap;
use serde_json::Value;

use super::load;
use super::operation_view::Views;
use super::references::Ends;
use super::{Node, OperationView, Schema, Source, view};
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, Diagnostics, Sources, begin_hints};

/// What [`Document::load`] reads.
#[derive(Debug, Default)]
pub struct LoadOptions<'a> {
    /// OpenAPI overlays, applied in this order.
    pub overlays: &'a [Source],
    /// The folder that other files may be read from; by default the document's own.
    pub root: Option<&'a std::path::Path>,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub enum SecurityScheme {
    /// One that OpenAPI 3.0 knows.
    Known(Box<openapiv3::SecurityScheme>),
    /// `mutualTLS` (3.1): the transport's business.
    MutualTls,
}

/// A document that has been read, corrected, bundled, normalized to the form of OpenAPI 3.0 and
/// checked.
#[derive(Debug)]
pub struct Document {
    pub(super) tree: Value,
    pub(super) version: String,
    pub(super) info: openapiv3::Info,
    pub(super) servers: Vec<openapiv3::Server>,
    pub(super) security: Vec<openapiv3::SecurityRequirement>,
    pub(super) security_schemes: IndexMap<String, SecurityScheme>,
    pub(super) tags: Vec<openapiv3::Tag>,
    pub(super) ends: Ends,
}

impl Document {
    /// Reads a document. Every problem goes to `diagnostics`, every file to `sources`. There is
    /// no document only where it cannot be read at all; one with errors comes back too, so that
    /// the next stages can add theirs.
    pub fn load(
        source: Source,
        options: &LoadOptions<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        begin_hints();
        load::load(source, options, sources, diagnostics)
    }

    /// The whole tree.
    pub fn root(&self) -> Node<'_> {
        Node {
            value: &self.tree,
            origin: SpecPointer::root(),
        }
    }

    /// `openapi`, as written.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// `info`
    pub fn info(&self) -> &openapiv3::Info {
        &self.info
    }

    /// `servers`
    pub fn servers(&self) -> &[openapiv3::Server] {
        &self.servers
    }

    /// `security`: what an operation without its own asks for.
    pub fn security(&self) -> &[openapiv3::SecurityRequirement] {
        &self.security
    }

    /// `components/securitySchemes`, `$ref`s followed.
    pub fn security_schemes(&self) -> &IndexMap<String, SecurityScheme> {
        &self.security_schemes
    }

    /// `tags`
    pub fn tags(&self) -> &[openapiv3::Tag] {
        &self.tags
    }

    /// `components/schemas`, in the document's order. Schemas of other files that something
    /// refers to are among them.
    pub fn component_schemas(&self) -> Vec<(&str, Node<'_>)> {
        let schemas = self
            .tree
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let origin = SpecPointer::new("#/components/schemas");
        let entries = schemas.into_iter().flatten();
        entries
            .map(|(name, value)| {
                (
                    name.as_str(),
                    Node {
                        value,
                        origin: origin.child(name),
                    },
                )
            })
            .collect()
    }

    /// All operations of `paths`, in the document's order. What cannot be read is told and left
    /// out.
    pub fn operations(&self, diagnostics: &mut Diagnostics) -> Vec<OperationView<'_>> {
        let Some(paths) = self.root().get("paths") else {
            return Vec::new();
        };
        Views {
            document: self,
            problems: diagnostics,
        }
        .operations(&paths)
    }

    /// All operations of `webhooks` (or `x-webhooks`): what the API calls.
    pub fn webhooks(&self, diagnostics: &mut Diagnostics) -> Vec<OperationView<'_>> {
        let root = self.root();
        let webhooks = ["webhooks", "x-webhooks"]
            .into_iter()
            .find_map(|key| root.get(key));
        let Some(webhooks) = webhooks else {
            return Vec::new();
        };
        Views {
            document: self,
            problems: diagnostics,
        }
        .operations(&webhooks)
    }

    /// Follows `$ref` to the end. A target that is not there and a cycle are errors.
    pub fn resolve<'d>(&'d self, node: &Node<'d>) -> Result<Node<'d>, Diagnostic> {
        self.ends.resolve(&self.tree, node)
    }

    /// The value at a place.
    pub fn node(&self, origin: &SpecPointer) -> Option<Node<'_>> {
        let value = self.tree.pointer(origin.pointer())?;
        Some(Node {
            value,
            origin: origin.clone(),
        })
    }

    /// The flattened view of one schema; its `$ref` is not followed.
    pub fn schema<'d>(&'d self, node: &Node<'d>) -> Result<Schema<'d>, Diagnostic> {
        view::view(node)
    }
}
