/// Keywords of edition 2024, strict and reserved, that may be written `r#…`.
const RAW: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that may not be written `r#…`.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Names of types that generated code uses without a path: Rust's prelude, and what it imports from
/// other crates. A test of the generator compares them with what it emits.
pub const PRELUDE: [&str; 62] = [
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "Infallible",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "SecretString",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "Stream",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Uuid",
    "Value",
    "Vec",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Formatter",
];

/// File names that some systems cannot store, or that mean something to Rust.
const FILES: [&str; 25] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lib",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "main", "mod", "nul",
    "prn",
];

/// Whether the word is an identifier only as `r#word`.
pub(super) fn needs_raw(word: &str) -> bool {
    RAW.contains(&word)
}

/// Whether the word can never be an identifier.
pub(super) fn is_never(word: &str) -> bool {
    NEVER.contains(&word)
}

/// Whether a type of this name would hide one that generated code uses.
pub(super) fn is_prelude(word: &str) -> bool {
    PRELUDE.contains(&word)
}

/// Whether a module of this name cannot have a file of its own.
pub(super) fn is_file(word: &str) -> bool {
    FILES.contains(&word)
}
