//! The groups that tags make: `parent` and `kind` of OpenAPI 3.2.

use std::collections::HashMap;

use sdk_openapi::{Document, OperationView};

/// Kinds of tags that mark an operation instead of grouping it (OpenAPI's registry of tag kinds).
const LABELS: [&str; 2] = ["audience", "badge"];

/// What the document declares about its tags.
pub(super) struct TagGroups<'d> {
    parents: HashMap<&'d str, &'d str>,
    labels: Vec<&'d str>,
}

impl<'d> TagGroups<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut groups = Self {
            parents: HashMap::new(),
            labels: Vec::new(),
        };
        let list = document.root().get("tags");
        for tag in list.iter().flat_map(|list| list.elements()) {
            let Some(name) = tag.text("name") else {
                continue;
            };
            if let Some(parent) = tag.text("parent") {
                groups.parents.entry(name).or_insert(parent);
            }
            if tag.text("kind").is_some_and(|kind| LABELS.contains(&kind)) {
                groups.labels.push(name);
            }
        }
        groups
    }

    /// The groups of an operation by its first tag that is a group, the outermost first.
    pub(super) fn of_operation(&self, view: &OperationView<'_>) -> Option<Vec<String>> {
        let mut tags = view.tags.iter().copied();
        let tag = tags.find(|tag| !tag.trim().is_empty() && !self.labels.contains(tag))?;
        let mut groups = vec![tag];
        let mut child = tag;
        while let Some(parent) = self.parents.get(child) {
            // A tag that is its own ancestor has no group above it.
            if groups.contains(parent) {
                break;
            }
            groups.push(parent);
            child = parent;
        }
        Some(groups.into_iter().rev().map(str::to_owned).collect())
    }
}
