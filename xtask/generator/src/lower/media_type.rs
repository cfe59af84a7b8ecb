//! Media types by how the SDK writes and reads them.

/// What the SDK does with a media type, the preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MediaKind {
    /// `application/json`
    Json,
    /// `application/…+json`
    JsonSuffix,
    /// `*/*`, `application/*`
    Any,
    /// `multipart/…`
    Multipart,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `text/event-stream`
    Events,
    /// One JSON value per line.
    JsonLines,
    /// One JSON value per record (RFC 7464).
    JsonSequence,
    /// Text of any kind, including XML and YAML.
    Text,
    /// Everything else.
    Bytes,
}

impl MediaKind {
    /// The kind of a media type or range.
    pub(super) fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        let (kind, name) = essence.split_once('/').unwrap_or((&essence, ""));
        match (kind, name) {
            ("application" | "text", "json") | ("*", "json") => Self::Json,
            ("", _) | ("*" | "application", "*" | "") => Self::Any,
            ("text", "event-stream") => Self::Events,
            ("application" | "text", "json-seq") => Self::JsonSequence,
            (
                "application" | "text",
                "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines"
                | "json-lines" | "stream+json" | "x-json-stream",
            ) => Self::JsonLines,
            (_, name) if name.ends_with("+json-seq") => Self::JsonSequence,
            (_, name) if name.ends_with("+json") => Self::JsonSuffix,
            ("application", "x-www-form-urlencoded") => Self::Form,
            ("multipart", _) => Self::Multipart,
            ("text", _) => Self::Text,
            (
                "application",
                "xml"
                | "yaml"
                | "x-yaml"
                | "javascript"
                | "graphql"
                | "jwt"
                | "sql"
                | "toml"
                | "x-sh"
                | "x-pem-file"
                | "pem-certificate-chain"
                | "csv",
            ) => Self::Text,
            (_, name) if name.ends_with("+xml") || name.ends_with("+yaml") => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// Whether the body is one JSON value.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonSuffix | Self::Any)
    }
}

/// A media type in lower case, without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is a JSON Patch (RFC 6902): a list of operations.
pub(super) fn is_json_patch(media_type: &str) -> bool {
    essence(media_type) == "application/json-patch+json"
}

/// Whether a media type is YAML, which JSON text is too.
pub(super) fn is_yaml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/yaml") || essence.ends_with("/x-yaml") || essence.ends_with("+yaml")
}

/// The word for a media type in the name of a method.
pub(super) fn method_word(media_type: &str) -> String {
    let essence = essence(media_type);
    let (kind, name) = essence.split_once('/').unwrap_or((&essence, ""));
    let word = match MediaKind::of(media_type) {
        MediaKind::Json => "json",
        MediaKind::Form => "form",
        MediaKind::Multipart if name == "form-data" => "multipart",
        MediaKind::Events => "events",
        MediaKind::JsonLines => "json_lines",
        MediaKind::JsonSequence => "json_sequence",
        _ => match name {
            "plain" => "text",
            "octet-stream" | "" => "bytes",
            "*" if kind == "*" || kind == "application" => "bytes",
            "*" => kind,
            name => name,
        },
    };
    let unregistered = word.strip_prefix("x-").unwrap_or(word);
    unregistered.replace(['+', '.', '-'], " ")
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, method_word};

    #[test]
    fn media_types_are_known_by_their_essence() {
        for (media_type, kind) in [
            ("Application/JSON; charset=utf-8", MediaKind::Json),
            ("application/problem+json", MediaKind::JsonSuffix),
            ("*/*", MediaKind::Any),
            ("application/geo+json-seq", MediaKind::JsonSequence),
            ("application/x-ndjson", MediaKind::JsonLines),
            ("application/soap+xml", MediaKind::Text),
            ("image/*", MediaKind::Bytes),
        ] {
            assert_eq!(MediaKind::of(media_type), kind, "{media_type}");
        }
    }

    #[test]
    fn a_media_type_has_a_word_for_methods() {
        for (media_type, word) in [
            ("multipart/form-data", "multipart"),
            ("multipart/mixed", "mixed"),
            ("text/plain; charset=utf-8", "text"),
            ("application/vnd.api.v2+json", "vnd api v2 json"),
            ("image/*", "image"),
            ("application/octet-stream", "bytes"),
            ("application/x-tar", "tar"),
        ] {
            assert_eq!(method_word(media_type), word);
        }
    }
}
