use std::collections::BTreeMap;

use super::resources::operations;
use super::schema::Schemas;
use sdk_model::{ErrorModel, Resource, SpecPointer, Type, TypeId};
use sdk_openapi::diagnostics::Diagnostic;

/// The type of error response bodies: the one that codegen.yaml names, else the one that the
/// document declares most often.
pub(super) fn model(schemas: &mut Schemas<'_, '_>, resources: &[Resource]) -> ErrorModel {
    let rules = schemas.config.errors.clone();
    let body = match &rules.body {
        Some(pointer) => configured(schemas, pointer),
        None => most_declared(resources),
    };
    ErrorModel {
        body,
        code: rules.code,
        message: rules.message,
        request_id: rules.request_id,
        request_id_headers: rules.request_id_headers,
    }
}

fn configured(schemas: &mut Schemas<'_, '_>, pointer: &str) -> Option<Type> {
    let origin = SpecPointer::new(pointer);
    match schemas.document.node(&origin) {
        Some(node) => Some(schemas.resolve(&node).ty),
        None => {
            schemas.report(
                Diagnostic::error(
                    schemas.config.location("/errors/body"),
                    format!("the document has no `{pointer}`"),
                )
                .help("name a schema as `#/components/schemas/…`"),
            );
            None
        }
    }
}

fn most_declared(resources: &[Resource]) -> Option<Type> {
    let mut counts: BTreeMap<&TypeId, usize> = BTreeMap::new();
    for operation in operations(resources) {
        for error in &operation.errors {
            if let Some(Type::Named(id)) = &error.body {
                *counts.entry(id).or_default() += 1;
            }
        }
    }
    // The first by name where several are declared equally often.
    let most = counts
        .iter()
        .max_by_key(|(id, count)| (**count, std::cmp::Reverse(*id)));
    most.map(|(id, _)| Type::Named((*id).clone()))
}
