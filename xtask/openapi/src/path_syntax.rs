//! Path templates in other notations.

use serde_json::{Map, Value};

use crate::diagnostics::{Diagnostic, Diagnostics, ErrorKind, Sources, sanitize};
use crate::path::Path;
use crate::pointer::SpecPointer;

/// Makes `/a/{b}` of `a/{b}` and of RFC 6570's `/a/{;b*}`: `style` and `explode` declare what its
/// operators do.
pub(crate) fn normalize(tree: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    if paths.keys().all(|path| normalized(path).is_none()) {
        return;
    }
    let root = Path::Root;
    let parent = Path::Key(&root, "paths");
    let mut all = Map::new();
    for (path, item) in std::mem::take(paths) {
        let Some(better) = normalized(&path).filter(|better| !all.contains_key(better)) else {
            all.insert(path, item);
            continue;
        };
        let old = Path::Key(&parent, &path).pointer();
        let message = format!("`{}` is not a path template of OpenAPI", sanitize(&path));
        let repair = format!("using `{}`", sanitize(&better));
        let origin = SpecPointer::new(format!("#{old}"));
        let problem = Diagnostic::error(origin, message).repair(repair);
        diagnostics.recoverable(ErrorKind::PathSyntax, problem);
        sources.moved_within(Path::Key(&parent, &better).pointer(), old);
        all.insert(better, item);
    }
    *paths = all;
}

/// The template in OpenAPI's notation; none where it is.
fn normalized(path: &str) -> Option<String> {
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
    use super::normalized;

    #[test]
    fn operators_are_removed_and_the_slash_is_added() {
        assert_eq!(normalized("/a/{b}/{c}"), None);
        assert_eq!(normalized("a/{.b*}/{c}").as_deref(), Some("/a/{b}/{c}"));
        assert_eq!(normalized("/a/{b"), None);
    }
}
