//! Document and configuration to operation model.
//!
//! [`lower`] continues after an error, so that one run reports all of them: the model is valid only
//! where `diagnostics` has no errors.

mod body;
mod constraints;
mod docs;
mod errors;
mod media_type;
mod naming;
mod operation;
mod pagination;
mod parameters;
mod resources;
mod response;
mod route_name;
mod schema;
mod security;
mod select;
mod servers;
mod tag_groups;
mod wait;
mod webhooks;

use foldhash::HashMap;

use crate::config::Config;
use crate::reserved;
use sdk_model::names::{Kind, Scope};
use sdk_model::{Api, SpecPointer};
use sdk_openapi::Document;
use sdk_openapi::diagnostics::Diagnostics;

use body::BodyChoice;
use naming::NamedOperation;
use schema::{ModuleLayout, Owner, Schemas};

/// Lowers a document. `name` is the API's: its module, and the feature that switches it on.
pub fn lower(
    document: &Document,
    config: &Config,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Api {
    let selected = select::select(document, config, diagnostics);
    let operation_count = selected.taken.len() + selected.skipped.len();
    let named = naming::name_operations(document, &selected.taken, config);
    let owners = named
        .iter()
        .filter(|one| one.body == BodyChoice::Default)
        .map(owner)
        .collect::<HashMap<SpecPointer, Owner>>();
    let layout = ModuleLayout::new(document, owners);
    let mut schemas = Schemas::new(document, config, layout, diagnostics);
    let counterparts = operation::get_counterparts(&selected, config);
    let servers = servers::lower(document, &selected.taken);
    let lowered: Vec<_> = named
        .iter()
        .map(|one| operation::lower(&mut schemas, one, &counterparts, &servers))
        .collect();
    let (docs_of_tags, webhooks) = (
        docs::tags(document),
        webhooks::lower(&mut schemas, &selected.taken),
    );
    let resources = resources::tree(&named, lowered, &docs_of_tags);
    let errors = errors::model(&mut schemas, &resources);
    schemas.fill();
    schemas.examine_components();
    let auth = security::schemes(&mut schemas, &resources, &servers);
    let (types, more_omissions) = schemas.into_parts();
    let mut omissions = selected.skipped;
    omissions.extend(more_omissions);
    let waits = wait::lower(config, &resources, &types, diagnostics);
    let mut api = Api {
        name: Scope::new(Kind::Module)
            .reserving(&reserved::CRATE, "api")
            .claim_wire(name),
        title: document.info().title.clone(),
        docs: document.info().description.clone().unwrap_or_default(),
        version: document.info().version.clone(),
        version_header: config.version_header.clone(),
        servers,
        base_url_env: config.base_url_env.clone(),
        success_flag: config.envelope.success_flag.clone(),
        group_features: config.group_features,
        auth,
        errors,
        resources,
        types,
        webhooks,
        omissions,
        excluded: selected.excluded,
        waits,
        operation_count,
    };
    constraints::fill(&mut api, document);
    api
}

fn owner(named: &NamedOperation<'_>) -> (SpecPointer, Owner) {
    let owner = Owner {
        module: named.module.clone(),
        prefix: named.prefix.clone(),
        success: response::with_body(named.view),
    };
    (named.view.origin().clone(), owner)
}

#[cfg(test)]
pub(crate) mod tests;
