//! From bytes to a document, stage by stage.

use std::path::Path;

use indexmap::IndexMap;
use openapiv3::{Info, SecurityRequirement, SecurityScheme as KnownScheme, Server};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::bundle::{self, Bundled};
use crate::diagnostics::{Diagnostic, Diagnostics, Sources, begin_hints, sanitize};
use crate::grammar::X_WEBHOOKS;
use crate::node::Node;
use crate::operation::{OperationReader, OperationView, typed};
use crate::pointer::SpecPointer;
use crate::refs::RefResolver;
use crate::schema::Schema;
use crate::source::{Source, parse};
use crate::{
    dynamic_refs, normalize, overlay, path_query, path_syntax, prose, querystring, validate,
};

/// What [`Document::load`] reads in addition to the document.
#[derive(Debug, Default)]
pub struct LoadOptions<'a> {
    /// OpenAPI overlays, applied in this order.
    pub overlays: &'a [Source],
    /// The folder that other files may be read from; by default the document's own.
    pub root: Option<&'a Path>,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub enum SecurityScheme {
    /// One that OpenAPI 3.0 has.
    Known(Box<KnownScheme>),
    /// `mutualTLS` (3.1), which the transport implements.
    MutualTls,
}

/// A document that has been read, corrected, bundled, normalized to the form of OpenAPI 3.0 and
/// validated.
#[derive(Debug)]
pub struct Document {
    tree: Value,
    info: Info,
    servers: Vec<Server>,
    security: Vec<SecurityRequirement>,
    security_schemes: IndexMap<String, SecurityScheme>,
    refs: RefResolver,
}

impl Document {
    /// Reads a document. Every problem goes to `diagnostics`, every file to `sources`. There is
    /// no document only where it cannot be read at all: the next stages add their problems to
    /// those of one with errors.
    pub fn load(
        source: Source,
        options: &LoadOptions<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document> {
        begin_hints();
        let (mut tree, _) = parse(&source, sources, diagnostics)?;
        let version = version(&tree, diagnostics)?;
        for overlay in options.overlays {
            if let Some((overlay, file)) = parse(overlay, sources, diagnostics) {
                overlay::apply(&mut tree, &overlay, file, sources, diagnostics);
            }
        }
        let bundled = bundle::bundle(&mut tree, &source, options.root, sources, diagnostics);
        let Bundled {
            unknown,
            has_dynamic_refs,
        } = bundled;
        if has_dynamic_refs {
            dynamic_refs::resolve(&mut tree, sources, diagnostics);
        }
        prose::truncate(&mut tree, diagnostics);
        path_syntax::normalize(&mut tree, sources, diagnostics);
        path_query::normalize(&mut tree, diagnostics);
        querystring::normalize(&mut tree);
        normalize::normalize(&mut tree, &version, unknown, diagnostics);
        validate::validate(&mut tree, diagnostics);
        Some(Self::of(tree, diagnostics))
    }

    /// Reads the objects that openapiv3 has types for.
    fn of(tree: Value, diagnostics: &mut Diagnostics) -> Self {
        let root = root(&tree);
        let info = root.get("info");
        let info = info.and_then(|node| typed(&node, IGNORED, diagnostics));
        let refs = RefResolver::default();
        Self {
            info: info.unwrap_or_default(),
            servers: list(&root, "servers", diagnostics),
            security: list(&root, "security", diagnostics),
            security_schemes: security_schemes(&tree, &refs, diagnostics),
            refs,
            tree,
        }
    }

    /// The whole tree.
    pub fn root(&self) -> Node<'_> {
        root(&self.tree)
    }

    /// `info`
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// `servers`
    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    /// `security`: the requirements of an operation without its own.
    pub fn security(&self) -> &[SecurityRequirement] {
        &self.security
    }

    /// `components/securitySchemes`, `$ref`s followed.
    pub fn security_schemes(&self) -> &IndexMap<String, SecurityScheme> {
        &self.security_schemes
    }

    /// `components/schemas`, in the document's order. Schemas of other files that something
    /// refers to are among them.
    pub fn component_schemas(&self) -> Vec<(&str, Node<'_>)> {
        let components = self.root().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        schemas.iter().flat_map(Node::members).collect()
    }

    /// All operations of `paths`, in the document's order. What cannot be read is reported and
    /// left out.
    pub fn operations(&self, diagnostics: &mut Diagnostics) -> Vec<OperationView<'_>> {
        self.operations_of(&["paths"], diagnostics)
    }

    /// All operations of `webhooks` (or `x-webhooks`): the requests that the API sends.
    pub fn webhooks(&self, diagnostics: &mut Diagnostics) -> Vec<OperationView<'_>> {
        self.operations_of(&["webhooks", X_WEBHOOKS], diagnostics)
    }

    fn operations_of(&self, keys: &[&str], problems: &mut Diagnostics) -> Vec<OperationView<'_>> {
        let root = self.root();
        let Some(paths) = keys.iter().find_map(|key| root.get(key)) else {
            return Vec::new();
        };
        let mut reader = OperationReader {
            tree: &self.tree,
            refs: &self.refs,
            diagnostics: problems,
        };
        reader.operations(&paths)
    }

    /// Follows a chain of `$ref`s.
    ///
    /// # Errors
    ///
    /// Where a target does not exist, or the chain is a cycle.
    pub fn resolve<'d>(&'d self, node: &Node<'d>) -> Result<Node<'d>, Diagnostic> {
        self.refs.resolve(&self.tree, node)
    }

    /// The value at a pointer.
    pub fn node(&self, origin: &SpecPointer) -> Option<Node<'_>> {
        let value = self.tree.pointer(origin.pointer())?;
        Some(Node {
            value,
            origin: origin.clone(),
        })
    }

    /// The keywords of one schema; its `$ref` is not followed.
    ///
    /// # Errors
    ///
    /// Where it is malformed.
    pub fn schema<'d>(&'d self, node: &Node<'d>) -> Result<Schema<'d>, Diagnostic> {
        Schema::of(node)
    }
}

const IGNORED: &str = "ignoring it";

fn root(tree: &Value) -> Node<'_> {
    Node {
        value: tree,
        origin: SpecPointer::root(),
    }
}

fn list<T: DeserializeOwned>(root: &Node<'_>, key: &str, diagnostics: &mut Diagnostics) -> Vec<T> {
    let list = root.get(key);
    let elements = list.iter().flat_map(Node::elements);
    elements
        .filter_map(|element| typed(&element, IGNORED, diagnostics))
        .collect()
}

fn security_schemes(
    tree: &Value,
    refs: &RefResolver,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, SecurityScheme> {
    let components = root(tree).get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes"));
    let mut known = IndexMap::new();
    for (name, listed) in schemes.iter().flat_map(Node::members) {
        let Ok(node) = refs.resolve(tree, &listed) else {
            continue;
        };
        let scheme = match node.text("type") {
            // Reported by normalization.
            None => None,
            Some("mutualTLS") => Some(SecurityScheme::MutualTls),
            Some(_) => {
                let scheme = typed(&node, IGNORED, diagnostics);
                scheme.map(|scheme| SecurityScheme::Known(Box::new(scheme)))
            }
        };
        known.extend(scheme.map(|scheme| (name.to_owned(), scheme)));
    }
    known
}

/// The version of the standard, where it is supported.
pub(crate) fn version(tree: &Value, diagnostics: &mut Diagnostics) -> Option<String> {
    match supported_version(tree) {
        Ok(version) => Some(version.to_owned()),
        Err(problem) => {
            diagnostics.push(problem);
            None
        }
    }
}

fn supported_version(tree: &Value) -> Result<&str, Diagnostic> {
    let root = SpecPointer::root();
    if !tree.is_object() {
        let message = "not an OpenAPI document: the root must be an object";
        return Err(Diagnostic::error(root, message));
    }
    if let Some(version) = tree.get("swagger") {
        let version = sanitize(version.as_str().unwrap_or("2.0"));
        let message = format!("Swagger {version} is not supported");
        return Err(Diagnostic::error(root.child("swagger"), message)
            .help("convert the document to OpenAPI 3.0 first"));
    }
    let Some(version) = tree.get("openapi") else {
        let message = "not an OpenAPI document: `openapi` is missing";
        return Err(Diagnostic::error(root, message)
            .help("declare the version in the first line, as in `openapi: 3.1.0`"));
    };
    let version = version.as_str().unwrap_or_default();
    let is_supported = ["3.0", "3.1", "3.2"].iter().any(|known| {
        let rest = version.strip_prefix(known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if !is_supported {
        let message = format!("OpenAPI version `{}` is not supported", sanitize(version));
        return Err(
            Diagnostic::error(root.child("openapi"), message).help("use one of 3.0, 3.1 and 3.2")
        );
    }
    Ok(version)
}
