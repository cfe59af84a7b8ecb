//! Reads and sets the pagination parameters of a request.

use serde_json::Value;

use crate::runtime::Request;
use crate::runtime::param::Param;
use crate::runtime::request::RequestContent;

impl Request {
    /// The text of a parameter that the caller set.
    pub(crate) fn parameter_text(&self, name: &str, in_body: bool) -> Option<String> {
        if in_body {
            let json = match &self.content {
                RequestContent::Fields(fields) => {
                    fields.iter().find(|(key, _)| *key == name)?.1.clone()
                }
                RequestContent::Bytes(body) => {
                    let body: Value = serde_json::from_slice(body).ok()?;
                    body.get(name)?.to_string()
                }
                _ => return None,
            };
            return match Param::from_json(&json).ok()? {
                Param::Text(text) | Param::Literal(text) => Some(text),
                _ => None,
            };
        }
        let (_, pair) = self.query.iter().find(|(key, _)| *key == name)?;
        let (_, text) = pair.split_once('=')?;
        let text = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
        Some(text.into_owned()).filter(|text| !text.is_empty())
    }

    /// Sets a parameter, in the query or in the body.
    pub(crate) fn set_parameter(
        &mut self,
        name: &'static str,
        value: Value,
        in_body: bool,
    ) {
        if !in_body {
            return self.query(name, value);
        }
        match &self.content {
            RequestContent::Bytes(body) => {
                let mut body: Value = match serde_json::from_slice(body) {
                    Ok(body @ Value::Object(_)) => body,
                    _ => {
                        return self
                            .record_error("the body is not a JSON object".to_owned());
                    }
                };
                body[name] = value;
                self.content = RequestContent::Bytes(body.to_string().into());
            }
            _ => self.set_field(name, value.to_string()),
        }
    }
}
