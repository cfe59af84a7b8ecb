//! The settings that come from environment variables.

use std::ffi::OsString;

use super::CoreBuilder;
use crate::runtime::{Api, Credential, ErrorKind};

impl CoreBuilder {
    /// Creates a builder with the credentials and the base URL of the environment. It is an
    /// error if no credential is set.
    pub fn from_env(api: &'static Api) -> Self {
        Self::from_variables(api, |name| std::env::var_os(name))
    }

    pub(crate) fn from_variables(
        api: &'static Api,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Self {
        let mut builder = Self::new(api);
        for scheme in api.schemes {
            let Some(env) = scheme.env else { continue };
            match non_empty(env, &variable) {
                Ok(Some(value)) => {
                    builder.credential(scheme.name, Credential::from(value));
                }
                Ok(None) => {}
                Err(message) => builder.record_error(ErrorKind::Credential, message),
            }
        }
        if let Some(missing) = builder.missing_variables() {
            let message = format!("set the environment variable {missing}");
            builder.record_error(ErrorKind::Credential, message);
        }
        for env in api.base_url_env {
            match non_empty(env, &variable) {
                Ok(None) => continue,
                Ok(Some(base_url)) => builder.base_url(base_url),
                Err(message) => builder.record_error(ErrorKind::Build, message),
            }
            break;
        }
        builder
    }

    /// The variables that complete a security requirement, if the environment completes none:
    /// `A, or B and C`.
    fn missing_variables(&self) -> Option<String> {
        let api = self.api;
        let is_set = |name: &&str| {
            let index = api.scheme_index(name);
            index.is_some_and(|index| {
                self.credentials.get(index).is_some_and(Option::is_some)
            })
        };
        if api.security.iter().any(|schemes| schemes.iter().all(is_set)) {
            return None;
        }
        let variable = |name: &&str| api.schemes.get(api.scheme_index(name)?)?.env;
        let alternatives: Vec<String> = api
            .security
            .iter()
            .filter_map(|schemes| {
                schemes.iter().map(variable).collect::<Option<Vec<_>>>()
            })
            .map(|variables| variables.join(" and "))
            .collect();
        (!alternatives.is_empty()).then(|| alternatives.join(", or "))
    }
}

/// An environment variable, unless it is empty or not set.
fn non_empty(
    name: &str,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    let value = variable(name).filter(|value| !value.is_empty());
    let text = value.map(OsString::into_string).transpose();
    text.map_err(|_| format!("the environment variable {name} is not valid UTF-8"))
}
