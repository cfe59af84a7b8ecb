//! The base address that paths are appended to.

use http::Uri;

use super::Api;

/// Checks an address and takes the slash off its end.
pub(crate) fn check(text: &str) -> Result<String, String> {
    let problem = |what: &str| Err(format!("the base address {what}"));
    let uri: Uri = match text.parse() {
        Ok(uri) => uri,
        Err(_) => return problem("is no address: it must look like https://host/path"),
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return problem("must begin with https:// (or http://)");
    }
    // The parser drops a fragment in silence, so the text is asked.
    if text.contains(['?', '#']) {
        return problem("must have neither a query nor a fragment");
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return problem("must not hold a user or password: set a credential instead");
    }
    if uri.host().is_none_or(str::is_empty) {
        return problem("lacks a host");
    }
    if uri.path().split('/').any(|segment| matches!(segment, "." | "..")) {
        return problem("must not hold `.` or `..`");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Whether it asks for encryption.
#[cfg(feature = "reqwest")]
pub(crate) fn is_https(base: &str) -> bool {
    base.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("https:"))
}

/// Fills the variables of an API's default address.
pub(crate) fn default(api: &Api, values: &[(&str, String)]) -> Result<String, String> {
    filled(api, api.base_url, values)
}

/// The address of a path on the base address's host.
pub(crate) fn beside(base: &str, path: &str) -> Result<String, String> {
    let uri: Uri = base.parse().map_err(|_| "the base address is no address")?;
    let scheme = uri.scheme_str().unwrap_or("https");
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    check(&format!("{scheme}://{authority}{path}"))
}

/// Fills the variables of an address.
pub(crate) fn filled(
    api: &Api,
    address: &str,
    values: &[(&str, String)],
) -> Result<String, String> {
    let mut base = address.to_owned();
    for variable in api.server_variables {
        let given = values.iter().rev().find(|(name, _)| *name == variable.name);
        let value = given.map_or(variable.default, |(_, value)| value);
        let allowed = variable.values;
        if !allowed.is_empty() && !allowed.contains(&value) {
            return Err(format!(
                "`{}` must be one of {}",
                variable.name,
                allowed.join(", ")
            ));
        }
        if value.contains(['?', '#', '@']) {
            return Err(format!("`{}` must not hold ?, # or @", variable.name));
        }
        base = base.replace(&format!("{{{}}}", variable.name), value);
    }
    Ok(base)
}
