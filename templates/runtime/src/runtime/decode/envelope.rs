use crate::runtime::Envelope;
use crate::runtime::json::{self, Error, Node};

/// Reads JSON and takes it out of its envelope. An empty body is as good as null: an answer
/// that may be null may as well be nothing.
pub(super) fn read<T>(
    body: &[u8],
    envelope: Envelope,
    read: fn(Node<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    match json::parse(body) {
        Ok(tape) => {
            let (node, member) = take_out(tape.root(), envelope)?;
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

/// What is in the envelope, and the member that holds it.
fn take_out(
    answer: Node<'_>,
    envelope: Envelope,
) -> Result<(Node<'_>, Option<&'static str>), Error> {
    let (member, required) = match envelope {
        Envelope::None => return Ok((answer, None)),
        Envelope::Required(member) => (member, true),
        Envelope::Optional(member) => (member, false),
    };
    match answer.get(member) {
        Some(inner) => Ok((inner, Some(member))),
        None if !required => Ok((answer, None)),
        None if answer.members().is_some() => Err(Error::missing(member)),
        None => Err(Error::custom(format!("expected an object with `{member}`"))),
    }
}
