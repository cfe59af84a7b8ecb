use crate::runtime::Envelope;
use crate::runtime::json::{self, Error, Node};

/// Decodes JSON without its envelope. An empty body is decoded as null, if the type allows it.
pub(super) fn read<T>(
    body: &[u8],
    envelope: Envelope,
    read: fn(Node<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    match json::parse(body) {
        Ok(tape) => {
            let (node, member) = unwrap_envelope(tape.root(), envelope)?;
            read(node).map_err(|error| match member {
                Some(member) => error.in_member(member),
                None => error,
            })
        }
        Err(error) if body.trim_ascii().is_empty() => {
            read(Node::NULL).map_err(|_| error)
        }
        Err(error) => Err(error),
    }
}

/// The value in the envelope, and the property that contains it.
fn unwrap_envelope(
    response: Node<'_>,
    envelope: Envelope,
) -> Result<(Node<'_>, Option<&'static str>), Error> {
    let (member, required) = match envelope {
        Envelope::None => return Ok((response, None)),
        Envelope::Required(member) => (member, true),
        Envelope::Optional(member) => (member, false),
    };
    match response.get(member) {
        Some(inner) => Ok((inner, Some(member))),
        None if !required => Ok((response, None)),
        None if response.members().is_some() => Err(Error::missing(member)),
        None => Err(Error::custom(format!("expected an object with `{member}`"))),
    }
}
