use std::collections::HashSet;

use super::body::BodyChoice;
use super::naming::{self, NamedOperation};
use super::schema::Schemas;
use super::select::Selected;
use super::{body, docs, pagination, parameters, response, security, servers};
use crate::config::Config;
use crate::extensions;
use sdk_model::{Method, Operation, Safety, Server};
use sdk_openapi::OperationView;

/// Lowers one operation.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    named: &NamedOperation<'d>,
    get_counterparts: &HashSet<(&str, String)>,
    base: &[Server],
) -> Operation {
    let view = named.view;
    let name = named.extension_name.clone();
    let has_get_counterpart =
        name.is_some_and(|name| get_counterparts.contains(&(view.path, name)));
    let mut parameters = parameters::lower(schemas, view, named.body);
    let body = body::lower(schemas, view, named.body, &mut parameters.scope);
    let responses = response::lower(schemas, view, &mut parameters.scope);
    let (summary, text) = docs::operation(view);
    let mut operation = Operation {
        id: view
            .id
            .map_or_else(|| super::select::signature(view), str::to_owned),
        name: named.name.clone(),
        builder: named.builder.clone(),
        summary,
        docs: text,
        deprecation: docs::deprecation(view.deprecated, extensions::deprecation_note(&view.node)),
        server: servers::of(view, base),
        method: view.method.clone(),
        path: parameters::template(view.path),
        path_params: parameters.path,
        query: parameters.query,
        headers: parameters.headers,
        cookies: parameters.cookies,
        body_variant: body
            .as_ref()
            .filter(|_| named.body != BodyChoice::Default)
            .map(|body| body.media_type.clone()),
        body,
        success: responses.success,
        errors: responses.errors,
        security: security::of(schemas, view),
        safety: safety(schemas, view, has_get_counterpart),
        pagination: None,
        streaming: responses.streaming,
        representations: responses.representations,
        origin: view.origin().clone(),
    };
    operation.pagination = pagination::of(schemas, &operation, responses.body.as_ref());
    operation
}

/// The safety of an operation: `x-safety`, else that of its method. A POST with a GET counterpart,
/// of the same name on the same path, only reads.
fn safety(
    schemas: &mut Schemas<'_, '_>,
    view: &OperationView<'_>,
    has_get_counterpart: bool,
) -> Safety {
    let by_method = match view.method {
        Method::Get | Method::Head | Method::Options | Method::Trace | Method::Query => {
            Safety::Safe
        }
        Method::Put | Method::Delete => Safety::Idempotent,
        Method::Post if has_get_counterpart => Safety::Safe,
        Method::Post | Method::Patch | Method::Other(_) => Safety::Unsafe,
    };
    match extensions::safety(view) {
        None => by_method,
        Some(Ok(declared)) => declared,
        Some(Err(problem)) => {
            schemas.report(problem);
            by_method
        }
    }
}

/// The path and extension name of every GET operation, including skipped ones.
pub(super) fn get_counterparts<'v>(
    selected: &'v Selected<'_>,
    config: &Config,
) -> HashSet<(&'v str, String)> {
    let views = selected.taken.iter().chain(&selected.skipped_views);
    views
        .filter(|view| view.method == Method::Get)
        .filter_map(|view| Some((view.path, naming::extension_name(view, config)?)))
        .collect()
}
