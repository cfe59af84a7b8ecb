//! Sets the body: field by field, part by part, or as a whole.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{PartList, Request, RequestContent, set};
use crate::runtime::param::Param;
use crate::runtime::style::{self, FormField, QueryStyle};
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
                if let Some(value) = self.parse_param(name, &json) {
                    self.set_form(name, style::form_field(name, &value));
                }
                return;
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
        style: QueryStyle,
        value: impl Serialize,
    ) {
        let Some((_, value)) = self.param(name, &value) else { return };
        self.set_form(name, style::styled_field(style, name, &value));
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
        self.change_parts(|all| set(&mut all.named, name, parts));
    }

    /// Sets a part that is a file, with one of the media types that the document allows.
    pub fn file(&mut self, name: &'static str, file: impl Into<Part>, allowed: &[&str]) {
        self.part(name, file.into().into_file(name, allowed));
    }

    /// Sets the parts that are files and share a name.
    pub fn files(
        &mut self,
        name: &'static str,
        files: impl IntoIterator<Item = impl Into<Part>>,
        allowed: &[&str],
    ) {
        let files = files.into_iter().map(|file| file.into().into_file(name, allowed));
        self.parts(name, files.collect());
    }

    /// Sets the parts that the document does not name.
    pub fn other_parts(
        &mut self,
        parts: impl IntoIterator<Item = (impl Into<String>, impl Into<Part>)>,
    ) {
        let parts = parts.into_iter();
        let others =
            parts.map(|(name, part)| (Some(name.into()), part.into())).collect();
        self.change_parts(|all| all.others = others);
    }

    /// Sets the parts of a multipart body whose parts have no names. `prefix` has the media types
    /// of the first parts, `item` those of the others.
    pub fn unnamed_parts(
        &mut self,
        parts: impl IntoIterator<Item = impl Into<Part>>,
        prefix: &[&str],
        item: &str,
    ) {
        let media_types = prefix.iter().copied().chain(std::iter::repeat(item));
        let parts = parts.into_iter().zip(media_types);
        let others = parts
            .map(|(part, media_type)| match media_type {
                "" => (None, part.into()),
                media_type => (None, part.into().or_media_type(media_type)),
            })
            .collect();
        self.change_parts(|all| all.others = others);
    }

    fn change_parts(&mut self, change: impl FnOnce(&mut PartList)) {
        let mut parts = match std::mem::replace(&mut self.content, RequestContent::Empty)
        {
            RequestContent::Parts(parts) => parts,
            _ => PartList::default(),
        };
        change(&mut parts);
        self.content = RequestContent::Parts(parts);
    }

    /// Sets the whole JSON body.
    pub fn body(&mut self, value: impl Serialize) {
        let Some(json) = self.json("body", &value) else { return };
        self.content = RequestContent::Bytes(json.into());
    }

    /// Sets the whole form; `fields` are the members that are not encoded by default.
    pub fn form(&mut self, value: impl Serialize, fields: &[FormField]) {
        let Some((_, value)) = self.param("body", &value) else { return };
        self.content = RequestContent::Bytes(style::form(&value, fields).into());
    }

    /// Sets the JSON values of a body of JSON lines, or of a JSON sequence.
    pub fn items(&mut self, items: impl IntoIterator<Item = impl Serialize>) {
        let is_sequence = matches!(self.operation.body, RequestBody::JsonSequence(_));
        let mut text = String::new();
        for item in items {
            let Some(json) = self.json("body", &item) else { return };
            if is_sequence {
                text.push('\u{1E}');
            }
            text.push_str(&json);
            text.push('\n');
        }
        self.content = RequestContent::Bytes(text.into());
    }

    /// Sets a text body.
    pub fn text(&mut self, text: String) {
        self.content = RequestContent::Bytes(text.into());
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, body: impl Into<Body>) {
        self.content = RequestContent::Body(Arc::new(body.into()));
    }

    /// Sends the JSON body in another encoding that the document allows.
    pub fn send_as(&mut self, body: RequestBody) {
        self.body = body;
    }

    /// The JSON body as a form.
    pub(crate) fn json_as_form(&self) -> Result<String, String> {
        match &self.content {
            RequestContent::Fields(fields) => {
                let pairs = fields.iter().map(|(name, json)| {
                    let value = Param::from_json(json);
                    value.map(|value| style::form_field(name, &value))
                });
                let pairs: Result<Vec<String>, _> = pairs.collect();
                let mut pairs = pairs.map_err(|error| error.to_string())?;
                pairs.retain(|pair| !pair.is_empty());
                Ok(pairs.join("&"))
            }
            RequestContent::Bytes(json) => serde_json::from_slice(json)
                .map(|value| style::form(&value, &[]))
                .map_err(|error| error.to_string()),
            _ => Ok(String::new()),
        }
    }

    /// The JSON body as parts.
    pub(crate) fn json_as_parts(&self) -> Result<PartList, String> {
        let mut parts = PartList::default();
        let mut add = |name: &str, value: serde_json::Value| {
            let values = Part::values(&value).into_iter();
            parts.others.extend(values.map(|part| (Some(name.to_owned()), part)));
        };
        match &self.content {
            RequestContent::Fields(fields) => {
                for (name, json) in fields {
                    add(name, serde_json::from_str(json).map_err(|e| e.to_string())?);
                }
            }
            RequestContent::Bytes(json) => {
                let members: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_slice(json).map_err(|error| error.to_string())?;
                members.into_iter().for_each(|(name, value)| add(&name, value));
            }
            _ => {}
        }
        Ok(parts)
    }
}
