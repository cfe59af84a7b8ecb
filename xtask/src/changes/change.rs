use std::fmt;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// A difference between two operation models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Twelve hexadecimal digits made of the API, the kind and the item: the same whenever the
    /// same change is found, wherever the item stands in the document.
    pub id: String,
    /// What happened to what: `field.added`.
    pub kind: Kind,
    /// The API.
    pub api: String,
    /// What it happened to: `GET /sessions, query status`.
    pub item: String,
    /// Where it stands in the documents.
    pub pointer: Sides,
    /// What it means on the wire.
    pub wire: Wire,
    /// What it means to Rust code that calls the crate.
    pub rust: Rust,
    /// The item's path in the crate.
    pub path: Sides,
    /// The generated files that show it.
    pub files: Vec<String>,
    /// One sentence.
    pub message: String,
}

impl Change {
    /// Gives the change its id. `again` tells apart what nothing else does.
    pub(super) fn sign(&mut self, again: usize) {
        let text = format!("{}\n{}\n{}\n{again}", self.api, self.kind, self.item);
        self.id = Sha256::digest(text.as_bytes())
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
    }
}

/// Something before and after; none on the side where it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// In the old model.
    pub before: Option<String>,
    /// In the new model.
    pub after: Option<String>,
}

impl Sides {
    /// It is on both sides.
    pub(super) fn both(before: impl fmt::Display, after: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: Some(after.to_string()),
        }
    }

    /// It is gone.
    pub(super) fn before(before: impl fmt::Display) -> Self {
        Self {
            before: Some(before.to_string()),
            after: None,
        }
    }

    /// It is new.
    pub(super) fn after(after: impl fmt::Display) -> Self {
        Self {
            before: None,
            after: Some(after.to_string()),
        }
    }
}

/// What a change means on the wire, to a client of the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// Nothing.
    None,
    /// There is more to send or to read; what was sent and read before still is.
    Additive,
    /// What was sent before is refused, or what was read before does not come.
    Breaking,
}

/// What a change means to Rust code that calls the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rust {
    /// Nothing: no public item differs, though what it does may.
    None,
    /// Documentation.
    Docs,
    /// There is more to name; what compiled before still does.
    Additive,
    /// Code that compiled before may not.
    Breaking,
}

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
        /// The errors that are declared.
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
        /// The property that tells variants apart.
        Discriminator = "discriminator",
        /// The address.
        Url = "url",
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
