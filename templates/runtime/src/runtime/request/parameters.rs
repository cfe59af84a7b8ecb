//! Sets parameters: path, query, header and cookie.

use serde::Serialize;

use super::{Request, set};
use crate::runtime::param::Param;
use crate::runtime::percent::{encode, encode_owned};
use crate::runtime::style::{self, QueryStyle, Style};

impl Request {
    /// Sets a path parameter.
    pub fn path(&mut self, name: &'static str, value: impl Serialize) {
        self.path_styled(name, Style::Simple, false, value);
    }

    /// Sets a path parameter of type string.
    pub fn path_text(&mut self, name: &'static str, text: String) {
        set(&mut self.path, name, encode_owned(text));
    }

    /// Sets a path parameter, with a style.
    pub fn path_styled(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        let Some(json) = self.json(name, &value) else { return };
        let text = match style {
            Style::Json => encode(&json),
            _ => {
                let Some(value) = self.parse_param(name, &json) else { return };
                style::path(style, explode, name, &value)
            }
        };
        set(&mut self.path, name, text);
    }

    /// Sets a query parameter; null omits it.
    pub fn query(&mut self, name: &'static str, value: impl Serialize) {
        self.query_styled(name, QueryStyle::FORM, value);
    }

    /// Sets a query parameter, with a style.
    pub fn query_styled(
        &mut self,
        name: &'static str,
        style: QueryStyle,
        value: impl Serialize,
    ) {
        let Some((json, value)) = self.param(name, &value) else { return };
        let text = match style.style {
            Style::Json => format!("{}={}", encode(name), encode(&json)),
            Style::WholeJson => encode(&json),
            Style::WholeText => encode(&value.to_text()),
            _ => style::query(style, name, &value),
        };
        set(&mut self.query, name, text);
    }

    /// Sets a header parameter; null omits it.
    pub fn header_param(&mut self, name: &'static str, value: impl Serialize) {
        self.header_styled(name, Style::Simple, false, value);
    }

    /// Sets a header parameter, with a style.
    pub fn header_styled(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        let Some((json, value)) = self.param(name, &value) else { return };
        match (style, value) {
            (Style::Json, _) => self.header(name, &json),
            (_, Param::Null) => {
                self.headers.remove(name);
            }
            (_, value) => self.header(name, &style::header(explode, &value)),
        }
    }

    /// Sets a cookie parameter; null omits it.
    pub fn cookie(&mut self, name: &'static str, value: impl Serialize) {
        self.cookie_styled(name, Style::Form, true, value);
    }

    /// Sets a cookie parameter, with a style.
    pub fn cookie_styled(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: impl Serialize,
    ) {
        let Some((json, value)) = self.param(name, &value) else { return };
        let text = match style {
            Style::Json => format!("{name}={}", encode(&json)),
            _ => style::cookie(explode, name, &value),
        };
        set(&mut self.cookies, name, text);
    }
}
