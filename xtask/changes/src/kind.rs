use std::fmt;

use serde::Serialize;

/// What changed, and how: `field.added`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The kind of item.
    pub subject: Subject,
    /// The aspect of it that changed.
    pub aspect: Aspect,
}

impl Kind {
    /// A kind.
    pub fn new(subject: Subject, aspect: Aspect) -> Self {
        Self { subject, aspect }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.subject.as_str(), self.aspect.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

words! {
    /// The kind of item that changed.
    Subject {
        Api = "api",
        Server = "server",
        ServerVariable = "server_variable",
        Credential = "credential",
        Resource = "resource",
        Operation = "operation",
        Parameter = "parameter",
        Body = "body",
        Error = "error",
        BodyField = "body_field",
        Type = "type",
        Field = "field",
        EnumValue = "enum_value",
        Variant = "variant",
        /// A method that depends on several parts: of all variants, of another representation.
        Method = "method",
        Webhook = "webhook",
        Omission = "omission",
    }
}

words! {
    /// The aspect of an item that changed.
    Aspect {
        Added = "added",
        Removed = "removed",
        /// Another name in Rust.
        Renamed = "renamed",
        /// Another method, path or location of a parameter.
        Moved = "moved",
        /// Another name in the document alone.
        Id = "id",
        Type = "type",
        /// Another kind of type: an object, an enum, a union.
        Shape = "shape",
        /// Whether two names denote one type.
        Identity = "identity",
        /// Whether it is required, and whether it may be null.
        Presence = "presence",
        /// The serialization of a parameter.
        Style = "style",
        /// The value that the server assumes.
        Default = "default",
        /// The limits on values: `maxLength`, `pattern` and others.
        Constraint = "constraint",
        /// The values that something takes.
        Values = "values",
        Docs = "docs",
        Example = "example",
        Deprecation = "deprecation",
        Order = "order",
        /// Whether it is part of requests, of responses, or of both.
        Usage = "usage",
        /// Generated code, because a type that it uses changed.
        Code = "code",
        /// Implemented traits, because a type that it uses changed.
        Traits = "traits",
        Response = "response",
        Envelope = "envelope",
        Accept = "accept",
        Statuses = "statuses",
        Headers = "headers",
        Errors = "errors",
        MediaType = "media_type",
        Content = "content",
        Security = "security",
        /// Whether the operation is safe, idempotent or neither.
        Safety = "safety",
        Pagination = "pagination",
        Streaming = "streaming",
        /// How callers wait for what an operation started.
        Wait = "wait",
        Server = "server",
        /// The members by which a union's variant is recognized.
        MatchRule = "match_rule",
        Discriminator = "discriminator",
        Url = "url",
        Features = "features",
        Environment = "environment",
        Kind = "kind",
        Version = "version",
        Title = "title",
        VersionHeader = "version_header",
        Count = "count",
    }
}

impl Aspect {
    /// Whether the aspect is about documentation alone.
    pub(super) fn is_documentation(self) -> bool {
        matches!(self, Self::Docs | Self::Example | Self::Title)
    }
}
