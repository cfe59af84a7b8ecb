//! Request bodies that are objects, however callers give them: property by property, or whole.

use sdk_generator::emit::Context;
use sdk_model::{BodyContent, Field, Operation, Shape, Type};

/// The encoding of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Json,
    Form,
}

/// The properties that both bodies are made of, where both are objects in one encoding.
pub(super) fn fields<'m>(
    contexts: [&Context<'m>; 2],
    operations: [&'m Operation; 2],
) -> Option<[Vec<&'m Field>; 2]> {
    let content = |at: usize| {
        let body = operations.get(at)?.body.as_ref()?;
        object(contexts.get(at)?, &body.content)
    };
    let ((old_encoding, old), (new_encoding, new)) = (content(0)?, content(1)?);
    (old_encoding == new_encoding).then_some([old, new])
}

fn object<'m>(
    context: &Context<'m>,
    content: &'m BodyContent,
) -> Option<(Encoding, Vec<&'m Field>)> {
    let (encoding, fields): (_, Vec<&Field>) = match content {
        BodyContent::JsonFields(fields) => (Encoding::Json, fields.iter().collect()),
        BodyContent::FormFields(parts) => (
            Encoding::Form,
            parts.iter().map(|part| &part.field).collect(),
        ),
        BodyContent::Json(ty) => (Encoding::Json, properties(context, ty)?),
        BodyContent::Form { ty, styles: _ } => (Encoding::Form, properties(context, ty)?),
        BodyContent::JsonItems { .. }
        | BodyContent::Multipart { .. }
        | BodyContent::UnnamedParts { .. }
        | BodyContent::Text
        | BodyContent::Bytes => return None,
    };
    let sent = fields.into_iter().filter(|field| !field.read_only);
    Some((encoding, sent.collect()))
}

fn properties<'m>(context: &Context<'m>, ty: &'m Type) -> Option<Vec<&'m Field>> {
    match ty {
        Type::Boxed(inner) => properties(context, inner),
        Type::Named(id) => match &context.api.types.get(id)?.shape {
            Shape::Struct {
                fields,
                additional: _,
            } => Some(fields.iter().collect()),
            Shape::Alias(target) => properties(context, target),
            Shape::StringEnum { .. } | Shape::IntegerEnum { .. } | Shape::Union { .. } => None,
        },
        _ => None,
    }
}
