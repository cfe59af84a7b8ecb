use crate::runtime::json::{self, Error, FromJson, Node};
use crate::runtime::{Api, Envelope};

/// Decodes JSON without its envelope. An empty body is decoded as null, if the type allows it.
pub(super) fn read<T: FromJson>(
    body: &[u8],
    api: &Api,
    envelope: Envelope,
) -> Result<T, Error> {
    let decode = |root: Node<'_>| {
        check_success(root, api)?;
        let (node, member) = unwrap_envelope(root, envelope)?;
        T::from_json(node).map_err(|error| match member {
            Some(member) => error.in_member(member),
            None => error,
        })
    };
    match json::read(body, decode) {
        Err(error) if body.trim_ascii().is_empty() => T::of_empty_body().ok_or(error),
        decoded => decoded,
    }
}

/// Checks the property by which an API reports that a call failed.
pub(crate) fn check_success(response: Node<'_>, api: &Api) -> Result<(), Error> {
    let Some(flag) = api.success_flag else { return Ok(()) };
    match response.get(flag).and_then(Node::as_bool) {
        Some(false) => Err(Error::failure()),
        _ => Ok(()),
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
