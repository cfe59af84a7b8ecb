use foldhash::HashMap;

use sdk_model::{Api, Operation, Resource, Type, TypeId, TypeTable, Usage};

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
    for ty in operation.sent() {
        add(ty, request);
    }
    for ty in operation.received() {
        add(ty, response);
    }
}

fn add(ty: &Type, found: &mut Vec<TypeId>) {
    found.extend(ty.named().into_iter().cloned());
}

/// Marks what is reached from `roots`, without recursion.
fn spread(types: &mut TypeTable, mut roots: Vec<TypeId>, mark: fn(&mut Usage) -> &mut bool) {
    let mut inner: HashMap<TypeId, Vec<TypeId>> = HashMap::default();
    for (id, def) in types.iter() {
        let held = def.shape.held().into_iter().flat_map(Type::named);
        inner.insert(id.clone(), held.cloned().collect());
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
