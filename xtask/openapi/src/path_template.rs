//! Templates of paths and server URLs: text with variables in braces.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplatePart<'t> {
    /// Text.
    Literal(&'t str),
    /// The name of a variable.
    Variable(&'t str),
}

/// Parses a template. None where its braces do not match, or a name is empty.
pub fn parts(template: &str) -> Option<Vec<TemplatePart<'_>>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (literal, variable) = rest.split_at(at);
        let inner = variable.strip_prefix('{')?;
        let (name, after) = inner.split_at(inner.find(['{', '}', '/'])?);
        if name.is_empty() {
            return None;
        }
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(literal));
        }
        parts.push(TemplatePart::Variable(name));
        rest = after.strip_prefix('}')?;
    }
    if !rest.is_empty() {
        parts.push(TemplatePart::Literal(rest));
    }
    Some(parts)
}

/// A key of `paths` parsed: the path, the query behind `?` and the fragment behind `#`. Such
/// characters within braces belong to a variable's name.
pub fn split_key(key: &str) -> (&str, &str, &str) {
    let mut depth = 0_usize;
    let (mut query, mut fragment) = (None, None);
    for (at, c) in key.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 && query.is_none() => query = Some(at),
            '#' if depth == 0 => {
                fragment = Some(at);
                break;
            }
            _ => {}
        }
    }
    let (rest, fragment) = match fragment {
        Some(at) => (&key[..at], &key[at + 1..]),
        None => (key, ""),
    };
    match query {
        Some(at) => (&rest[..at], &rest[at + 1..], fragment),
        None => (rest, "", fragment),
    }
}

/// The variables of a template, in its order. None where its braces do not match.
pub fn variables(template: &str) -> Option<Vec<&str>> {
    let variable = |part| match part {
        TemplatePart::Literal(_) => None,
        TemplatePart::Variable(name) => Some(name),
    };
    Some(parts(template)?.into_iter().filter_map(variable).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_path_a_query_and_a_fragment() {
        assert_eq!(split_key("/a/{r#fn}/{b?}"), ("/a/{r#fn}/{b?}", "", ""));
        assert_eq!(split_key("/a?x={y}&z#f?g"), ("/a", "x={y}&z", "f?g"));
        assert_eq!(split_key("/a#f"), ("/a", "", "f"));
    }

    #[test]
    fn a_template_is_text_and_variables() {
        use TemplatePart::{Literal, Variable};
        let parsed = parts("/rates/{from}-{to}.json");
        let expected = [
            Literal("/rates/"),
            Variable("from"),
            Literal("-"),
            Variable("to"),
            Literal(".json"),
        ];
        assert_eq!(parsed.as_deref(), Some(&expected[..]));
        for malformed in ["/{a", "/a}", "/{}", "/{a{b}}", "/{a/b}"] {
            assert_eq!(parts(malformed), None, "{malformed}");
        }
    }
}
