//! Which operations codegen.yaml selects: one rule for generating and for vendoring.

use serde_json::Value;

use crate::config::Config;

/// What an operation is selected by.
#[derive(Clone, Copy)]
pub struct Candidate<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path.
    pub path: &'a str,
    /// The `operationId`.
    pub id: Option<&'a str>,
    /// The value of an extension.
    pub extension: &'a dyn Fn(&str) -> Option<&'a Value>,
}

impl Candidate<'_> {
    /// Whether `include` has the operation.
    pub fn is_included(&self, config: &Config) -> bool {
        let include = &config.include;
        includes_all(config)
            || includes_path(config, self.path)
            || include.operations.iter().any(|name| self.is_called(name))
    }

    /// Whether a name is the operation's id, or its method and path.
    pub fn is_called(&self, name: &str) -> bool {
        self.id == Some(name) || name.split_once(' ') == Some((self.method, self.path))
    }

    /// The extension by which the configuration excludes the operation.
    pub fn excluding<'c>(&self, config: &'c Config) -> Option<&'c str> {
        let is_set = |key: &&String| {
            let value = (self.extension)(key);
            !matches!(value, None | Some(Value::Null | Value::Bool(false)))
        };
        let extension = config.exclude_extensions.iter().find(is_set)?;
        Some(extension)
    }
}

/// Whether there is no `include`.
pub fn includes_all(config: &Config) -> bool {
    config.include.paths.is_empty() && config.include.operations.is_empty()
}

/// Whether `include.paths` has a path.
pub fn includes_path(config: &Config, path: &str) -> bool {
    let mut patterns = config.include.paths.iter();
    patterns.any(|pattern| matches_path(pattern, path))
}

/// Whether a path is the one of a pattern; a trailing `*` matches everything that begins so.
pub fn matches_path(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => pattern == path,
    }
}
