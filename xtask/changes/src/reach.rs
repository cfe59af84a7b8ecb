//! Which operations use which types.

use std::collections::{BTreeMap, BTreeSet};

use sdk_model::{Api, Operation, Type, TypeId, Webhook};

use super::located::operations;

/// The operations of a model, by the types that their requests and responses hold.
pub(super) struct Reach<'a> {
    lines: Vec<String>,
    by_type: BTreeMap<&'a TypeId, Vec<usize>>,
}

impl<'a> Reach<'a> {
    /// Follows the types of every operation.
    pub(super) fn of(api: &'a Api) -> Self {
        let held: BTreeMap<&TypeId, Vec<&TypeId>> = api
            .types
            .iter()
            .map(|(id, definition)| (id, ids(definition.shape.held())))
            .collect();
        let mut lines = Vec::new();
        let mut by_type: BTreeMap<&TypeId, Vec<usize>> = BTreeMap::new();
        let operations = operations(api)
            .into_iter()
            .map(|found| (found.line(), used(found.operation)));
        let webhooks = api
            .webhooks
            .iter()
            .map(|webhook| (webhook_line(webhook), ids(vec![&webhook.payload])));
        for (line, mut open) in operations.chain(webhooks) {
            let at = lines.len();
            lines.push(line);
            let mut seen: BTreeSet<&TypeId> = BTreeSet::new();
            while let Some(id) = open.pop() {
                if seen.insert(id) {
                    by_type.entry(id).or_default().push(at);
                    open.extend(held.get(id).into_iter().flatten());
                }
            }
        }
        Self { lines, by_type }
    }

    /// The operations and webhooks that use a type: `GET /sessions`.
    pub(super) fn operations(&self, id: &TypeId) -> Vec<String> {
        let found = self.by_type.get(id).into_iter().flatten();
        found
            .filter_map(|at| self.lines.get(*at).cloned())
            .collect()
    }
}

/// A webhook, beside the operations.
pub(super) fn webhook_line(webhook: &Webhook) -> String {
    format!("webhook {}", webhook.name.wire)
}

fn used(operation: &Operation) -> Vec<&TypeId> {
    let mut types = operation.sent();
    types.extend(operation.received());
    ids(types)
}

fn ids(types: Vec<&Type>) -> Vec<&TypeId> {
    let mut found = Vec::new();
    let mut open = types;
    while let Some(ty) = open.pop() {
        match ty {
            Type::Named(id) => found.push(id),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                open.push(inner);
            }
            Type::Tuple { items, .. } => open.extend(items),
            _ => {}
        }
    }
    found
}
