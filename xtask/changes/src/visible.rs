//! Whether generated code shows a difference: the code is generated with it, and compared.

use sdk_generator::emit::{Context, public_api};
use sdk_model::{Api, Operation, ResponseContent, Success, TypeDef, TypeTable};

use super::located::LocatedOperation;

/// Whether the API's own code shows what `edit` takes from the new model.
pub(super) fn by_api(old: &Api, new: &Api, edit: impl Fn(&mut Api, &Api)) -> bool {
    let code = |api: &Api| public_api::api_code(&Context::new(api)).to_string();
    let mut shell = without_items(old);
    let before = code(&shell);
    edit(&mut shell, new);
    before != code(&shell)
}

/// The API without its resources, types and webhooks.
fn without_items(api: &Api) -> Api {
    Api {
        resources: Vec::new(),
        types: TypeTable::new(),
        webhooks: Vec::new(),
        omissions: Vec::new(),
        ..api.clone()
    }
}

/// Whether an operation's code shows what `pick` takes from each side; all else is as on the old
/// side.
pub(super) fn by_operation(
    contexts: [&Context<'_>; 2],
    sides: [&LocatedOperation<'_>; 2],
    pick: impl Fn(&mut Operation, &Operation),
) -> bool {
    let [old, _] = sides;
    let Some(resource) = old.resource() else {
        return false;
    };
    let code = |context: &Context<'_>, side: &LocatedOperation<'_>| {
        let mut bare = without_parts(old.operation);
        pick(&mut bare, side.operation);
        public_api::operation_code(context, resource, &bare).to_string()
    };
    let [before, after] = contexts;
    let [old, new] = sides;
    code(before, old) != code(after, new)
}

/// The operation without parameters, bodies and responses.
fn without_parts(operation: &Operation) -> Operation {
    Operation {
        path_params: Vec::new(),
        query: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
        body: None,
        body_variant: None,
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
        representations: Vec::new(),
        ..operation.clone()
    }
}

/// Whether a type's code shows what `edit` does to it.
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
