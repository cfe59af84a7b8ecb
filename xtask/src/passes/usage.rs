use std::collections::HashMap;

use super::named;
use crate::model::{
    Api, BodyContent, Operation, Parameter, Resource, ResponseContent, Shape, Type, TypeId,
    TypeTable, Usage,
};

/// Marks in which directions each type travels.
pub(super) fn mark(api: &mut Api) {
    let mut request: Vec<TypeId> = Vec::new();
    let mut response: Vec<TypeId> = Vec::new();
    for resource in &api.resources {
        of_resource(resource, &mut request, &mut response);
    }
    let payloads = api.webhooks.iter().map(|webhook| &webhook.payload);
    for ty in payloads.chain(&api.errors.body) {
        add(ty, &mut response);
    }
    spread(&mut api.types, request, |usage| &mut usage.request);
    spread(&mut api.types, response, |usage| &mut usage.response);
}

fn of_resource(resource: &Resource, request: &mut Vec<TypeId>, response: &mut Vec<TypeId>) {
    for operation in &resource.operations {
        of_operation(operation, request, response);
    }
    for child in &resource.children {
        of_resource(child, request, response);
    }
}

fn of_operation(operation: &Operation, request: &mut Vec<TypeId>, response: &mut Vec<TypeId>) {
    let parameters = [
        &operation.path_params,
        &operation.query,
        &operation.headers,
        &operation.cookies,
    ];
    for Parameter { ty, .. } in parameters.into_iter().flatten() {
        add(ty, request);
    }
    match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::JsonFields(fields)) => {
            for field in fields {
                add(&field.ty, request);
            }
        }
        Some(BodyContent::FormFields(parts) | BodyContent::Multipart(parts)) => {
            for part in parts {
                add(&part.field.ty, request);
            }
        }
        Some(BodyContent::Json(ty) | BodyContent::Form(ty)) => add(ty, request),
        Some(BodyContent::Text | BodyContent::Bytes) | None => {}
    }
    match &operation.success.content {
        ResponseContent::Json { ty, .. }
        | ResponseContent::JsonOrText(ty)
        | ResponseContent::Events { ty, .. } => add(ty, response),
        ResponseContent::Empty | ResponseContent::Text | ResponseContent::Bytes => {}
    }
    for error in &operation.errors {
        if let Some(body) = &error.body {
            add(body, response);
        }
    }
}

fn add(ty: &Type, found: &mut Vec<TypeId>) {
    let mut ids = Vec::new();
    named(ty, &mut ids);
    found.extend(ids.into_iter().cloned());
}

/// Marks what is reached from `roots`, without recursion.
fn spread(types: &mut TypeTable, mut roots: Vec<TypeId>, mark: fn(&mut Usage) -> &mut bool) {
    let mut inner: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, def) in types.iter() {
        let mut ids = Vec::new();
        for ty in held(&def.shape) {
            named(ty, &mut ids);
        }
        inner.insert(id.clone(), ids.into_iter().cloned().collect());
    }
    while let Some(id) = roots.pop() {
        let Some(def) = types.get_mut(&id) else {
            continue;
        };
        let marked = mark(&mut def.usage);
        if !*marked {
            *marked = true;
            roots.extend(inner.get(&id).into_iter().flatten().cloned());
        }
    }
}

/// The types that a shape holds.
pub(super) fn held(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct { fields, additional } => fields
            .iter()
            .map(|field| &field.ty)
            .chain(additional)
            .collect(),
        Shape::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::StringEnum { .. } | Shape::IntegerEnum { .. } => Vec::new(),
    }
}
