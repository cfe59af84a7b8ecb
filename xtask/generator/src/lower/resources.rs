use std::collections::BTreeMap;

use super::naming::{NamedOperation, NamedResource};
use sdk_model::names::{snake, words};
use sdk_model::{Operation, Resource};

/// Builds the tree of resources.
pub(super) fn tree(
    named: &[NamedOperation<'_>],
    operations: Vec<Operation>,
    docs: &BTreeMap<String, String>,
) -> Vec<Resource> {
    let mut roots: Vec<Resource> = Vec::new();
    for (named, operation) in named.iter().zip(operations) {
        let mut path = named.resources.iter();
        let Some(first) = path.next() else { continue };
        let mut resource = within(&mut roots, first, docs);
        for next in path {
            resource = within(&mut resource.children, next, docs);
        }
        resource.operations.push(operation);
    }
    sort(&mut roots);
    roots
}

fn within<'r>(
    resources: &'r mut Vec<Resource>,
    placement: &NamedResource,
    docs: &BTreeMap<String, String>,
) -> &'r mut Resource {
    let known = resources
        .iter()
        .position(|resource| resource.name.ident == placement.name.ident);
    let at = known.unwrap_or_else(|| {
        resources.push(Resource {
            name: placement.name.clone(),
            type_name: placement.type_name.clone(),
            docs: docs
                .get(&snake(&words(&placement.name.wire)))
                .cloned()
                .unwrap_or_default(),
            operations: Vec::new(),
            children: Vec::new(),
        });
        resources.len() - 1
    });
    &mut resources[at]
}

fn sort(resources: &mut [Resource]) {
    resources.sort_by(|a, b| a.name.ident.plain().cmp(b.name.ident.plain()));
    for resource in resources {
        resource
            .operations
            .sort_by(|a, b| a.name.ident.plain().cmp(b.name.ident.plain()));
        sort(&mut resource.children);
    }
}

/// All operations of a tree.
pub(super) fn operations(resources: &[Resource]) -> Vec<&Operation> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Resource> = resources.iter().rev().collect();
    while let Some(resource) = waiting.pop() {
        found.extend(&resource.operations);
        waiting.extend(resource.children.iter().rev());
    }
    found
}
