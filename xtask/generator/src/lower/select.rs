use crate::config::Config;
use crate::selection::{Candidate, matches_path};
use sdk_model::Omission;
use sdk_openapi::diagnostics::{Diagnostic, Diagnostics, sanitize};
use sdk_openapi::{Document, OperationView};

/// The operations that the SDK covers.
pub(super) struct Selected<'d> {
    /// The operations, by path and method.
    pub(super) taken: Vec<OperationView<'d>>,
    /// Those that codegen.yaml skips.
    pub(super) skipped: Vec<Omission>,
    /// The skipped operations, as the document has them.
    pub(super) skipped_views: Vec<OperationView<'d>>,
    /// Those that have an extension of `exclude_extensions`.
    pub(super) excluded: Vec<Omission>,
}

/// Selects the operations that codegen.yaml includes.
pub(super) fn select<'d>(
    document: &'d Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Selected<'d> {
    let all = document.operations(diagnostics);
    unmatched(&all, config, diagnostics);
    let mut selected = Selected {
        taken: Vec::new(),
        skipped: Vec::new(),
        skipped_views: Vec::new(),
        excluded: Vec::new(),
    };
    for view in all {
        if !candidate(&view, |it| it.is_included(config)) {
            continue;
        }
        if let Some(extension) = candidate(&view, |it| it.excluding(config)) {
            selected.excluded.push(Omission {
                what: signature(&view),
                reason: format!("marked `{}`", sanitize(extension)),
                origin: view.origin().clone(),
            });
            continue;
        }
        match config
            .skip
            .iter()
            .find(|skip| is_called(&view, &skip.operation))
        {
            Some(skip) => {
                selected.skipped.push(Omission {
                    what: signature(&view),
                    reason: skip.reason.clone(),
                    origin: view.origin().clone(),
                });
                selected.skipped_views.push(view);
            }
            None => selected.taken.push(view),
        }
    }
    selected
        .taken
        .sort_by(|one, other| (one.path, &one.method).cmp(&(other.path, &other.method)));
    selected
}

/// Reports entries of codegen.yaml that match no operation.
fn unmatched(all: &[OperationView<'_>], config: &Config, diagnostics: &mut Diagnostics) {
    let mut missing = |list: &str, index: usize, text: &str| {
        let location = config.location(list).child(&index.to_string());
        let message = format!("`{text}` matches no operation");
        diagnostics.push(Diagnostic::error(location, message).help("correct it or take it out"));
    };
    for (index, path) in config.include.paths.iter().enumerate() {
        if !all.iter().any(|view| matches_path(path, view.path)) {
            missing("/include/paths", index, path);
        }
    }
    for (index, id) in config.include.operations.iter().enumerate() {
        if !all.iter().any(|view| is_called(view, id)) {
            missing("/include/operations", index, id);
        }
    }
    for (index, skip) in config.skip.iter().enumerate() {
        if !all.iter().any(|view| is_called(view, &skip.operation)) {
            missing("/skip", index, &skip.operation);
        }
    }
}

/// `GET /sessions`
pub(super) fn signature(view: &OperationView<'_>) -> String {
    format!("{} {}", view.method.as_str(), view.path)
}

/// Applies a rule of selection to an operation.
fn candidate<T>(view: &OperationView<'_>, rule: impl FnOnce(Candidate<'_>) -> T) -> T {
    let extension = |key: &str| view.extension(key);
    rule(Candidate {
        method: view.method.as_str(),
        path: view.path,
        id: view.id,
        extension: &extension,
    })
}

fn is_called(view: &OperationView<'_>, name: &str) -> bool {
    candidate(view, |it| it.is_called(name))
}
