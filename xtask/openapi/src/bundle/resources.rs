//! Schema resources: what `$id`, `$anchor` and `$self` call the parts of a file.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::grammar::{ObjectKind, walk};
use crate::path::Path;
use crate::pointer::enclosing;
use crate::uri;

/// The schema resources of one file.
#[derive(Debug)]
pub(super) struct Resources {
    /// The URI of the file: its `$self`, else a URI made from its path.
    base: String,
    /// The URIs of schemas with an `$id`, by pointer.
    ids: BTreeMap<String, String>,
    /// The pointers of schemas by their anchors, by resource and name.
    anchors: HashMap<(String, String), Vec<String>>,
}

impl Resources {
    /// The resources of a file that nothing has been noted of yet.
    pub(super) fn new(base: String) -> Self {
        Self {
            base,
            ids: BTreeMap::new(),
            anchors: HashMap::new(),
        }
    }

    /// Notes the resources and anchors of a part. Returns the new resources' pointers and URIs.
    pub(super) fn add(
        &mut self,
        part: &Value,
        kind: ObjectKind,
        pointer: &str,
    ) -> Vec<(String, String)> {
        let mut new = Vec::new();
        walk(
            part,
            kind,
            Path::Below(pointer),
            &mut |value, kind, path| {
                let Some(members) = value.as_object().filter(|_| kind == ObjectKind::Schema) else {
                    return;
                };
                let text = |key: &str| members.get(key).and_then(Value::as_str);
                if let Some(id) = text("$id").filter(|id| !id.starts_with('#')) {
                    let pointer = path.pointer();
                    if !self.ids.contains_key(&pointer) {
                        let uri = uri::resolve(self.base_of(&pointer), id);
                        self.ids.insert(pointer.clone(), uri.clone());
                        new.push((pointer, uri));
                    }
                }
                let old = text("$id").and_then(|id| id.strip_prefix('#'));
                for name in [text("$anchor"), text("$dynamicAnchor"), old]
                    .into_iter()
                    .flatten()
                {
                    let pointer = path.pointer();
                    let root = self.root_of(&pointer).to_owned();
                    let known = self.anchors.entry((root, name.to_owned())).or_default();
                    if !known.contains(&pointer) {
                        known.push(pointer);
                    }
                }
            },
        );
        new
    }

    /// Whether a part of the file changes what JSON pointers mean.
    pub(super) fn has_ids(&self) -> bool {
        !self.ids.is_empty()
    }

    /// Whether a schema or the file has a name that is not a JSON pointer.
    pub(super) fn has_names(&self) -> bool {
        self.has_ids() || !self.anchors.is_empty()
    }

    /// The root of the resource that contains a pointer: empty for the file itself.
    pub(super) fn root_of<'p>(&self, pointer: &'p str) -> &'p str {
        enclosing(pointer)
            .find(|above| self.ids.contains_key(*above))
            .unwrap_or_default()
    }

    /// The base URI of references at a pointer.
    pub(super) fn base_of(&self, pointer: &str) -> &str {
        self.ids.get(self.root_of(pointer)).unwrap_or(&self.base)
    }

    /// The pointers of the schemas of a resource that have an anchor.
    pub(super) fn anchored(&self, root: &str, name: &str) -> &[String] {
        let key = (root.to_owned(), name.to_owned());
        self.anchors.get(&key).map_or(&[], Vec::as_slice)
    }
}
