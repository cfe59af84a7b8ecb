//! Reading codegen.yaml.

use std::{fs, path::Path};

use sdk_generator::config::Config;
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, Sources};

/// A configuration and its text; what is wrong with it is reported.
pub(crate) fn read(
    path: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Config, String)> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, format!("cannot be read: {error}")));
            return None;
        }
    };
    let file = path.display().to_string();
    match Config::parse(&text, &file) {
        Ok(config) => Some((config, text)),
        Err(problem) => {
            diagnostics.push(problem);
            sources.add(file, text);
            None
        }
    }
}
