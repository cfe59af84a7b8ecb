use serde_json::Value;

use sdk_generator::config::Config;

/// Whether `codegen.yaml` takes an operation.
pub fn selects(config: &Config, path: &str, operation: &Value) -> bool {
    let excluded = config.exclude_extensions.iter().any(|key| {
        operation
            .get(key)
            .is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)))
    });
    if excluded {
        return false;
    }
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
