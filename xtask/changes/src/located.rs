//! Operations and resources with the resources that lead to them.

use sdk_generator::emit::Context;
use sdk_model::{Api, Operation, PathSegment, Resource};

/// An operation and the resources that lead to it.
#[derive(Clone)]
pub(super) struct LocatedOperation<'m> {
    pub(super) operation: &'m Operation,
    pub(super) path: Vec<&'m Resource>,
}

impl<'m> LocatedOperation<'m> {
    /// `GET /sessions`, and the media type of a body that is not the default one.
    pub(super) fn line(&self) -> String {
        let Operation {
            method,
            path,
            body_variant,
            ..
        } = self.operation;
        let line = format!("{} {}", method.as_str(), path.text);
        match body_variant {
            Some(media_type) => format!("{line} as {media_type}"),
            None => line,
        }
    }

    /// Whether both have one method and one path, the names of path parameters aside.
    pub(super) fn has_same_target(&self, other: &Self) -> bool {
        let target = |found: &Self| {
            let segments = found.operation.path.segments.iter();
            let segments: Vec<String> = segments
                .map(|segment| match segment {
                    PathSegment::Literal(text) => text.clone(),
                    PathSegment::Parameter(_) => "{}".to_owned(),
                })
                .collect();
            (found.operation.method.clone(), segments)
        };
        target(self) == target(other)
    }

    /// The resource that has the operation.
    pub(super) fn resource(&self) -> Option<&'m Resource> {
        self.path.last().copied()
    }

    /// `clerk::resources::sessions::Sessions::get`
    pub(super) fn rust_path(&self, context: &Context<'_>) -> String {
        format!(
            "{}::{}",
            resource_path(context, &self.path),
            self.operation.name.ident
        )
    }
}

/// `clerk::resources::sessions::Sessions`
pub(super) fn resource_path(context: &Context<'_>, path: &[&Resource]) -> String {
    let mut segments = vec![context.api.name.as_str(), "resources"];
    segments.extend(path.iter().map(|resource| resource.name.ident.as_str()));
    segments.extend(path.last().map(|resource| resource.type_name.as_str()));
    segments.join("::")
}

/// Every operation.
pub(super) fn operations(api: &Api) -> Vec<LocatedOperation<'_>> {
    resources(api)
        .into_iter()
        .flat_map(|path| {
            let operations = path.last().map(|resource| resource.operations.iter());
            let operations = operations.into_iter().flatten();
            let located = operations.map(|operation| LocatedOperation {
                operation,
                path: path.clone(),
            });
            located.collect::<Vec<_>>()
        })
        .collect()
}

/// Every resource, after the resources that lead to it.
pub(super) fn resources(api: &Api) -> Vec<Vec<&Resource>> {
    let mut open: Vec<Vec<&Resource>> = api
        .resources
        .iter()
        .map(|resource| vec![resource])
        .collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        let children = path.last().into_iter().flat_map(|it| &it.children);
        for child in children {
            open.push([path.as_slice(), &[child]].concat());
        }
        found.push(path);
    }
    found
}
