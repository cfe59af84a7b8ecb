/// What a media type is to the SDK, the preferred ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    /// `application/json`
    Json,
    /// `application/…+json`
    JsonKin,
    /// `*/*`, `application/*`
    Any,
    /// `multipart/…`
    Multipart,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `text/event-stream`
    Events,
    /// One JSON value a line.
    JsonLines,
    /// Text of any kind, XML and YAML among it.
    Text,
    /// Everything else.
    Bytes,
}

impl Media {
    /// What this media type or range is.
    pub(super) fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        let (kind, name) = essence.split_once('/').unwrap_or((&essence, ""));
        match (kind, name) {
            ("application" | "text", "json") | ("*", "json") => Self::Json,
            ("", _) | ("*" | "application", "*" | "") => Self::Any,
            ("text", "event-stream") => Self::Events,
            (
                "application" | "text",
                "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines"
                | "json-lines" | "stream+json" | "x-json-stream" | "json-seq",
            ) => Self::JsonLines,
            (_, name) if name.ends_with("+json-seq") => Self::JsonLines,
            (_, name) if name.ends_with("+json") => Self::JsonKin,
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
        matches!(self, Self::Json | Self::JsonKin | Self::Any)
    }
}
