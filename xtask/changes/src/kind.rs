use std::fmt;

use serde::Serialize;

/// What happened to what: `field.added`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// What it happened to.
    pub subject: Subject,
    /// What happened.
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
    /// What a change happens to.
    Subject {
        /// The whole API.
        Api = "api",
        /// A base address.
        Server = "server",
        /// A variable of a base address.
        ServerVariable = "server_variable",
        /// A way to prove who calls.
        Credential = "credential",
        /// A group of operations.
        Resource = "resource",
        /// An operation.
        Operation = "operation",
        /// A parameter of an operation, outside its body.
        Parameter = "parameter",
        /// An operation's request body.
        Body = "body",
        /// An error that an operation declares.
        Error = "error",
        /// A property of an operation's request body.
        BodyField = "body_field",
        /// A named type.
        Type = "type",
        /// A field of a struct.
        Field = "field",
        /// A value of an enum.
        EnumValue = "enum_value",
        /// A variant of a union.
        Variant = "variant",
        /// A payload that the API sends on its own.
        Webhook = "webhook",
        /// Something that the SDK lacks.
        Omission = "omission",
    }
}

words! {
    /// What happens.
    Aspect {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another name in Rust.
        Renamed = "renamed",
        /// It has another method or path.
        Moved = "moved",
        /// It has another operation id.
        Id = "id",
        /// It has another type.
        Type = "type",
        /// It is another kind of type.
        Shape = "shape",
        /// It is the same type as another one, or no longer.
        Identity = "identity",
        /// It may be absent or null, or no longer.
        Presence = "presence",
        /// It is written in another way.
        Style = "style",
        /// The server assumes another value.
        Default = "default",
        /// The values are others.
        Values = "values",
        /// What is said about it.
        Docs = "docs",
        /// The example that documentation shows.
        Example = "example",
        /// It is deprecated, or no longer.
        Deprecation = "deprecation",
        /// It stands elsewhere among its kind.
        Order = "order",
        /// It travels in other directions.
        Usage = "usage",
        /// Code made of it differs, as a type that it uses does.
        Form = "form",
        /// Other traits are implemented.
        Traits = "traits",
        /// What a success answers.
        Answer = "answer",
        /// The wrapper of the answer.
        Envelope = "envelope",
        /// The media types asked for.
        Accept = "accept",
        /// The statuses that tell success.
        Statuses = "statuses",
        /// The headers of an answer that the document names.
        Headers = "headers",
        /// What an error answers.
        Errors = "errors",
        /// The media type.
        MediaType = "media_type",
        /// What it holds.
        Content = "content",
        /// The credentials asked for.
        Security = "security",
        /// Whether sending it twice does harm.
        Safety = "safety",
        /// How pages follow one another.
        Pagination = "pagination",
        /// The stream that comes instead, where it is asked for.
        Streaming = "streaming",
        /// The address that it goes to.
        Server = "server",
        /// By which content a variant is told.
        Rule = "rule",
        /// The property that tells variants apart.
        Discriminator = "discriminator",
        /// The address.
        Url = "url",
        /// The Cargo features.
        Features = "features",
        /// The environment variable.
        Environment = "environment",
        /// How it travels.
        Kind = "kind",
        /// The version.
        Version = "version",
        /// The title.
        Title = "title",
        /// The header that carries the version.
        VersionHeader = "version_header",
        /// The number of operations.
        Count = "count",
    }
}
