use bytes::Bytes;
use serde::de::Error as _;
use serde_json::Value;

use crate::runtime::{Context, Envelope, Failure, Payload, json};

/// Where a value came from, for the error that says it could not be read.
pub(super) struct Origin {
    context: Context,
    body: Bytes,
    /// The member that the value was taken out of.
    member: Option<&'static str>,
    /// That there was no text at all, if so.
    empty: Option<json::Error>,
}

impl Origin {
    /// The failure, with all that came.
    pub(super) fn failure(self, error: json::Error) -> Failure {
        let error = match (self.empty, self.member) {
            (Some(empty), _) => empty,
            (None, Some(member)) => error.in_member(member.to_owned()),
            (None, None) => error,
        };
        let path = error.path().unwrap_or_default();
        Failure::decode(self.context, self.body, &path, error.message().to_owned())
    }
}

/// Reads JSON and takes it out of its envelope. An empty body is null for now: an answer that
/// may be null may as well be nothing.
pub(super) fn open(
    payload: Payload,
    envelope: Envelope,
) -> Result<(Value, Origin), Failure> {
    let (context, body) = payload.into_bytes()?;
    let mut origin = Origin { context, body, member: None, empty: None };
    let value = match json::parse(&origin.body) {
        Ok(value) => value,
        Err(error) if origin.body.trim_ascii().is_empty() => {
            origin.empty = Some(error);
            return Ok((Value::Null, origin));
        }
        Err(error) => return Err(origin.failure(error)),
    };
    match take_out(value, envelope) {
        Ok((value, member)) => {
            origin.member = member;
            Ok((value, origin))
        }
        Err(error) => Err(origin.failure(error)),
    }
}

fn take_out(
    mut value: Value,
    envelope: Envelope,
) -> Result<(Value, Option<&'static str>), json::Error> {
    let (member, required) = match envelope {
        Envelope::None => return Ok((value, None)),
        Envelope::Required(member) => (member, true),
        Envelope::Optional(member) => (member, false),
    };
    let inner = value.as_object_mut().and_then(|members| members.remove(member));
    match (inner, required) {
        (Some(inner), _) => Ok((inner, Some(member))),
        (None, false) => Ok((value, None)),
        (None, true) if value.is_object() => Err(json::Error::missing_field(member)),
        (None, true) => {
            Err(json::Error::custom(format!("expected an object with `{member}`")))
        }
    }
}
