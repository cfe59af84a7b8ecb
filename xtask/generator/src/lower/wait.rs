//! `wait:` of codegen.yaml, checked against the document.

use crate::config::{Config, WaitRule};
use sdk_model::{
    BodyContent, Operation, Resource, ResponseContent, Safety, Shape, Type, TypeDef, TypeId,
    TypeTable, Wait, WaitLocation,
};
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics};

/// The rules that the document fulfills. The others are errors.
pub(super) fn lower(
    config: &Config,
    resources: &[Resource],
    types: &TypeTable,
    diagnostics: &mut Diagnostics,
) -> Vec<Wait> {
    let mut waits = Vec::new();
    for (at, rule) in config.wait.iter().enumerate() {
        let result = if config.group_features {
            Err((
                "schema",
                "`wait` and `group_features` exclude each other".to_owned(),
            ))
        } else {
            wait(rule, resources, types)
        };
        match result {
            Ok(wait) => waits.push(wait),
            Err((key, message)) => {
                let location = config.location(&format!("/wait/{at}/{key}"));
                diagnostics.push(Diagnostic::error(location, message));
            }
        }
    }
    waits
}

/// The key of the rule that is wrong, and why.
type Problem = (&'static str, String);

fn wait(rule: &WaitRule, resources: &[Resource], types: &TypeTable) -> Result<Wait, Problem> {
    let schema = rule.schema.trim_start_matches('#');
    let found = types.iter().find(|(_, it)| it.origin.pointer() == schema);
    let Some((ty, definition)) = found else {
        return Err((
            "schema",
            format!("`{}` is not the schema of a type", rule.schema),
        ));
    };
    for (key, name) in [("id", &rule.id), ("status", &rule.status)] {
        if !has_string(types, definition, name) {
            return Err((
                key,
                format!("not every value of `{}` has a string `{name}`", rule.schema),
            ));
        }
    }
    let Some(operation) = operation(resources, &rule.operation) else {
        return Err((
            "operation",
            format!("there is no operation `{}`", rule.operation),
        ));
    };
    if operation.safety != Safety::Safe {
        let message = format!("`{}` is not safe, so it cannot be polled", operation.id);
        return Err(("operation", message));
    }
    if returned(operation) != Some(ty) {
        let message = format!("`{}` does not return `{}`", operation.id, rule.schema);
        return Err(("operation", message));
    }
    let Some(parameter_location) = location(operation, &rule.id) else {
        let message = format!("`{}` has no parameter `{}`", operation.id, rule.id);
        return Err(("id", message));
    };
    Ok(Wait {
        ty: ty.clone(),
        id: rule.id.clone(),
        status: rule.status.clone(),
        pending: rule.pending.clone(),
        failed: rule.failed.clone(),
        operation: operation.id.clone(),
        parameter: rule.id.clone(),
        parameter_location,
    })
}

/// Whether every value of a type has a string property.
fn has_string(types: &TypeTable, definition: &TypeDef, name: &str) -> bool {
    match &definition.shape {
        Shape::Struct { fields, .. } => fields.iter().any(|field| {
            field.name.wire == name
                && match &field.ty {
                    Type::String | Type::Uuid => true,
                    Type::Constant(constant) => constant.0.is_string(),
                    Type::Named(id) => types
                        .get(id)
                        .is_some_and(|it| matches!(it.shape, Shape::StringEnum { .. })),
                    _ => false,
                }
        }),
        Shape::Union { variants, .. } => variants.iter().all(|variant| {
            let id = named(&variant.ty);
            let payload = id.and_then(|id| types.get(id));
            // Unions of unions are not followed.
            payload.is_some_and(|payload| {
                matches!(payload.shape, Shape::Struct { .. }) && has_string(types, payload, name)
            })
        }),
        _ => false,
    }
}

fn named(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Named(id) => Some(id),
        Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

fn operation<'a>(resources: &'a [Resource], id: &str) -> Option<&'a Operation> {
    resources.iter().find_map(|resource| {
        let own = resource
            .operations
            .iter()
            .find(|operation| operation.id == id);
        own.or_else(|| operation(&resource.children, id))
    })
}

/// The named type that an operation returns.
fn returned(operation: &Operation) -> Option<&TypeId> {
    match &operation.success.content {
        ResponseContent::Json { ty, .. } => named(ty),
        _ => None,
    }
}

fn location(operation: &Operation, name: &str) -> Option<WaitLocation> {
    if operation.path_params.iter().any(|it| it.name.wire == name) {
        return Some(WaitLocation::Path);
    }
    if operation.query.iter().any(|it| it.name.wire == name) {
        return Some(WaitLocation::Query);
    }
    match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::JsonFields(fields)) => fields
            .iter()
            .any(|field| field.name.wire == name)
            .then_some(WaitLocation::Field),
        _ => None,
    }
}
