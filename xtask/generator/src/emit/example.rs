//! Examples in the documentation of clients.

use sdk_model::{Api, Operation, Resource, ResponseContent, Safety, Type};

/// The documentation test of a client.
pub(super) fn of_client(api: &Api, library: &str) -> Vec<String> {
    let module = &api.name;
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example() -> Result<(), {library}::{module}::Error> {{"),
        format!("use {library}::{module};"),
        String::new(),
        format!("let client = {module}::Client::from_env()?;"),
    ];
    if let Some((resource, operation)) = simplest(api) {
        let arguments = operation
            .path_params
            .iter()
            .map(|parameter| format!("\"{}\"", parameter.name.ident.plain()));
        let arguments: Vec<String> = arguments.collect();
        lines.push(format!(
            "let response = client.{}().{}({}).await?;",
            resource.name.ident,
            operation.name.ident,
            arguments.join(", ")
        ));
        lines.push("println!(\"{response:?}\");".to_owned());
    }
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
    lines
}

/// The first operation called `get`, or else the first safe one.
fn simplest(api: &Api) -> Option<(&Resource, &Operation)> {
    let all = || {
        api.resources.iter().flat_map(|resource| {
            resource
                .operations
                .iter()
                .map(move |operation| (resource, operation))
        })
    };
    let simple = |operation: &Operation| {
        let plain = |ty: &Type| matches!(ty, Type::String);
        operation.safety == Safety::Safe
            && operation.deprecation.is_none()
            && operation
                .path_params
                .iter()
                .all(|parameter| plain(&parameter.ty))
            && matches!(operation.success.content, ResponseContent::Json { .. })
            && !super::operations::has_arguments_besides_path(operation)
    };
    let mut first = None;
    for (resource, operation) in all().filter(|(_, operation)| simple(operation)) {
        if operation.name.ident.as_str() == "get" {
            return Some((resource, operation));
        }
        first = first.or(Some((resource, operation)));
    }
    first
}
