//! Sets the body: field by field, part by part, or as a whole.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Request, RequestContent, set};
use crate::runtime::param::Param;
use crate::runtime::percent::encode;
use crate::runtime::style::{self, QueryStyle, Style};
use crate::runtime::{Body, Part, RequestBody};

impl Request {
    /// Sets a property of the JSON body, or a field of the form.
    pub fn field(&mut self, name: &'static str, value: impl Serialize) {
        let Some(json) = self.json(name, &value) else { return };
        self.set_field(name, json);
    }

    pub(crate) fn set_field(&mut self, name: &'static str, json: String) {
        match self.operation.body {
            RequestBody::Form(_) => {
                return match Param::from_json(&json) {
                    Ok(value) => {
                        self.set_form(
                            name,
                            style::query(QueryStyle::FORM, name, &value),
                        );
                    }
                    Err(error) => self.record_error(format!("`{name}`: {error}")),
                };
            }
            RequestBody::Multipart(_) => {
                return match serde_json::from_str::<Value>(&json) {
                    Ok(value) => self.parts(name, Part::values(&value)),
                    Err(error) => self.record_error(format!("`{name}`: {error}")),
                };
            }
            _ => {}
        }
        match &mut self.content {
            RequestContent::Fields(fields) => set(fields, name, json),
            _ => self.content = RequestContent::Fields(vec![(name, json)]),
        }
    }

    /// Sets a field beside those that the caller has set one by one, or as a whole.
    pub fn extra_field(&mut self, name: &'static str, value: impl Serialize) {
        let Some(json) = self.json(name, &value) else { return };
        let has_fields = matches!(
            (self.operation.body, &self.content),
            (RequestBody::Json(_) | RequestBody::JsonFields(_), _)
                | (RequestBody::Multipart(_), _)
                | (
                    RequestBody::Form(_),
                    RequestContent::Empty | RequestContent::Form(_)
                )
        );
        if !has_fields {
            return self
                .record_error(format!("the body cannot take the field `{name}`"));
        }
        let RequestContent::Bytes(body) = &self.content else {
            return self.set_field(name, json);
        };
        let members = serde_json::from_slice::<Map<String, Value>>(body);
        match (members, serde_json::from_str(&json)) {
            (Ok(mut members), Ok(value)) => {
                members.insert(name.to_owned(), value);
                self.content =
                    RequestContent::Bytes(Value::Object(members).to_string().into());
            }
            _ => self
                .record_error(format!("the body is not an object: cannot set `{name}`")),
        }
    }

    /// Sets a field of the form, with a style.
    pub fn field_styled(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        let Some((json, value)) = self.param(name, &value) else { return };
        let text = match style {
            Style::Json => format!("{}={}", encode(name), encode(&json)),
            _ => style::query(
                QueryStyle { style, explode, ..QueryStyle::FORM },
                name,
                &value,
            ),
        };
        self.set_form(name, text);
    }

    fn set_form(&mut self, name: &'static str, text: String) {
        match &mut self.content {
            RequestContent::Form(fields) => set(fields, name, text),
            _ => self.content = RequestContent::Form(vec![(name, text)]),
        }
    }

    /// Sets a part of the multipart body.
    pub fn part(&mut self, name: &'static str, part: impl Into<Part>) {
        self.parts(name, vec![part.into()]);
    }

    /// Sets all parts of a name in the multipart body.
    pub fn parts(&mut self, name: &'static str, parts: Vec<Part>) {
        match &mut self.content {
            RequestContent::Parts(all) => set(all, name, parts),
            _ => self.content = RequestContent::Parts(vec![(name, parts)]),
        }
    }

    /// Sets the whole JSON body, or the whole form.
    pub fn body(&mut self, value: impl Serialize) {
        let Some(json) = self.json("body", &value) else { return };
        if let RequestBody::Form(_) = self.operation.body {
            match Param::from_json(&json).map(|value| style::form(&value)) {
                Ok(form) => self.content = RequestContent::Bytes(form.into()),
                Err(error) => self.record_error(format!("the form body: {error}")),
            }
        } else {
            self.content = RequestContent::Bytes(json.into());
        }
    }

    /// Sets a text body.
    pub fn text(&mut self, text: String) {
        self.content = RequestContent::Bytes(text.into());
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, body: impl Into<Body>) {
        self.content = RequestContent::Body(Arc::new(body.into()));
    }
}
