use serde_json::Value;

use sdk_generator::config::Config;

/// Whether `codegen.yaml` takes an operation.
pub fn selects(config: &Config, path: &str, operation: &Value) -> bool {
    includes(config, path, operation) && excluding(config, operation).is_none()
}

/// The extension because of which `codegen.yaml` leaves an operation out.
pub(super) fn excluding<'c>(config: &'c Config, operation: &Value) -> Option<&'c str> {
    let is_set = |key: &&String| {
        let value = operation.get(key.as_str());
        !matches!(value, None | Some(Value::Null | Value::Bool(false)))
    };
    let extension = config.exclude_extensions.iter().find(is_set)?;
    Some(extension)
}

/// Whether `include` lists an operation.
pub(super) fn includes(config: &Config, path: &str, operation: &Value) -> bool {
    let include = &config.include;
    if include.paths.is_empty() && include.operations.is_empty() {
        return true;
    }
    let id = operation.get("operationId").and_then(Value::as_str);
    include.paths.iter().any(|pattern| matches(pattern, path))
        || include
            .operations
            .iter()
            .any(|wanted| Some(wanted.as_str()) == id)
}

/// Whether a path is the one of a pattern; a trailing `*` takes all that begin so.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == pattern,
    }
}
