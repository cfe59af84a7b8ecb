use std::collections::BTreeMap;

use sdk_model::{Api, BodyContent, Field, Operation, Resource, Shape, Type};

/// Every name of the model, by what it names.
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    pub(super) fn of(api: &Api) -> Self {
        let mut names = Self(BTreeMap::new());
        for (id, def) in &api.types {
            let pointer = def.origin.as_str();
            names.add("type", pointer, "", &id.0);
            match &def.shape {
                Shape::Struct { fields, .. } => names.fields(pointer, fields),
                Shape::StringEnum { values } | Shape::IntegerEnum { values } => {
                    for value in values {
                        names.add(
                            "value",
                            pointer,
                            &value.name.wire,
                            value.name.ident.as_str(),
                        );
                    }
                }
                Shape::Union { variants, .. } => {
                    for variant in variants {
                        // A variant is identified by its payload.
                        let payload = match &variant.ty {
                            Type::Boxed(inner) => inner.as_ref(),
                            other => other,
                        };
                        let payload = match payload {
                            Type::Named(id) => api.types.get(id).map(|def| def.origin.to_string()),
                            _ => None,
                        };
                        if let Some(payload) = payload {
                            names.add("variant", pointer, &payload, variant.name.ident.as_str());
                        }
                    }
                }
                Shape::Alias(_) => {}
            }
        }
        for resource in &api.resources {
            names.resource("", resource);
        }
        names
    }

    /// Those of these that have another name, or none, in `after`.
    pub(super) fn renamed_in(&self, after: &Self) -> Vec<String> {
        self.0
            .iter()
            .filter_map(|(what, name)| match after.0.get(what) {
                Some(other) if other == name => None,
                Some(other) => Some(format!("{what}: {name} became {other}")),
                None => Some(format!("{what}: {name} is gone")),
            })
            .collect()
    }

    fn add(&mut self, kind: &str, pointer: &str, wire: &str, name: &str) {
        self.0
            .insert(format!("{kind} {pointer} {wire}"), name.to_owned());
    }

    fn fields(&mut self, pointer: &str, fields: &[Field]) {
        for field in fields {
            self.add(
                "field",
                pointer,
                &field.name.wire,
                field.name.ident.as_str(),
            );
        }
    }

    fn resource(&mut self, above: &str, resource: &Resource) {
        let path = format!("{above}.{}", resource.name.ident);
        for operation in &resource.operations {
            let pointer = operation.origin.as_str();
            let name = format!("{path}.{} {}", operation.name.ident, operation.builder);
            self.add("operation", pointer, "", &name);
            self.inputs(pointer, operation);
        }
        for child in &resource.children {
            self.resource(&path, child);
        }
    }

    fn inputs(&mut self, pointer: &str, operation: &Operation) {
        let parameters = [
            &operation.path_params,
            &operation.query,
            &operation.headers,
            &operation.cookies,
        ];
        for parameter in parameters.into_iter().flatten() {
            self.add(
                "parameter",
                pointer,
                &parameter.name.wire,
                parameter.name.ident.as_str(),
            );
        }
        if let Some(BodyContent::JsonFields(fields)) = operation.body.as_ref().map(|b| &b.content) {
            self.fields(pointer, fields);
        }
    }
}
