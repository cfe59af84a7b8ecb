//! Operations whose response is streamed on request.

use http::HeaderValue;
use http::header::ACCEPT;

use super::pending::Decode;
use super::{Pending, Request, ResponseMode};

/// How a streamed response is requested.
#[derive(Debug)]
pub struct Streaming {
    /// The `Accept` header.
    pub accept: &'static str,
    /// The property of the JSON body that is set to true.
    pub request_flag: Option<&'static str>,
}

impl Request {
    /// Requests a streamed response.
    pub fn stream<T, B>(
        mut self,
        streaming: &'static Streaming,
        decode: Decode<T>,
    ) -> Pending<T, B> {
        let accept = HeaderValue::from_static(streaming.accept);
        self.headers.entry(ACCEPT).or_insert(accept);
        self.response = ResponseMode::Streamed;
        if let Some(member) = streaming.request_flag {
            self.extra_field(member, true);
        }
        self.send(decode)
    }

    /// Requests another representation of the response.
    pub fn receive<T, B>(
        mut self,
        accept: &'static str,
        mode: ResponseMode,
        decode: Decode<T>,
    ) -> Pending<T, B> {
        let accept = HeaderValue::from_static(accept);
        self.headers.entry(ACCEPT).or_insert(accept);
        self.response = mode;
        self.send(decode)
    }
}
