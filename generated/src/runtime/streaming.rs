//! Operations that answer whole, or as a stream where they are asked to.

use http::HeaderValue;
use http::header::ACCEPT;
use serde_json::{Map, Value};

use super::pending::Decode;
use super::request::RequestContent;
use super::{Pending, Request, ResponseMode};

/// How an operation is asked for a stream.
#[derive(Debug)]
pub struct Streaming {
    /// The `Accept` header.
    pub accept: &'static str,
    /// The member of the JSON body that is sent as true.
    pub asked_by: Option<&'static str>,
}

impl Request {
    /// Asks for the stream, and hands it on as it arrives.
    pub fn stream<T, B>(
        mut self,
        streaming: &'static Streaming,
        decode: Decode<T>,
    ) -> Pending<T, B> {
        let accept = HeaderValue::from_static(streaming.accept);
        self.headers.entry(ACCEPT).or_insert(accept);
        self.response = ResponseMode::Streamed;
        if let Some(member) = streaming.asked_by {
            self.ask_by(member);
        }
        self.send(decode)
    }

    /// Sets a member of the JSON body to true.
    fn ask_by(&mut self, member: &'static str) {
        let RequestContent::Ready(body) = &self.content else {
            return self.field(member, true);
        };
        match serde_json::from_slice::<Map<String, Value>>(body) {
            Ok(mut members) => {
                members.insert(member.to_owned(), Value::Bool(true));
                self.content =
                    RequestContent::Ready(Value::Object(members).to_string().into());
            }
            Err(_) => {
                self.refuse(format!("the body is no object, so it has no `{member}`"));
            }
        }
    }
}
