//! Which requests a mocked call stands for.

use std::fmt;

use serde_json::Value;

use crate::runtime::build_request::Prepared;
use crate::runtime::testing::RecordedRequest;
use crate::runtime::{AnyError, Body, Operation, Request, RequestInfo};

/// A call that is expected, and its response.
#[derive(Debug)]
pub(super) struct Expectation {
    operation: &'static Operation,
    /// `None` if the parameters and fields do not matter.
    parameters: Option<Parameters>,
    /// The exact number of requests, if it is set.
    times: Option<usize>,
    used: usize,
    respond: Option<Respond>,
}

/// A function from requests to responses.
type RespondFn = dyn FnMut(&RecordedRequest) -> http::Response<Body> + Send;

/// Computes the response to a request.
pub(super) struct Respond(pub(super) Box<RespondFn>);

impl fmt::Debug for Respond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Respond")
    }
}

#[derive(Debug)]
struct Parameters {
    path: String,
    query: String,
    body: Value,
}

impl Expectation {
    pub(super) fn new(request: &Request) -> Result<Self, AnyError> {
        let (path_and_query, body) = Prepared::target_and_body(request)?;
        let (path, query) =
            path_and_query.split_once('?').unwrap_or((&path_and_query, ""));
        let parameters = Parameters {
            path: path.to_owned(),
            query: query.to_owned(),
            body: body_value(&body),
        };
        Ok(Self {
            operation: request.operation,
            parameters: Some(parameters),
            times: None,
            used: 0,
            respond: None,
        })
    }

    pub(super) fn ignore_parameters(&mut self) {
        self.parameters = None;
    }

    pub(super) fn set_times(&mut self, times: usize) {
        self.times = Some(times);
    }

    pub(super) fn set_response(&mut self, respond: Respond) {
        self.respond = Some(respond);
    }

    /// The response to a request, if it is the expected call.
    pub(super) fn respond(
        &mut self,
        request: &RecordedRequest,
        info: Option<RequestInfo>,
    ) -> Option<http::Response<Body>> {
        let is_operation = std::ptr::eq(info?.operation, self.operation);
        let is_left = self.times.is_none_or(|times| self.used < times);
        let has_parameters =
            self.parameters.as_ref().is_none_or(|it| it.are_in(request));
        if !is_operation || !is_left || !has_parameters {
            return None;
        }
        let Respond(respond) = self.respond.as_mut()?;
        self.used += 1;
        Some(respond(request))
    }

    /// The message for a call that was not made as often as expected.
    pub(super) fn unused(&self) -> Option<String> {
        let Operation { id, path, .. } = self.operation;
        let call = self.parameters.as_ref().map_or(*path, |it| it.path.as_str());
        match (self.times, self.used) {
            (Some(times), used) if used < times => {
                Some(format!("{id} ({call}) was called {used} times instead of {times}"))
            }
            (None, 0) => Some(format!("{id} ({call}) was not called")),
            _ => None,
        }
    }
}

impl Parameters {
    fn are_in(&self, request: &RecordedRequest) -> bool {
        let sent: Vec<&str> = request.query().split('&').collect();
        let mut expected = self.query.split('&').filter(|pair| !pair.is_empty());
        self.path == request.path()
            && expected.all(|pair| sent.contains(&pair))
            && is_in(&self.body, &body_value(&request.body))
    }
}

/// Whether all members of an expected object are in another one; other values have to be equal.
fn is_in(expected: &Value, sent: &Value) -> bool {
    match (expected, sent) {
        (Value::Null, _) => true,
        (Value::Object(expected), Value::Object(sent)) => {
            expected.iter().all(|(name, value)| sent.get(name) == Some(value))
        }
        _ => expected == sent,
    }
}

/// The body as JSON; other bodies as text, none as null.
fn body_value(body: &[u8]) -> Value {
    match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(_) if body.is_empty() => Value::Null,
        Err(_) => String::from_utf8_lossy(body).into(),
    }
}
