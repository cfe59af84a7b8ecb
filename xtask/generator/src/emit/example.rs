//! Examples in the documentation.

use super::inputs::{self, OperationInput};
use crate::package::Package;
use sdk_model::{Api, Operation, Resource, ResponseContent, Safety, Type};

/// The documentation test of a client.
pub(super) fn of_client(api: &Api, package: &Package) -> Vec<String> {
    let names = Names::new(api, package);
    let mut lines = vec![
        "```no_run".to_owned(),
        format!(
            "# async fn example() -> Result<(), {}::Error> {{",
            names.path
        ),
        format!("use {};", names.import),
        String::new(),
        format!("let client = {}::from_env()?;", names.client),
    ];
    lines.extend(first_call(api));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned(), "```".to_owned()]);
    lines
}

/// A function that calls an API, for the README. Empty if no operation is simple enough.
pub(crate) fn of_api(api: &Api, package: &Package) -> Vec<String> {
    let names = Names::new(api, package);
    let call = first_call(api);
    if call.is_empty() {
        return call;
    }
    let mut body = vec![format!("let client = {}::from_env()?;", names.client)];
    body.extend(call);
    if let Some(list) = first_list(api) {
        body.push(String::new());
        body.push(format!("let mut items = {list}.items();"));
        body.push("while let Some(item) = items.try_next().await? {".to_owned());
        body.push("    println!(\"{item:?}\");".to_owned());
        body.push("}".to_owned());
    }
    body.push("Ok(())".to_owned());
    let mut lines = vec![
        format!("use {};", names.import),
        String::new(),
        format!("async fn example() -> Result<(), {}> {{", names.error),
    ];
    lines.extend(body.into_iter().map(|line| match line.as_str() {
        "" => line,
        _ => format!("    {line}"),
    }));
    lines.push("}".to_owned());
    lines
}

/// How callers name an API's items.
struct Names {
    path: String,
    import: String,
    client: String,
    error: String,
}

impl Names {
    fn new(api: &Api, package: &Package) -> Self {
        let path = package.module_path(api);
        if package.metadata.flat {
            return Self {
                import: format!("{path}::{{Client, Error}}"),
                client: "Client".to_owned(),
                error: "Error".to_owned(),
                path,
            };
        }
        Self {
            import: path.clone(),
            client: format!("{}::Client", api.name),
            error: format!("{}::Error", api.name),
            path,
        }
    }
}

fn first_call(api: &Api) -> Vec<String> {
    let Some((resource, operation)) = simplest(api) else {
        return Vec::new();
    };
    let call = call(resource, operation);
    let setter = first_setter(operation).unwrap_or_default();
    vec![
        format!("let response = {call}{setter}.await?;"),
        "println!(\"{response:?}\");".to_owned(),
    ]
}

fn call(resource: &Resource, operation: &Operation) -> String {
    let arguments = operation.path_params.iter();
    let arguments = arguments.map(|it| format!("\"{}\"", it.name.ident.plain()));
    let arguments: Vec<String> = arguments.collect();
    let (resource, operation) = (&resource.name.ident, &operation.name.ident);
    format!("client.{resource}().{operation}({})", arguments.join(", "))
}

/// A call of a setter, for an operation without arguments.
fn first_setter(operation: &Operation) -> Option<String> {
    if !operation.path_params.is_empty() {
        return None;
    }
    let inputs = inputs::of(operation);
    let mut setters = inputs
        .iter()
        .filter(|it| it.is_setter() && it.deprecation.is_none());
    let setter = setters.find(|it| it.ty() == Some(&Type::String))?;
    Some(format!(
        ".{}(\"{}\")",
        setter.ident(),
        OperationInput::plain_name(setter)
    ))
}

/// The call of the first paginated operation that needs no arguments.
fn first_list(api: &Api) -> Option<String> {
    let paged = |operation: &&Operation| {
        operation.pagination.is_some() && operation.path_params.is_empty() && is_simple(operation)
    };
    api.resources.iter().find_map(|resource| {
        let operation = resource.operations.iter().find(paged)?;
        Some(call(resource, operation))
    })
}

/// The first operation called `get`, or else the first safe one.
fn simplest(api: &Api) -> Option<(&Resource, &Operation)> {
    let mut first = None;
    for resource in &api.resources {
        for operation in resource.operations.iter().filter(|it| is_simple(it)) {
            if operation.name.ident.as_str() == "get" {
                return Some((resource, operation));
            }
            first = first.or(Some((resource, operation)));
        }
    }
    first
}

/// Whether an operation only reads, and needs no arguments but strings in the path.
fn is_simple(operation: &Operation) -> bool {
    let mut parameters = operation.path_params.iter();
    operation.safety == Safety::Safe
        && operation.deprecation.is_none()
        && parameters.all(|parameter| parameter.ty == Type::String)
        && matches!(operation.success.content, ResponseContent::Json { .. })
        && !super::operations::has_arguments_besides_path(operation)
}
