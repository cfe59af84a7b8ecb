//! Operations whose response is streamed on request.

use http::HeaderValue;
use http::header::ACCEPT;
use serde_json::{Map, Value};

use super::pending::Decode;
use super::request::RequestContent;
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
            self.set_request_flag(member);
        }
        self.send(decode)
    }

    /// Sets a property of the JSON body to true.
    fn set_request_flag(&mut self, member: &'static str) {
        let RequestContent::Bytes(body) = &self.content else {
            return self.field(member, true);
        };
        match serde_json::from_slice::<Map<String, Value>>(body) {
            Ok(mut members) => {
                members.insert(member.to_owned(), Value::Bool(true));
                self.content =
                    RequestContent::Bytes(Value::Object(members).to_string().into());
            }
            Err(_) => {
                self.record_error(format!(
                    "the body is not an object: cannot set `{member}`"
                ));
            }
        }
    }
}
