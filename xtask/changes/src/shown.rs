//! Whether the crate shows that something is another: the code is made with it, and compared.
//!
//! Nothing here knows what the code looks like, so none of it can be wrong about that.

use super::operations::Found;
use sdk_generator::emit::{Context, public_api};
use sdk_model::{Api, Operation, ResponseContent, Success, TypeDef, TypeTable};

/// Whether what belongs to the whole API shows something that `edit` takes from the new model.
pub(super) fn by_api(old: &Api, new: &Api, edit: impl Fn(&mut Api, &Api)) -> bool {
    let code = |api: &Api| public_api::api_code(&Context::new(api)).to_string();
    let mut shell = shell(old);
    let before = code(&shell);
    edit(&mut shell, new);
    before != code(&shell)
}

/// The API without what is told part by part.
fn shell(api: &Api) -> Api {
    Api {
        name: api.name.clone(),
        title: api.title.clone(),
        docs: api.docs.clone(),
        version: api.version.clone(),
        version_header: api.version_header.clone(),
        servers: api.servers.clone(),
        base_url_env: api.base_url_env.clone(),
        success_flag: api.success_flag.clone(),
        group_features: api.group_features,
        auth: api.auth.clone(),
        errors: api.errors.clone(),
        resources: Vec::new(),
        types: TypeTable::new(),
        webhooks: Vec::new(),
        omissions: Vec::new(),
        operation_count: api.operation_count,
    }
}

/// Whether an operation shows what `pick` takes from each side. All else is as on the old side.
pub(super) fn by_operation(
    contexts: [&Context<'_>; 2],
    sides: [&Found<'_>; 2],
    pick: impl Fn(&mut Operation, &Operation),
) -> bool {
    let [old, _] = sides;
    let Some(resource) = old.resource() else {
        return false;
    };
    let code = |context: &Context<'_>, side: &Found<'_>| {
        let mut bare = bare(old.operation);
        pick(&mut bare, side.operation);
        public_api::operation_code(context, resource, &bare).to_string()
    };
    let [before, after] = contexts;
    let [old, new] = sides;
    code(before, old) != code(after, new)
}

/// The operation, taking and answering nothing.
fn bare(operation: &Operation) -> Operation {
    Operation {
        path_params: Vec::new(),
        query: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
        body: None,
        success: Success {
            statuses: Vec::new(),
            accept: Vec::new(),
            content: ResponseContent::Empty,
            headers: Vec::new(),
            docs: String::new(),
        },
        errors: Vec::new(),
        pagination: None,
        streaming: None,
        ..operation.clone()
    }
}

/// Whether a type shows what `edit` makes of it.
pub(super) fn by_type(
    context: &Context<'_>,
    old: &TypeDef,
    edit: impl FnOnce(&mut TypeDef),
) -> bool {
    let code = |definition: &TypeDef| public_api::type_code(context, definition).to_string();
    let mut edited = old.clone();
    edit(&mut edited);
    code(old) != code(&edited)
}
