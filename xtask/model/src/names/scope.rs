use std::borrow::Cow;
use std::collections::BTreeSet;

use super::keywords;
use super::symbols::Detail;
use super::words::split;
use super::{pascal, shouty, snake};
use crate::{Ident, Name};

/// The longest identifier that is written out.
const LONGEST: usize = 160;

/// What an identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A type: Pascal case, nothing that generated code uses by bare name.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field, an argument or a setter.
    Field,
    /// A method.
    Method,
    /// A module, which may have a file of its own.
    Module,
    /// A constant or static.
    Constant,
}

impl Kind {
    fn render(self, words: &[String]) -> String {
        match self {
            Self::Type | Self::Variant => pascal(words),
            Self::Field | Self::Method | Self::Module => snake(words),
            Self::Constant => shouty(words),
        }
    }

    /// The word put before a name that begins with a digit, and behind one that Rust or the
    /// generated code has taken.
    fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Variant => "value",
            Self::Field => "field",
            Self::Method => "call",
            Self::Module => "group",
            Self::Constant => "constant",
        }
    }

    fn is_taken_by_rust(self, text: &str) -> bool {
        keywords::is_never(text)
            || (self == Self::Type && keywords::is_prelude(text))
            || (self == Self::Module && keywords::is_file(text))
    }
}

/// What an identifier is wanted for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Claim<'a> {
    /// The name in the document.
    pub wire: &'a str,
    /// An identifier that this one begins with: the parent's of an inline type.
    pub parent: Option<&'a Ident>,
    /// Words that are put behind the name: `Item`, `Request`.
    pub suffix: &'a str,
    /// Where the name is taken: words that disambiguate it, tried in order before
    /// the general ways (spelling out punctuation, then case).
    pub disambiguators: &'a [&'a str],
}

impl<'a> Claim<'a> {
    /// A claim for a name as it is.
    pub fn of(wire: &'a str) -> Self {
        Self {
            wire,
            ..Self::default()
        }
    }
}

/// A space of identifiers: a module's types, an enum's variants, a struct's fields. The only maker
/// of an [`Ident`].
///
/// Where two names meet, the one that is spelled like the identifier has it, and the other gets
/// words that disambiguate the two; never a number. What comes out depends on the names claimed,
/// not on their order, within one [`claim_all`](Self::claim_all).
#[derive(Debug, Clone)]
pub struct Scope {
    kind: Kind,
    taken: BTreeSet<String>,
    reserved: BTreeSet<&'static str>,
    reserved_word: &'static str,
    reserved_ending: Option<&'static str>,
}

impl Scope {
    /// An empty scope.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            taken: BTreeSet::new(),
            reserved: BTreeSet::new(),
            reserved_word: kind.word(),
            reserved_ending: None,
        }
    }

    /// Keeps names for the generated code itself: a claim that meets one gets `word` behind it.
    #[must_use]
    pub fn reserving(mut self, names: &[&'static str], word: &'static str) -> Self {
        self.reserved.extend(names);
        self.reserved_word = word;
        self
    }

    /// Keeps an ending for names that the generated code makes of these: a claim that has it gets
    /// `word` behind it.
    #[must_use]
    pub fn reserving_ending(mut self, ending: &'static str, word: &'static str) -> Self {
        self.reserved_ending = Some(ending);
        self.reserved_word = word;
        self
    }

    /// Whether the identifier has been handed out.
    pub fn has(&self, ident: &str) -> bool {
        self.taken.contains(ident.trim_start_matches("r#"))
    }

    /// Whether nothing has the identifier. A field that may be null has a second setter,
    /// whose name ends in `_null`.
    fn is_free(&self, ident: &str) -> bool {
        let stem = ident
            .strip_suffix("_null")
            .filter(|_| self.kind == Kind::Field);
        !self.taken.contains(ident) && !stem.is_some_and(|stem| self.taken.contains(stem))
    }

    /// Takes a name out of the scope without giving it to anyone.
    pub fn block(&mut self, ident: &Ident) {
        self.taken.insert(ident.plain().to_owned());
    }

    /// Hands out one identifier.
    pub fn claim(&mut self, claim: Claim<'_>) -> Ident {
        let first = self.first_choice(claim);
        self.claim_first(claim, first)
    }

    /// Hands out one identifier, of which the first choice is known.
    fn claim_first(&mut self, claim: Claim<'_>, first: String) -> Ident {
        if self.is_free(&first) {
            return self.give(first);
        }
        for candidate in self.other_choices(claim, &first) {
            if self.is_free(&candidate) {
                return self.give(candidate);
            }
        }
        // The same wire name twice: no word disambiguates the two.
        let mut text = self.rendered(&split(claim.wire, Detail::All), claim, "again");
        while self.taken.contains(&text) {
            text = shortened(format!("{text}{}", self.kind.render(&["again".to_owned()])));
            if self.taken.contains(&text) {
                text = format!("{}X{:016x}", text.get(..32).unwrap_or("T"), hash(&text));
            }
        }
        self.give(text)
    }

    /// Hands out an identifier for a name as it is.
    pub fn claim_wire(&mut self, wire: &str) -> Ident {
        self.claim(Claim::of(wire))
    }

    /// Hands out a [`Name`].
    pub fn name(&mut self, wire: &str) -> Name {
        Name {
            wire: wire.to_owned(),
            ident: self.claim_wire(wire),
        }
    }

    /// Hands out an identifier for each claim, in the order of the claims; who gets a contested
    /// one does not depend on that order.
    pub fn claim_all(&mut self, claims: &[Claim<'_>]) -> Vec<Ident> {
        let choices = claims
            .iter()
            .map(|claim| (*claim, self.first_choice(*claim)));
        let mut order: Vec<(usize, (Claim<'_>, String))> = choices.enumerate().collect();
        order
            .sort_by_key(|(_, (claim, first))| (first != claim.wire, claim.wire.len(), claim.wire));
        let mut idents: Vec<Option<Ident>> = vec![None; claims.len()];
        for (at, (claim, first)) in order {
            idents[at] = Some(self.claim_first(claim, first));
        }
        idents.into_iter().flatten().collect()
    }

    /// [`claim_all`](Self::claim_all) for names as they are.
    pub fn claim_wires(&mut self, wires: &[&str]) -> Vec<Ident> {
        let claims: Vec<_> = wires.iter().map(|wire| Claim::of(wire)).collect();
        self.claim_all(&claims)
    }

    fn first_choice(&self, claim: Claim<'_>) -> String {
        self.rendered(&self.plain_words(claim), claim, "")
    }

    fn plain_words(&self, claim: Claim<'_>) -> Vec<String> {
        let wire = claim.wire;
        // `expand[]` is how some servers want a list named; the brackets say nothing to callers.
        let wire = match self.kind {
            Kind::Field => wire.strip_suffix("[]").filter(|rest| !rest.is_empty()),
            _ => None,
        }
        .unwrap_or(wire);
        split(wire, Detail::Meaning)
    }

    /// The identifiers that would do where the first choice is taken, the best first.
    fn other_choices(&self, claim: Claim<'_>, first: &str) -> Vec<String> {
        let plain = self.plain_words(claim);
        let mut choices = Vec::new();
        if !self.taken.contains(first) {
            choices.push(self.rendered(&plain, claim, self.kind.word()));
        }
        for disambiguator in claim.disambiguators {
            choices.push(self.rendered(&plain, claim, disambiguator));
        }
        let all = split(claim.wire, Detail::All);
        let case = spelling(claim.wire);
        choices.push(self.rendered(&all, claim, ""));
        choices.push(self.rendered(&plain, claim, case));
        choices.push(self.rendered(&all, claim, case));
        let digest = format!("x{:016x}", hash(claim.wire));
        choices.push(self.rendered(&plain, claim, &digest));
        choices
    }

    fn rendered(&self, words: &[String], claim: Claim<'_>, disambiguator: &str) -> String {
        let mut words = Cow::Borrowed(words);
        for more in [claim.suffix, disambiguator]
            .into_iter()
            .filter(|more| !more.is_empty())
        {
            words.to_mut().extend(
                more.split_whitespace()
                    .flat_map(|word| split(word, Detail::Meaning)),
            );
        }
        let mut text = self.under(claim.parent, &words);
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            words.to_mut().insert(0, self.kind.word().to_owned());
            text = self.under(claim.parent, &words);
        }
        let text = shortened(text);
        let has_ending = |ending: &str| text.ends_with(ending);
        let behind = if self.reserved.contains(text.as_str())
            || self.reserved_ending.is_some_and(has_ending)
        {
            self.reserved_word
        } else if self.kind.is_taken_by_rust(&text) {
            self.kind.word()
        } else {
            return text;
        };
        words.to_mut().push(behind.to_owned());
        shortened(self.under(claim.parent, &words))
    }

    /// The words as an identifier that begins with the parent's.
    fn under(&self, parent: Option<&Ident>, words: &[String]) -> String {
        let own = self.kind.render(words);
        let Some(parent) = parent else { return own };
        let digits_meet = parent.plain().ends_with(|c: char| c.is_ascii_digit())
            && own.starts_with(|c: char| c.is_ascii_digit());
        let between = if digits_meet { "_" } else { "" };
        format!("{}{between}{own}", parent.plain())
    }

    fn give(&mut self, text: String) -> Ident {
        let ident = if keywords::needs_raw(&text) {
            format!("r#{text}")
        } else {
            text.clone()
        };
        self.taken.insert(text);
        Ident::new_checked(ident)
    }
}

/// How a text is spelled, for names that differ in nothing else.
fn spelling(wire: &str) -> &'static str {
    let lower = wire.chars().any(char::is_lowercase);
    let upper = wire.chars().any(char::is_uppercase);
    match (lower, upper) {
        (true, false) => "lower case",
        (false, true) => "upper case",
        (true, true) if wire.starts_with(char::is_uppercase) => "pascal case",
        (true, true) => "camel case",
        (false, false) => "as written",
    }
}

/// An identifier of bearable length: the beginning, then a digest of the whole.
fn shortened(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let text = text.as_str();
    let kept = text
        .get(..LONGEST - 17)
        .unwrap_or(text)
        .trim_end_matches('_');
    let digest = hash(text);
    if text.contains(|c: char| c.is_ascii_uppercase())
        && !text.contains(|c: char| c.is_ascii_lowercase())
    {
        format!("{kept}_X{digest:015X}")
    } else if text.starts_with(|c: char| c.is_ascii_uppercase()) {
        format!("{kept}X{digest:015x}")
    } else {
        format!("{kept}_x{digest:015x}")
    }
}

/// FNV-1a: stable for ever, which the standard library's hasher is not.
fn hash(text: &str) -> u64 {
    let folded = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    folded >> 4
}

#[cfg(test)]
#[path = "scope_tests.rs"]
mod tests;
