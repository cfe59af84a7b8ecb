//! Templates of paths and server URLs: text with variables in braces.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplatePart<'t> {
    /// Text.
    Literal(&'t str),
    /// The name of a variable.
    Variable(&'t str),
}

/// Takes a template apart. None where its braces do not match, or a name is empty.
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
