//! The response to a call that a request builder describes.

use std::marker::PhantomData;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use super::MockTransport;
use super::expectation::{Expectation, Respond};
use crate::runtime::testing::RecordedRequest;
use crate::runtime::{Body, Envelope, Request, expose_secrets};

/// A request builder: `client.sessions().get("sess_1")`.
pub trait MockCall {
    /// The type of the response.
    type Output;
    /// The type of the API's error body.
    type ErrorBody;

    #[doc(hidden)]
    fn into_request(self) -> Request;
}

/// A call whose response is yet to be set.
#[must_use = "without a response, the call is not mocked"]
#[derive(Debug)]
pub struct MockedCall<T, B> {
    mock: MockTransport,
    expectation: Expectation,
    envelope: Envelope,
    types: PhantomData<fn() -> (T, B)>,
}

impl<T, B> MockedCall<T, B> {
    pub(super) fn new(mock: MockTransport, request: Request) -> Self {
        let envelope = request.operation.envelope;
        let expectation = match Expectation::new(&request) {
            Ok(expectation) => expectation,
            Err(error) => panic!("MockTransport::on: {error}"),
        };
        Self { mock, expectation, envelope, types: PhantomData }
    }

    /// Responds whatever the parameters and fields of the request are.
    pub fn any_parameters(mut self) -> Self {
        self.expectation.ignore_parameters();
        self
    }

    /// Responds to this number of requests, instead of one or more. Later responses to the same
    /// call are used afterwards.
    pub fn times(mut self, times: usize) -> Self {
        self.expectation.set_times(times);
        self
    }

    /// Responds with status 200 and a value, in the operation's envelope if it has one. Its
    /// secrets are included.
    ///
    /// # Panics
    ///
    /// If the value has no JSON form.
    pub fn respond(self, value: &T)
    where
        T: Serialize,
    {
        let mut value = json(value);
        if let Envelope::Required(member) = self.envelope {
            value = Map::from_iter([(member.to_owned(), value)]).into();
        }
        self.respond_json(StatusCode::OK, value);
    }

    /// Responds with an error status and the API's error body. An invalid status becomes 500.
    ///
    /// # Panics
    ///
    /// If the body has no JSON form.
    pub fn error(self, status: u16, body: &B)
    where
        B: Serialize,
    {
        let status = StatusCode::from_u16(status);
        let body = json(body);
        self.respond_json(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body);
    }

    /// Responds with what a function returns for each request.
    pub fn respond_with<F>(mut self, respond: F)
    where
        F: FnMut(&RecordedRequest) -> http::Response<Body> + Send + 'static,
    {
        self.expectation.set_response(Respond(Box::new(respond)));
        self.mock.expect(self.expectation);
    }

    fn respond_json(self, status: StatusCode, value: Value) {
        let text = value.to_string();
        self.respond_with(move |_| {
            let mut response = http::Response::new(Body::from(text.clone()));
            *response.status_mut() = status;
            let media_type = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, media_type);
            response
        });
    }
}

fn json(value: &impl Serialize) -> Value {
    match expose_secrets(|| serde_json::to_value(value)) {
        Ok(value) => value,
        Err(error) => panic!("MockTransport: the value has no JSON form: {error}"),
    }
}
