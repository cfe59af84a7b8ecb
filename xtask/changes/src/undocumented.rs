//! New items without a description.

use std::collections::BTreeSet;

use sdk_model::{Api, BodyContent, Field, Shape, SpecPointer};

use super::located::operations;

/// An item that only the new model has, and that has no description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undocumented {
    /// The item: `GET /sessions, query status`.
    pub item: String,
    /// Its location in the document.
    pub origin: SpecPointer,
}

/// The operations, parameters, fields and types that are new and have no description.
pub fn undocumented(before: Option<&Api>, after: &Api) -> Vec<Undocumented> {
    let known: BTreeSet<String> = before
        .map(|api| items(api).into_iter().map(|item| item.item).collect())
        .unwrap_or_default();
    let new = items(after).into_iter();
    new.filter(|item| !item.is_documented && !known.contains(&item.item))
        .map(|item| Undocumented {
            item: item.item,
            origin: item.origin,
        })
        .collect()
}

struct Item {
    item: String,
    origin: SpecPointer,
    is_documented: bool,
}

/// Everything of an API that a description can be given for.
fn items(api: &Api) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |item: String, origin: &SpecPointer, docs: &[&str]| {
        items.push(Item {
            item,
            origin: origin.clone(),
            is_documented: docs.iter().any(|docs| !docs.is_empty()),
        });
    };
    for located in operations(api) {
        let operation = located.operation;
        let line = located.line();
        add(
            line.clone(),
            &operation.origin,
            &[&operation.summary, &operation.docs],
        );
        let parameters = [
            ("path", &operation.path_params),
            ("query", &operation.query),
            ("header", &operation.headers),
            ("cookie", &operation.cookies),
        ];
        for (location, list) in parameters {
            for one in list {
                let item = format!("{line}, {location} {}", one.name.wire);
                add(item, &one.origin, &[&one.docs]);
            }
        }
        let fields: Vec<&Field> = match operation.body.as_ref().map(|body| &body.content) {
            Some(BodyContent::JsonFields(fields)) => fields.iter().collect(),
            Some(BodyContent::FormFields(parts) | BodyContent::Multipart { parts, .. }) => {
                parts.iter().map(|part| &part.field).collect()
            }
            _ => Vec::new(),
        };
        for field in fields {
            let item = format!("{line}, body {}", field.name.wire);
            add(item, &field.origin, &[&field.docs]);
        }
    }
    for (id, definition) in &api.types {
        add(id.0.clone(), &definition.origin, &[&definition.docs]);
        if let Shape::Struct { fields, .. } = &definition.shape {
            for field in fields {
                let item = format!("{id}, {}", field.name.wire);
                add(item, &field.origin, &[&field.docs]);
            }
        }
    }
    items
}
