//! Operations that answer whole, or as a stream where they are asked to.

use super::content::Media;
use super::response;
use super::schema::Schemas;
use sdk_model::{Streaming, Type};
use sdk_openapi::{MediaTypeView, OperationView};

/// The usual name of the property that asks for a stream.
const ASKS: &str = "stream";

/// The stream that stands beside an operation's usual answer.
pub(super) fn of<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>) -> Option<Streaming> {
    let media = beside(view)?;
    let format = response::event_format(media)?;
    Some(Streaming {
        ty: response::event_type(schemas, media),
        format,
        media_type: media.media_type.to_owned(),
        asked_by: asked_by(schemas, view),
    })
}

/// The first entry of a success that is a stream, where the answer is taken from another one.
pub(super) fn beside<'v, 'd>(view: &'v OperationView<'d>) -> Option<&'v MediaTypeView<'d>> {
    response::success(view).into_iter().find_map(|response| {
        let taken = response::preferred(&response.content)?;
        if response::event_format(taken).is_some() {
            return None;
        }
        response
            .content
            .iter()
            .find(|media| response::event_format(media).is_some())
    })
}

/// The property of the JSON body that asks for the stream.
fn asked_by<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>) -> Option<String> {
    let request = view.request_body.as_ref()?;
    let sent = super::body::preferred(&request.content)?;
    if !Media::of(sent.media_type).is_json() {
        return None;
    }
    let schema = sent.schema.as_ref()?;
    let flat = schemas.flat(schema);
    let parts = flat.properties.get(ASKS)?;
    let place = flat.origin.child("properties").child(ASKS);
    let found = schemas.use_of_parts(&place, parts);
    (found.ty == Type::Bool).then(|| ASKS.to_owned())
}
