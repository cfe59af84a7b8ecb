//! The spans of the values of a YAML or JSON text, found only when something is reported.

mod json;
mod yaml;

/// The values of a text with their spans.
#[derive(Debug)]
pub(super) enum Spans {
    /// JSON, read no further than pointers have led: few of its megabytes are reported.
    Json(json::Node),
    /// YAML, whole.
    Yaml(yaml::Nodes),
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// From a byte to a byte.
    Bytes(usize, usize),
    /// From a character to a character.
    Chars(usize, usize),
}

impl Spans {
    /// Reads a text. None where neither parser accepts it.
    pub(super) fn read(text: &str) -> Option<Self> {
        match json::Node::root(text) {
            Some(root) => Some(Self::Json(root)),
            None => yaml::Nodes::read(text).map(Self::Yaml),
        }
    }

    /// The span of the value at a JSON pointer, or of the nearest one that encloses it: of a member
    /// that is an object or an array, its key. `text` is the one that was read.
    pub(super) fn find(&self, text: &str, pointer: &str) -> Option<Span> {
        match self {
            Self::Json(root) => Some(root.find(text, pointer)),
            Self::Yaml(nodes) => nodes
                .find(pointer)
                .map(|(start, end)| Span::Chars(start, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, pointer: &str) -> String {
        match Spans::read(text).unwrap().find(text, pointer).unwrap() {
            Span::Bytes(start, end) => text[start..end].to_owned(),
            Span::Chars(start, end) => text.chars().skip(start).take(end - start).collect(),
        }
    }

    #[test]
    fn a_pointer_has_the_span_of_its_value_or_key() {
        let text = "paths:\n  /a/{b}:\n    get: {tags: [x, 'ü y']}\n";
        assert_eq!(found(text, "/paths/~1a~1{b}/get/tags/1"), "'ü y'");
        assert_eq!(found(text, "/paths/~1a~1{b}/get"), "get");
    }

    #[test]
    fn a_missing_value_has_the_span_of_what_encloses_it() {
        assert_eq!(found("a:\n  b: 1\n", "/a/c/d"), "a");
        assert_eq!(found("a: 1\n", "/x"), "a");
    }

    #[test]
    fn aliases_and_merge_keys_are_followed() {
        let text = "base: &base {x: 1}\nplain: *base\nmerged: {<<: *base, y: 2}\n";
        assert_eq!(found(text, "/plain/x"), "1");
        assert_eq!(found(text, "/merged/x"), "1");
        assert_eq!(found(text, "/merged/y"), "2");
    }

    /// JSON is YAML, too: both readers find the same span.
    #[test]
    fn json_is_read_as_yaml_would_read_it() {
        let text =
            "{\"ü\\/b\": [\n\t{\"c\": \"\\u00e9\"}, 7 , [ ]], \"e\": {}, \"e\": {\"f\" : null}}";
        let yaml = yaml::Nodes::read(text).unwrap();
        for (pointer, expected) in [
            ("", "{"),
            ("/nothing", "{"),
            ("/ü~1b", "\"ü\\/b\""),
            ("/ü~1b/0", "{"),
            ("/ü~1b/0/c", "\"\\u00e9\""),
            ("/ü~1b/0/c/deeper", "\"\\u00e9\""),
            ("/ü~1b/1", "7"),
            ("/ü~1b/2", "["),
            ("/ü~1b/x", "\"ü\\/b\""),
            ("/e/f", "null"),
        ] {
            assert_eq!(found(text, pointer), expected, "{pointer}");
            let (start, end) = yaml.find(pointer).unwrap();
            let as_yaml: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(as_yaml, expected, "{pointer}");
        }
    }

    #[test]
    fn flow_style_yaml_is_not_taken_for_json() {
        assert_eq!(found("{a: [x], b: 1}", "/b"), "1");
    }
}
