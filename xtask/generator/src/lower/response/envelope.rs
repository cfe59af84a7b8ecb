use serde_json::Value;

use super::super::schema::{ResolvedType, Schemas};
use super::content::whole;
use crate::extensions::{self, DeclaredEnvelope};
use sdk_model::{Envelope, ResponseContent, SpecPointer};
use sdk_openapi::diagnostics::Diagnostic;
use sdk_openapi::{Node, OperationView, ResponseView};

/// The response inside its envelope, where the document or codegen.yaml declares one.
pub(super) fn unwrapped<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    response: &ResponseView<'d>,
    schema: &Node<'d>,
) -> Option<ResponseContent> {
    let merged = schemas.merge_all_of(schema);
    if let Some(declared) = extensions::envelope(view, response) {
        let DeclaredEnvelope { key, optional } = match declared {
            Ok(declared) => declared,
            Err(problem) => {
                schemas.report(problem);
                return None;
            }
        };
        let found = match merged.properties.get(key) {
            Some(parts) => schemas.resolve_parts(&property(&merged.origin, key), parts),
            None => schemas.resolve(schema),
        };
        return Some(enveloped(key, optional, found));
    }
    let rules = &schemas.config.envelope;
    let extension = rules.key_extension.as_ref()?;
    match view.extension(extension)? {
        Value::String(key) => {
            let key = key.as_str();
            let Some(parts) = merged.properties.get(key) else {
                schemas.report(
                    Diagnostic::error(
                        &schema.origin,
                        format!("the response has no property `{key}`, which `{extension}` names"),
                    )
                    .help("correct it in an overlay"),
                );
                return None;
            };
            let found = schemas.resolve_parts(&property(&merged.origin, key), parts);
            Some(enveloped(key, false, found))
        }
        Value::Null => {
            let empty = merged.is_object()
                && !merged.properties.is_empty()
                && merged
                    .properties
                    .keys()
                    .all(|key| rules.ignore.iter().any(|known| known == key));
            empty.then_some(ResponseContent::Empty)
        }
        _ => None,
    }
}

fn property(object: &SpecPointer, key: &str) -> SpecPointer {
    object.child("properties").child(key)
}

fn enveloped(key: &str, optional: bool, found: ResolvedType) -> ResponseContent {
    ResponseContent::Json {
        ty: whole(found),
        envelope: Some(Envelope {
            key: key.to_owned(),
            optional,
        }),
    }
}
