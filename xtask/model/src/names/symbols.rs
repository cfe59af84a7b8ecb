/// How much of a text's punctuation becomes words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// Only what changes the meaning: `=`, `+`, a leading `-`.
    Meaning,
    /// Everything, so that `user-id` and `user.id` differ.
    All,
}

/// The name of a symbol that changes what a text means. An exclamation mark does at the head
/// only: `!active`, but `Hello, world!`.
pub(super) fn meaning(symbol: char, leads: bool) -> Option<&'static str> {
    Some(match symbol {
        '=' => "equal to",
        '<' => "less than",
        '>' => "greater than",
        '!' if leads => "not",
        '+' => "plus",
        '*' => "asterisk",
        '&' => "and",
        '%' => "percent",
        _ => return None,
    })
}

/// Pairs of symbols that mean something together. They come before single ones.
pub(super) const PAIRS: [(&str, &str); 7] = [
    ("==", "equal to"),
    ("!=", "not equal to"),
    ("<=", "less than or equal to"),
    (">=", "greater than or equal to"),
    ("<>", "not equal to"),
    ("&&", "and"),
    ("[]", "list"),
];

/// The name of a symbol outside ASCII: mathematics, currencies, arrows, and the emoji whose usual
/// transliteration is another symbol.
pub(super) fn foreign(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '≥' => "greater than or equal to",
        '≤' => "less than or equal to",
        '≠' => "not equal to",
        '≈' => "approximately equal to",
        '≡' => "identical to",
        '±' => "plus or minus",
        '×' => "times",
        '÷' => "divided by",
        '−' => "minus",
        '√' => "square root",
        '∞' => "infinity",
        '∑' => "sum",
        '∈' => "element of",
        '∅' => "empty set",
        '∧' => "logical and",
        '∨' => "logical or",
        '¬' => "logical not",
        '°' => "degree",
        '‰' => "per mille",
        'µ' | 'μ' => "micro",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '¢' => "cent",
        '₹' => "rupee",
        '₿' => "bitcoin",
        '§' => "section",
        '¶' => "pilcrow",
        '©' => "copyright",
        '®' => "registered",
        '™' => "trademark",
        '•' => "bullet",
        '…' => "ellipsis",
        '–' | '—' => "dash",
        '←' => "left arrow",
        '→' => "right arrow",
        '↑' => "up arrow",
        '↓' => "down arrow",
        '↔' => "left right arrow",
        '✓' | '✔' => "check mark",
        '✗' | '✘' => "ballot x",
        '★' => "black star",
        '☆' => "white star",
        '👍' => "thumbs up",
        '👎' => "thumbs down",
        _ => return None,
    })
}

/// The diacritic of a Latin letter: that of `á`.
pub(super) fn diacritic(letter: char) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 10] = [
        ("acute", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"),
        ("grave", "ÀÈÌÒÙàèìòùǸǹ"),
        ("circumflex", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        ("diaeresis", "ÄËÏÖÜäëïöüÿŸ"),
        ("tilde", "ÃÑÕãñõĨĩŨũ"),
        ("cedilla", "ÇçŞşŢţĢģĶķĻļŅņŖŗ"),
        ("caron", "ČčĎďĚěŇňŘřŠšŤťŽž"),
        ("ring", "ÅåŮů"),
        ("ogonek", "ĄąĘęĮįŲų"),
        ("stroke", "ØøĐđĦħŁłŦŧ"),
    ];
    LETTERS
        .iter()
        .find(|(_, letters)| letters.contains(letter))
        .map(|(name, _)| *name)
}

/// The name of any ASCII symbol or control character.
pub(super) fn name(symbol: char, leads: bool) -> Option<&'static str> {
    meaning(symbol, leads).or_else(|| {
        Some(match symbol {
            ' ' => "space",
            '!' => "exclamation mark",
            '"' => "double quote",
            '#' => "hash",
            '$' => "dollar",
            '\'' => "apostrophe",
            '(' => "open paren",
            ')' => "close paren",
            ',' => "comma",
            '-' => "hyphen",
            '.' => "dot",
            '/' => "slash",
            ':' => "colon",
            ';' => "semicolon",
            '?' => "question mark",
            '@' => "at",
            '[' => "open bracket",
            '\\' => "backslash",
            ']' => "close bracket",
            '^' => "caret",
            '_' => "underscore",
            '`' => "backtick",
            '{' => "open brace",
            '|' => "pipe",
            '}' => "close brace",
            '~' => "tilde",
            '\0' => "nul",
            '\t' => "tab",
            '\n' => "newline",
            '\r' => "carriage return",
            '\u{1b}' => "escape",
            _ => return None,
        })
    })
}
