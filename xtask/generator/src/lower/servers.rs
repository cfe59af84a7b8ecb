use crate::reserved;
use sdk_model::{Name, Server, ServerVariable};
use sdk_openapi::{Document, OperationView};

/// The servers: the document's, else those that all operations share.
pub(super) fn lower(document: &Document, views: &[OperationView<'_>]) -> Vec<Server> {
    let own = document.servers();
    let declared = if own.is_empty() {
        views
            .iter()
            .map(|view| view.servers.as_slice())
            .find(|servers| !servers.is_empty())
    } else {
        Some(own)
    };
    declared.unwrap_or_default().iter().map(server).collect()
}

/// The server of an operation that does not use the API's. Its variables have their defaults, except
/// for those that the API's server has too, which the caller sets.
pub(super) fn of(view: &OperationView<'_>, base: &[Server]) -> Option<String> {
    let own = view.servers.first()?;
    let api = base.first();
    if api.is_some_and(|api| api.url == own.url) {
        return None;
    }
    let mut url = own.url.clone();
    for (name, variable) in own.variables.iter().flatten() {
        let shared = api.is_some_and(|api| api.variables.iter().any(|v| v.name.wire == *name));
        if !shared {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
    }
    let is_whole = url.contains("://") || url.starts_with('/');
    Some(if is_whole { url } else { format!("/{url}") })
}

fn server(server: &openapiv3::Server) -> Server {
    let declared = server.variables.iter().flatten();
    let wires: Vec<&str> = declared.clone().map(|(name, _)| name.as_str()).collect();
    let idents = reserved::client_builder_scope("variable").claim_wires(&wires);
    Server {
        url: server.url.clone(),
        docs: server
            .description
            .as_deref()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        variables: declared
            .zip(idents)
            .map(|((name, variable), ident)| ServerVariable {
                name: Name {
                    wire: name.clone(),
                    ident,
                },
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                docs: variable
                    .description
                    .as_deref()
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            })
            .collect(),
    }
}
