/// How the variants of a union are distinguished.
#[derive(Debug)]
pub struct Union {
    /// The discriminator's property; empty where the document declares none.
    pub tag: &'static str,
    /// The variants, in the document's order.
    pub variants: &'static [Variant],
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// The discriminator's values that select it.
    pub tags: &'static [&'static str],
    /// Which values match it.
    pub rule: Rule,
}

/// Which JSON values match a variant.
#[derive(Debug)]
pub enum Rule {
    /// Those that a discriminator's value selects.
    ByTag,
    /// Those whose discriminator is missing or unknown (`defaultMapping`).
    Default,
    /// Any.
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
    /// A string that is a date and time.
    Timestamp,
    /// A string that is a date (RFC 3339).
    Date,
    /// A string: preferably one of these, but unknown values of an enum match too.
    Values(&'static [&'static str]),
    /// An integer: preferably one of these, but unknown values of an enum match too.
    Integers(&'static [i64]),
    /// One of these strings.
    Literals(&'static [&'static str]),
    /// A list whose items match a rule.
    List(&'static Rule),
    /// A list with a rule for each item.
    Tuple {
        /// The items' rules.
        items: &'static [Rule],
        /// The number of items that must be there.
        required: usize,
    },
    /// An object whose members' values match a rule.
    Map(&'static Rule),
    /// Null, or what matches a rule.
    Nullable(&'static Rule),
    /// A value of another union.
    Union(fn() -> &'static Union),
    /// An object with declared properties.
    Object {
        /// Members that must be there.
        required: &'static [&'static str],
        /// Members that may be there.
        optional: &'static [&'static str],
        /// Members that must be there and have this value.
        constants: &'static [(&'static str, Constant)],
        /// Members that have this value where they are there.
        defaults: &'static [(&'static str, Constant)],
        /// Rules for members whose type differs between the variants.
        members: &'static [(&'static str, Rule)],
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
