//! Expands the variables of server URLs. A value cannot change the host that the document
//! declares: in the authority it is a part of a host name or a port.

use super::base_url::{self, BaseUrl};
use super::{Api, ServerVariable};

/// The part of a URL in which a variable is expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Component {
    /// The whole base URL, in a template without a scheme.
    BaseUrl,
    Scheme,
    Authority,
    Path,
}

/// Expands the variables of a server URL, each once, and checks the URL.
pub(crate) fn expand(
    api: &Api,
    template: &str,
    values: &[(&str, String)],
) -> Result<BaseUrl, String> {
    let mut url = String::with_capacity(template.len());
    let mut authority = String::new();
    let mut component = match template.contains("://") {
        true => Component::Scheme,
        false => Component::BaseUrl,
    };
    let mut rest = template;
    while let Some((literal, name, after)) = next_variable(rest, api) {
        push_literal(&mut url, &mut authority, &mut component, literal);
        let value = value_of(name, values);
        check_value(name, value, component)?;
        url.push_str(value);
        if component == Component::Authority {
            authority.push_str(value);
        }
        rest = after;
    }
    push_literal(&mut url, &mut authority, &mut component, rest);
    let base_url = base_url::check(&url)?;
    if component != Component::BaseUrl && base_url.authority() != authority {
        return Err("a server variable changes the host of the base URL".to_owned());
    }
    Ok(base_url)
}

/// The text before the first declared variable, the variable, and the text after it.
fn next_variable<'t>(
    template: &'t str,
    api: &Api,
) -> Option<(&'t str, &'static ServerVariable, &'t str)> {
    let variables = api.server_variables.iter().filter_map(|variable| {
        let placeholder = format!("{{{}}}", variable.name);
        let at = template.find(&placeholder)?;
        Some((at, template.get(at + placeholder.len()..)?, variable))
    });
    let (at, after, variable) = variables.min_by_key(|(at, ..)| *at)?;
    Some((template.get(..at)?, variable, after))
}

/// Appends text of the template, which may end the scheme and the authority.
fn push_literal(
    url: &mut String,
    authority: &mut String,
    component: &mut Component,
    literal: &str,
) {
    url.push_str(literal);
    let mut rest = literal;
    if *component == Component::Scheme {
        let Some((_, after)) = rest.split_once("://") else { return };
        *component = Component::Authority;
        rest = after;
    }
    if *component == Component::Authority {
        let end = rest.find('/').unwrap_or(rest.len());
        authority.push_str(rest.get(..end).unwrap_or_default());
        if end < rest.len() {
            *component = Component::Path;
        }
    }
}

/// The value that the caller set last, or the default.
fn value_of<'v>(variable: &ServerVariable, values: &'v [(&str, String)]) -> &'v str {
    let value = values.iter().rev().find(|(name, _)| *name == variable.name);
    value.map_or(variable.default, |(_, value)| value)
}

fn check_value(
    variable: &ServerVariable,
    value: &str,
    component: Component,
) -> Result<(), String> {
    let name = variable.name;
    if !variable.values.is_empty() {
        return match variable.values.contains(&value) {
            true => Ok(()),
            false => {
                Err(format!("`{name}` must be one of {}", variable.values.join(", ")))
            }
        };
    }
    // The document chooses its hosts, ports included.
    if value == variable.default {
        return Ok(());
    }
    let is_host_character =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let error = match component {
        Component::Scheme if !matches!(value, "http" | "https") => {
            "must be http or https"
        }
        Component::Authority if value.is_empty() => "must not be empty",
        Component::Authority if !value.chars().all(is_host_character) => {
            "is part of the host: it must contain only letters, digits, `-` and `.`"
        }
        Component::Path if value.contains(['?', '#', '\\', '{', '}']) => {
            "must not contain `?`, `#`, a backslash or a brace"
        }
        // The check of the base URL applies to the whole value.
        _ => return Ok(()),
    };
    Err(format!("the server variable `{name}` {error}"))
}
