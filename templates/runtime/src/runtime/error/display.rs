//! Formats errors: one line, and in `Debug` the causes.

use std::fmt;

use bytes::Bytes;

use super::Inner;
use crate::runtime::{ErrorKind, Operation, redact};

impl Inner {
    /// Writes the part after the operation: `404 Not Found, not_found: No such session`.
    fn write_description(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, context, message, json_path, .. } = self;
        match (kind, context.status) {
            (ErrorKind::Status | ErrorKind::Redirect, Some(status)) => {
                write!(f, "{status}")?;
                if let Some(code) = &self.details().code {
                    write!(f, ", {}", redact::one_line(code))?;
                }
                if let Some(text) = &self.details().message {
                    write!(f, ": {}", redact::one_line(text))?;
                }
            }
            _ => write!(f, "{kind}")?,
        }
        if let Some(path) = json_path {
            write!(f, " at `{}`", redact::one_line(path))?;
        }
        if !message.is_empty() {
            write!(f, ": {}", redact::message_line(message))?;
        }
        Ok(())
    }
}

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.context.operation {
            Some(Operation { id: "", method, path, .. }) => {
                write!(f, "{} {path}: ", method.as_str())?;
            }
            Some(Operation { id, method, path, .. }) => {
                write!(f, "{id} ({} {path}): ", method.as_str())?;
            }
            None => write!(f, "{}: ", self.context.api.name)?,
        }
        self.write_description(f)?;
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", redact::one_line(id))?;
        }
        if let attempts @ 2.. = self.context.attempts {
            write!(f, " after {attempts} attempts")?;
        }
        match self.total {
            Some(total) => write!(f, "; total timeout {total:?}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind);
        out.field("line", &format_args!("{self}"));
        out.field("elapsed", &self.context.elapsed);
        out.field("body_bytes", &self.body.as_ref().map(Bytes::len));
        if let Some(source) = &self.source {
            let redacted = self.causes.clone();
            let causes =
                redacted.unwrap_or_else(|| redact::message_line(&causes(&**source)));
            out.field("source", &format_args!("{causes}"));
        }
        out.finish_non_exhaustive()
    }
}

/// The messages of an error and its causes.
pub(super) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
