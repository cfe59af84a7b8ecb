/// The selection table of a union.
#[derive(Debug)]
pub struct Union {
    /// The discriminator property; empty if the document declares none.
    pub tag: &'static str,
    /// The variants, in the document's order.
    pub variants: &'static [Variant],
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// The discriminator values of the variant.
    pub tags: &'static [&'static str],
    /// The rule that its values match.
    pub rule: Rule,
}

/// A rule for the values of a variant.
#[derive(Debug)]
pub enum Rule {
    /// No value; the variant is selected by its tag only.
    ByTag,
    /// Any value, with the lowest rank.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string in the format `date-time` (RFC 3339).
    Timestamp,
    /// A string in the format `date` (RFC 3339).
    Date,
    /// A string enum: any string, with a higher rank for these.
    Values(&'static [&'static str]),
    /// An integer enum: any integer, with a higher rank for these.
    Integers(&'static [i64]),
    /// One of these strings.
    Literals(&'static [&'static str]),
    /// A list whose items match a rule.
    List(&'static Rule),
    /// An object whose properties match a rule.
    Map(&'static Rule),
    /// Null, or a value that matches a rule.
    Nullable(&'static Rule),
    /// Another union.
    Union(fn() -> &'static Union),
    /// An object with declared properties.
    Object {
        /// The required properties.
        required: &'static [&'static str],
        /// The optional properties.
        optional: &'static [&'static str],
        /// The properties with a constant value, if present.
        constants: &'static [(&'static str, Constant)],
    },
}

/// The constant value of a property.
#[derive(Debug)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// Null.
    Null,
}
