use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};

use super::{Severity, nearest};

/// A recoverable error: a document breaks the standard, or declares what the generated code cannot
/// express, and there is a repair. `allow:` and `--allow` accept one by its name.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $severity:ident,)*) => {
        /// A kind of recoverable error: the document breaks the standard, or declares something
        /// that cannot be expressed, and generating can go on after a repair.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorKind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl ErrorKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name that `allow:` and `--allow` take.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What an error of this kind is unless it is allowed: a warning where no caller loses
            /// anything by the repair.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }
        }
    };
}

kinds! {
    /// Alternatives that no discriminator value distinguishes.
    Discriminator "discriminator" Error,
    /// `required: true` in a schema, as drafts of JSON Schema before the fourth have it.
    BooleanRequired "boolean-required" Warning,
    /// `const` and `type`, or `const` and `enum`, contradict each other.
    InvalidConst "invalid-const" Error,
    /// Keywords that no value can conform to together.
    Contradiction "contradiction" Error,
    /// A keyword whose value has another type that says the same: `"1"` for `1`.
    ConvertedKeyword "converted-keyword" Warning,
    /// A limit on the size of the document or of what it makes.
    DocumentSize "document-size" Error,
    /// A key that an object has twice.
    DuplicateKey "duplicate-key" Error,
    /// An `operationId` that several operations have.
    DuplicateOperationId "duplicate-operation-id" Warning,
    /// A parameter that an operation has twice.
    DuplicateParameter "duplicate-parameter" Error,
    /// A name that `required` lists twice.
    DuplicateRequired "duplicate-required" Warning,
    /// A tag that is declared twice.
    DuplicateTag "duplicate-tag" Warning,
    /// Dynamic references that make too many schemas, or that no schema binds.
    DynamicRef "dynamic-ref" Error,
    /// An empty `allOf`, `oneOf` or `anyOf`.
    EmptyComposition "empty-composition" Warning,
    /// An empty `enum`.
    EmptyEnum "empty-enum" Warning,
    /// Two paths that match the same URLs.
    EquivalentPaths "equivalent-paths" Error,
    /// A header that HTTP does not allow.
    Header "header" Error,
    /// An object without a field that it cannot be used without: a parameter's `name`.
    IncompleteObject "incomplete-object" Error,
    /// A default that does not conform to its schema.
    InvalidDefault "invalid-default" Warning,
    /// A value of `enum` that does not conform to the schema.
    InvalidEnumValue "invalid-enum-value" Error,
    /// A keyword whose value has another type.
    KeywordType "keyword-type" Error,
    /// A method that is not an HTTP method.
    Method "method" Error,
    /// A `$ref` where the standard allows none.
    MisplacedRef "misplaced-ref" Warning,
    /// A field that the standard requires, and that can be assumed: `info`, `responses`.
    MissingField "missing-field" Warning,
    /// Syntax of a later version of the standard.
    NewerSyntax "newer-syntax" Warning,
    /// A path parameter without `required: true`.
    OptionalPathParameter "optional-path-parameter" Warning,
    /// Where and how a parameter is sent.
    Parameter "parameter" Error,
    /// A path template that is not one.
    PathSyntax "path-syntax" Error,
    /// `readOnly` and `writeOnly` together.
    ReadWriteOnly "read-write-only" Warning,
    /// A `$ref` or a mapping to an object of another kind.
    RefKind "ref-kind" Error,
    /// A schema that is part of itself.
    SchemaCycle "schema-cycle" Error,
    /// A security scheme that cannot be used.
    SecurityScheme "security-scheme" Error,
    /// A server's URL and its variables.
    Server "server" Error,
    /// A response status that is none.
    Status "status" Error,
    /// A path parameter that is not a variable of the path.
    StrayPathParameter "stray-path-parameter" Warning,
    /// A parameter for a header that the transport writes itself.
    TransportHeader "transport-header" Warning,
    /// A variable of a path without a parameter.
    UndeclaredPathParameter "undeclared-path-parameter" Warning,
    /// A `type` that JSON Schema does not have.
    UnknownType "unknown-type" Error,
    /// Something that the generated code cannot express.
    Unsupported "unsupported" Error,
    /// A `$ref`, a mapping or an anchor without a target.
    UnresolvedRef "unresolved-ref" Error,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ErrorKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.name() == text).ok_or_else(|| {
            let names = Self::ALL.iter().map(|kind| kind.name());
            match nearest(text, names.clone()) {
                Some(near) => format!("unknown kind of error `{text}`; did you mean `{near}`?"),
                None => {
                    let names: Vec<&str> = names.collect();
                    format!(
                        "unknown kind of error `{text}`; the kinds are {}",
                        names.join(", ")
                    )
                }
            }
        })
    }
}

impl<'de> Deserialize<'de> for ErrorKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
