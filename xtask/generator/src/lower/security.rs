use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, SecurityScheme as Known};

use super::resources::operations;
use super::schema::Schemas;
use crate::reserved;
use sdk_model::names::Claim;
use sdk_model::{
    Deprecation, Name, Resource, SchemeKind, SchemeUse, SecurityScheme, Server, SpecPointer,
};
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{OperationView, SecurityScheme as Declared};

/// The schemes that the operations require; all of them where no operation requires any.
pub(super) fn schemes(
    schemas: &mut Schemas<'_, '_>,
    resources: &[Resource],
    servers: &[Server],
) -> Vec<SecurityScheme> {
    let used: BTreeSet<String> = operations(resources)
        .into_iter()
        .flat_map(|operation| operation.security.iter().flatten())
        .map(|used| used.scheme.clone())
        .collect();
    let config = schemas.config;
    let document = schemas.document;
    for key in config.credentials.keys() {
        if !document.security_schemes().contains_key(key) {
            schemas.report(
                Diagnostic::error(
                    config.location("/credentials").child(key),
                    format!("the document has no security scheme `{key}`"),
                )
                .help("its keys are those of components.securitySchemes"),
            );
        }
    }
    let location = SpecPointer::new("#/components/securitySchemes");
    let declared: Vec<_> = document
        .security_schemes()
        .iter()
        .filter(|(key, _)| used.is_empty() || used.contains(*key))
        .collect();
    let wires: Vec<&str> = declared
        .iter()
        .map(|(key, _)| {
            let credential = config
                .credentials
                .get(*key)
                .and_then(|credential| credential.name.as_deref());
            credential.unwrap_or(key)
        })
        .collect();
    let claims: Vec<Claim<'_>> = wires
        .iter()
        .map(|wire| Claim {
            disambiguators: &["credential"],
            ..Claim::of(wire)
        })
        .collect();
    for (index, (key, _)) in declared.iter().enumerate() {
        let credential = config.credentials.get(*key);
        let Some(name) = credential.and_then(|credential| credential.name.as_deref()) else {
            continue;
        };
        if reserved::is_client_builder_method(name) || wires[..index].contains(&name) {
            let location = config.location("/credentials").child(key).child("name");
            let message = format!("the client builder already has a method `{name}`");
            schemas.report(Diagnostic::error(location, message).help("choose another name"));
        }
    }
    let mut scope = reserved::client_builder_scope("credential");
    // Server variables are setters of the same builder.
    for variable in servers.iter().take(1).flat_map(|server| &server.variables) {
        scope.block(&variable.name.ident);
    }
    let idents = scope.claim_all(&claims);
    declared
        .into_iter()
        .zip(idents)
        .map(|((key, scheme), ident)| SecurityScheme {
            name: Name {
                wire: key.clone(),
                ident,
            },
            kind: kind(scheme),
            env: config
                .credentials
                .get(key)
                .and_then(|credential| credential.env.clone()),
            prefixes: config
                .credentials
                .get(key)
                .map(|credential| credential.prefix.clone())
                .unwrap_or_default(),
            rejects: config
                .credentials
                .get(key)
                .map(|credential| credential.rejects.clone().into_iter().collect())
                .unwrap_or_default(),
            docs: docs(scheme),
            deprecation: deprecation(schemas, key),
            origin: location.child(key),
        })
        .collect()
}

fn kind(scheme: &Declared) -> SchemeKind {
    let Declared::Known(scheme) = scheme else {
        return SchemeKind::MutualTls;
    };
    match scheme.as_ref() {
        Known::APIKey { location, name, .. } => match location {
            APIKeyLocation::Header => SchemeKind::Header(name.clone()),
            APIKeyLocation::Query => SchemeKind::Query(name.clone()),
            APIKeyLocation::Cookie => SchemeKind::Cookie(name.clone()),
        },
        Known::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => SchemeKind::Bearer,
        Known::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => SchemeKind::Basic,
        Known::HTTP { scheme, .. } => SchemeKind::Http(scheme.clone()),
        Known::OAuth2 { .. } | Known::OpenIDConnect { .. } => SchemeKind::Bearer,
    }
}

/// Whether a scheme is deprecated (OpenAPI 3.2).
fn deprecation(schemas: &Schemas<'_, '_>, key: &str) -> Option<Deprecation> {
    let components = schemas.document.root().get("components");
    let schemes = components.and_then(|components| components.get("securitySchemes"));
    let scheme = schemes.and_then(|schemes| schemes.get(key))?;
    super::docs::deprecation(scheme.flag("deprecated"), String::new())
}

fn docs(scheme: &Declared) -> String {
    let Declared::Known(scheme) = scheme else {
        return String::new();
    };
    let (Known::APIKey { description, .. }
    | Known::HTTP { description, .. }
    | Known::OAuth2 { description, .. }
    | Known::OpenIDConnect { description, .. }) = scheme.as_ref();
    description.as_deref().unwrap_or_default().trim().to_owned()
}

/// The security requirements of an operation: its own, else the document's.
pub(super) fn of(schemas: &mut Schemas<'_, '_>, view: &OperationView<'_>) -> Vec<Vec<SchemeUse>> {
    let own = view.security.as_deref();
    let mut found = Vec::new();
    for requirement in own.unwrap_or(schemas.document.security()) {
        let unknown = requirement
            .keys()
            .any(|key| !schemas.document.security_schemes().contains_key(key));
        // Validation has reported it.
        if unknown {
            continue;
        }
        found.push(
            requirement
                .iter()
                .map(|(scheme, scopes)| SchemeUse {
                    scheme: scheme.clone(),
                    scopes: scopes.clone(),
                })
                .collect(),
        );
    }
    found
}
