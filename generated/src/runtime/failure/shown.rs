//! A failure as text: one line, and for `Debug` what caused it.

use std::fmt;

use bytes::Bytes;

use super::{Failure, Inner};
use crate::runtime::{ErrorKind, Operation, redact};

impl Failure {
    /// What it is about, after the call's name: `404 Not Found, not_found: No such session`.
    fn write_problem(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, context, detail, json_path, .. } = &*self.inner;
        match (kind, context.status) {
            (ErrorKind::Status | ErrorKind::Redirect, Some(status)) => {
                write!(f, "{status}")?;
                if let Some(code) = self.code() {
                    write!(f, ", {}", redact::one_line(code))?;
                }
                if let Some(message) = self.message() {
                    write!(f, ": {}", redact::one_line(message))?;
                }
            }
            _ => write!(f, "{kind}")?,
        }
        if let Some(path) = json_path {
            write!(f, " at `{path}`")?;
        }
        if !detail.is_empty() {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inner.context.operation {
            Some(Operation { id, method, path, .. }) => {
                write!(f, "{id} ({} {path}): ", method.as_str())?;
            }
            None => write!(f, "{}: ", self.inner.context.api.name)?,
        }
        self.write_problem(f)?;
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", redact::one_line(id))?;
        }
        if let attempts @ 2.. = self.attempts() {
            write!(f, " after {attempts} attempts")?;
        }
        match self.inner.total {
            Some(total) => write!(f, "; all attempts together may take {total:?}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind());
        out.field("line", &format_args!("{self}"));
        out.field("elapsed", &self.elapsed());
        out.field("body_bytes", &self.bytes().map(Bytes::len));
        if let Some(source) = &self.inner.source {
            out.field("source", &format_args!("{}", Chain(&**source)));
        }
        out.finish_non_exhaustive()
    }
}

/// An error and what caused it, on one line.
struct Chain<'a>(&'a (dyn std::error::Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
