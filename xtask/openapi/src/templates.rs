//! Path templates that other notations have spoilt.

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Diagnostics, Sources, SpecPointer, sanitize};
use crate::path::Path;

/// Makes `/a/{b}` of `a/{b}` and of RFC 6570's `/a/{;b*}`. `style` and `explode` say what its
/// operators say.
pub(super) fn mend(tree: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    if paths.keys().all(|path| mended(path).is_none()) {
        return;
    }
    let root = Path::Root;
    let place = Path::Key(&root, "paths");
    let mut all = Map::new();
    for (path, item) in std::mem::take(paths) {
        let Some(better) = mended(&path).filter(|better| !all.contains_key(better)) else {
            all.insert(path, item);
            continue;
        };
        let old = Path::Key(&place, &path).pointer();
        let message = format!("`{}` is not a path template of OpenAPI", sanitize(&path));
        let repair = format!("it is read as `{}`", sanitize(&better));
        let origin = SpecPointer::new(format!("#{old}"));
        diagnostics.recoverable(Diagnostic::error(origin, message).repair(repair));
        sources.moved_within(Path::Key(&place, &better).pointer(), old);
        all.insert(better, item);
    }
    *paths = all;
}

/// What a template should be, where it is not.
fn mended(path: &str) -> Option<String> {
    if path.starts_with("x-") {
        return None;
    }
    let mut better = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        better.push('/');
    }
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let (before, inner) = rest.split_at(open + 1);
        better.push_str(before);
        let end = inner.find('}').unwrap_or(inner.len());
        let name = inner[..end].trim_start_matches(['.', ';', '+', '#', '?', '&', '/']);
        better.push_str(name.strip_suffix('*').unwrap_or(name));
        rest = &inner[end..];
    }
    better.push_str(rest);
    (better != path).then_some(better)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn operators_go_and_the_slash_comes() {
        assert_eq!(mended("/a/{b}/{c}"), None);
        assert_eq!(mended("a/{.b*}/{c}").as_deref(), Some("/a/{b}/{c}"));
        assert_eq!(mended("/a/{b"), None);
    }
}
