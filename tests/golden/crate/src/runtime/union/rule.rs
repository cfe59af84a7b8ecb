/// A union's table.
#[derive(Debug)]
pub struct Union {
    /// The property that tells the variants apart; empty where the document declares none.
    pub tag: &'static str,
    /// The variants, in the document's order.
    pub variants: &'static [Variant],
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// The tag's values that stand for it.
    pub tags: &'static [&'static str],
    /// What its values look like.
    pub rule: Rule,
}

/// What a variant's values look like.
#[derive(Debug)]
pub enum Rule {
    /// Only the tag tells.
    ByTag,
    /// Anything; taken when nothing else fits.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string that is an instant (RFC 3339).
    Timestamp,
    /// A string that is a date (RFC 3339).
    Date,
    /// A string enum: best one of these, but any string is a value of the future.
    Values(&'static [&'static str]),
    /// An integer enum: best one of these, but any integer is a value of the future.
    Integers(&'static [i64]),
    /// One of these strings.
    Literals(&'static [&'static str]),
    /// A list whose items follow a rule.
    List(&'static Rule),
    /// An object whose members' values follow a rule.
    Map(&'static Rule),
    /// Null, or what follows a rule.
    Nullable(&'static Rule),
    /// Another union.
    Union(fn() -> &'static Union),
    /// An object with declared properties.
    Object {
        /// Members that must be there.
        required: &'static [&'static str],
        /// Members that may be there.
        optional: &'static [&'static str],
        /// Members that have this value where they are there.
        constants: &'static [(&'static str, Constant)],
    },
}

/// A JSON value that a member must have.
#[derive(Debug)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// Null.
    Null,
}
