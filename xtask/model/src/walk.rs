//! The types that items contain.

use super::{Api, BodyContent, Operation, Parameter, ResponseContent, Shape, Type, TypeId};

impl Operation {
    /// The types of what is sent.
    pub fn sent(&self) -> Vec<&Type> {
        let locations = [&self.path_params, &self.query, &self.headers, &self.cookies];
        let parameters = locations.into_iter().flatten();
        let mut types: Vec<&Type> = parameters.map(|Parameter { ty, .. }| ty).collect();
        match self.body.as_ref().map(|body| &body.content) {
            Some(BodyContent::JsonFields(fields)) => {
                types.extend(fields.iter().map(|field| &field.ty));
            }
            Some(BodyContent::FormFields(parts) | BodyContent::Multipart { parts, .. }) => {
                types.extend(parts.iter().map(|part| &part.field.ty));
            }
            Some(
                BodyContent::Json(ty)
                | BodyContent::JsonItems { ty, .. }
                | BodyContent::Form { ty, .. },
            ) => types.push(ty),
            Some(BodyContent::UnnamedParts { .. } | BodyContent::Text | BodyContent::Bytes)
            | None => {}
        }
        types
    }

    /// The types of what comes back.
    pub fn received(&self) -> Vec<&Type> {
        let others = self.representations.iter().map(|other| &other.content);
        let contents = [&self.success.content].into_iter().chain(others);
        let success = contents.filter_map(ResponseContent::ty);
        let errors = self.errors.iter().filter_map(|error| error.body.as_ref());
        let streamed = self.streaming.iter().map(|streaming| &streaming.ty);
        success.chain(errors).chain(streamed).collect()
    }
}

impl ResponseContent {
    /// The type that it decodes into.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json { ty, .. } | Self::JsonOrText(ty) | Self::Events { ty, .. } => Some(ty),
            Self::Empty | Self::Text | Self::Bytes | Self::Location => None,
        }
    }
}

impl Shape {
    /// The types that it holds.
    pub fn held(&self) -> Vec<&Type> {
        match self {
            Self::Struct { fields, additional } => fields
                .iter()
                .map(|field| &field.ty)
                .chain(additional)
                .collect(),
            Self::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::StringEnum { .. } | Self::IntegerEnum { .. } => Vec::new(),
        }
    }
}

impl Type {
    /// Visits it, and then the types inside it.
    pub fn walk<'t>(&'t self, visit: &mut dyn FnMut(&'t Type)) {
        visit(self);
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::JsonText(inner) => {
                inner.walk(visit);
            }
            Self::Tuple { items, .. } => items.iter().for_each(|item| item.walk(visit)),
            _ => {}
        }
    }

    /// Changes the types inside it, and then it.
    pub fn walk_mut(&mut self, change: &mut dyn FnMut(&mut Type)) {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::JsonText(inner) => {
                inner.walk_mut(change);
            }
            Self::Tuple { items, .. } => items.iter_mut().for_each(|item| item.walk_mut(change)),
            _ => {}
        }
        change(self);
    }

    /// The types that it refers to by name.
    pub fn named(&self) -> Vec<&TypeId> {
        let mut found = Vec::new();
        self.walk(&mut |ty| {
            if let Self::Named(id) = ty {
                found.push(id);
            }
        });
        found
    }

    /// Whether it is a type, or is made of it: `Vec<Uuid>` of `Uuid`.
    pub fn is_made_of(&self, part: &Type) -> bool {
        let mut found = false;
        self.walk(&mut |ty| found |= ty == part);
        found
    }
}

impl Api {
    /// Whether any part of it contains a type.
    pub fn has(&self, part: &Type) -> bool {
        let mut types: Vec<&Type> = self
            .types
            .values()
            .flat_map(|def| def.shape.held())
            .collect();
        types.extend(self.webhooks.iter().map(|webhook| &webhook.payload));
        types.extend(&self.errors.body);
        let mut open: Vec<_> = self.resources.iter().collect();
        while let Some(resource) = open.pop() {
            for operation in &resource.operations {
                types.extend(operation.sent());
                types.extend(operation.received());
            }
            open.extend(&resource.children);
        }
        types.into_iter().any(|ty| ty.is_made_of(part))
    }
}
