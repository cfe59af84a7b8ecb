//! From bytes to a document, stage by stage.

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::path::tokens;
use super::references::Ends;
use super::tree::{self, Duplicate, Tree};
use super::{
    Document, LoadOptions, Node, SecurityScheme, Source, bundle, checks, normalize, overlay, prose,
    templates,
};
use crate::SpecPointer;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, Sources, sanitize};

/// See [`Document::load`].
pub(super) fn load(
    source: Source,
    options: &LoadOptions<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let (mut tree, _) = read(&source, sources, diagnostics)?;
    let version = version(&tree, diagnostics)?;
    for overlay in options.overlays {
        if let Some((overlay, file)) = read(overlay, sources, diagnostics) {
            overlay::apply(&mut tree, &overlay, file, sources, diagnostics);
        }
    }
    let lost = bundle::bundle(&mut tree, &source, options.root, sources, diagnostics);
    prose::cut(&mut tree, diagnostics);
    templates::mend(&mut tree, sources, diagnostics);
    normalize::normalize(&mut tree, &version, lost, diagnostics);
    checks::check(&mut tree, &version, diagnostics);
    Some(typed(tree, version, diagnostics))
}

/// A source's tree and the number that its text gets in `sources`.
pub(super) fn read(
    source: &Source,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Value, usize)> {
    let file = Location::File(source.name.clone());
    if source.bytes.len() > tree::MOST_BYTES {
        let most = tree::MOST_BYTES >> 20;
        diagnostics.push(Diagnostic::error(
            file,
            format!("this is larger than {most} MiB"),
        ));
        return None;
    }
    let bytes = source
        .bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&source.bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("this is not UTF-8 (at byte {})", error.valid_up_to());
            diagnostics.push(Diagnostic::error(file, message));
            return None;
        }
    };
    let number = sources.add(&source.name, text);
    match tree::read(text) {
        Ok(Tree { value, duplicates }) => {
            for Duplicate { pointer, differs } in duplicates {
                let key = tokens(&pointer).last().unwrap_or_default();
                let message = format!("`{}` stands twice in one object", sanitize(&key));
                let file = if number == 0 { "" } else { &source.name };
                let place = SpecPointer::new(format!("{file}#{pointer}"));
                let mut problem = Diagnostic::error(place, message).repair("the last one counts");
                if differs {
                    problem = problem.omits(format!("the first `{}`", sanitize(&key)));
                }
                diagnostics.recoverable(problem);
            }
            Some((value, number))
        }
        Err(error) => {
            let at = error.at.and_then(|(line, column)| {
                sources
                    .position_of_line(number, line, column)
                    .map(Location::from)
            });
            diagnostics.push(Diagnostic::error(
                at.unwrap_or(file),
                sanitize(&error.message),
            ));
            None
        }
    }
}

/// The version of the standard, where it is one that is understood.
pub(super) fn version(tree: &Value, diagnostics: &mut Diagnostics) -> Option<String> {
    let root = SpecPointer::root();
    if !tree.is_object() {
        diagnostics.push(Diagnostic::error(
            root,
            "this is not an OpenAPI document: not an object",
        ));
        return None;
    }
    if let Some(version) = tree.get("swagger") {
        let version = sanitize(version.as_str().unwrap_or("2.0"));
        diagnostics.push(
            Diagnostic::error(
                root.child("swagger"),
                format!("Swagger {version} is not supported"),
            )
            .help("convert the document to OpenAPI 3.0 first"),
        );
        return None;
    }
    let Some(version) = tree.get("openapi") else {
        diagnostics.push(
            Diagnostic::error(
                root,
                "this is not an OpenAPI document: `openapi` is missing",
            )
            .help("the first line of a document is such as `openapi: 3.1.0`"),
        );
        return None;
    };
    let version = version.as_str().unwrap_or_default();
    let known = ["3.0", "3.1", "3.2"].iter().any(|known| {
        version
            .strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if !known {
        let message = format!("OpenAPI version `{}` is not supported", sanitize(version));
        let help = "3.0, 3.1 and 3.2 are";
        diagnostics.push(Diagnostic::error(root.child("openapi"), message).help(help));
        return None;
    }
    Some(version.to_owned())
}

/// Reads the parts that openapiv3 has types for.
fn typed(tree: Value, version: String, diagnostics: &mut Diagnostics) -> Document {
    let root = Node {
        value: &tree,
        origin: SpecPointer::root(),
    };
    let info = root
        .get("info")
        .and_then(|node| part(&node, diagnostics))
        .unwrap_or_default();
    let servers = list(&root, "servers", diagnostics);
    let security = list(&root, "security", diagnostics);
    let tags = list(&root, "tags", diagnostics);
    let schemes = root
        .get("components")
        .and_then(|node| node.get("securitySchemes"));
    let mut security_schemes = IndexMap::new();
    let ends = Ends::default();
    for (name, listed) in schemes.iter().flat_map(Node::members) {
        let Ok(node) = ends.resolve(&tree, &listed) else {
            continue;
        };
        let scheme = match node.text("type") {
            // Told while it was normalized.
            None => None,
            Some("mutualTLS") => Some(SecurityScheme::MutualTls),
            _ => part(&node, diagnostics)
                .map(Box::new)
                .map(SecurityScheme::Known),
        };
        security_schemes.extend(scheme.map(|scheme| (name.to_owned(), scheme)));
    }
    Document {
        version,
        info,
        servers,
        security,
        security_schemes,
        tags,
        tree,
        ends,
    }
}

/// A list, each of its elements read for itself.
fn list<T: DeserializeOwned>(root: &Node<'_>, key: &str, diagnostics: &mut Diagnostics) -> Vec<T> {
    let Some(list) = root.get(key) else {
        return Vec::new();
    };
    list.elements()
        .filter_map(|element| part(&element, diagnostics))
        .collect()
}

fn part<T: DeserializeOwned>(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<T> {
    T::deserialize(node.value)
        .map_err(|error| {
            let message = format!("this cannot be read: {}", sanitize(&error.to_string()));
            let name = tokens(node.origin.pointer()).last().unwrap_or_default();
            diagnostics.recoverable(
                Diagnostic::error(&node.origin, message)
                    .repair("it is left out")
                    .omits(format!("`{}`", sanitize(&name))),
            );
        })
        .ok()
}
