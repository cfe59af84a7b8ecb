//! Comparisons that differ in value, noun and effect only.

use serde_json::Value;

use super::{
    change::{Rust, Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath},
    kind::{Aspect, Subject},
    text::capped,
};

/// A property of an item, before and after.
pub(super) struct Facet {
    aspect: Aspect,
    /// What it is called in a sentence.
    noun: String,
    value: Sides,
    effect: Effect,
    /// The words after the noun, where old and new value do not say it all.
    verb: Option<String>,
}

impl Facet {
    /// A property whose values a sentence quotes.
    pub(super) fn new(
        aspect: Aspect,
        noun: impl Into<String>,
        [before, after]: [Option<String>; 2],
        effect: Effect,
    ) -> Self {
        Self {
            aspect,
            noun: noun.into(),
            value: Sides { before, after },
            effect,
            verb: None,
        }
    }

    /// A text that a sentence does not quote: a description.
    pub(super) fn documentation(
        noun: impl Into<String>,
        [before, after]: [&str; 2],
        visible: bool,
    ) -> Self {
        let noun = noun.into();
        let noun = match noun.as_str() {
            "" => "documentation".to_owned(),
            noun => format!("{noun}: documentation"),
        };
        let side = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let verb = match (before.is_empty(), after.is_empty()) {
            (true, false) => "added",
            (false, true) => "removed",
            _ => "changed",
        };
        Self {
            verb: Some(verb.to_owned()),
            ..Self::new(
                Aspect::Docs,
                noun,
                [side(before), side(after)],
                Effect::DOCS.visible_if(visible),
            )
        }
    }

    /// An example, which a sentence does not quote.
    pub(super) fn example(
        noun: impl Into<String>,
        values: [Option<&Value>; 2],
        visible: bool,
    ) -> Self {
        let texts = values.map(|value| value.map(Value::to_string));
        let [before, after] = texts.each_ref().map(|text| text.as_deref());
        let texts = [before.unwrap_or_default(), after.unwrap_or_default()];
        let mut facet = Self::documentation(noun, texts, visible);
        facet.aspect = Aspect::Example;
        facet.noun = match facet.noun.strip_suffix("documentation") {
            Some(noun) => format!("{noun}example"),
            None => facet.noun,
        };
        facet
    }

    /// Whether it is deprecated: with its note, or without.
    pub(super) fn deprecation(
        noun: &str,
        notes: [Option<&str>; 2],
        rust: Rust,
        visible: bool,
    ) -> Self {
        let (rust, verb) = match notes {
            [None, Some(_)] => (rust, "deprecated"),
            [Some(_), None] => (Rust::Docs, "no longer deprecated"),
            _ => (Rust::Docs, "deprecation note changed"),
        };
        Self {
            verb: Some(verb.to_owned()),
            ..Self::new(
                Aspect::Deprecation,
                noun,
                notes.map(|note| note.map(str::to_owned)),
                Effect::in_rust(rust).visible_if(visible),
            )
        }
    }

    /// Says in own words what happened.
    pub(super) fn says(mut self, verb: impl Into<String>) -> Self {
        self.verb = Some(verb.into());
        self
    }

    fn is_same(&self) -> bool {
        self.value.before == self.value.after
    }

    fn message(&self) -> String {
        let Self {
            noun, value, verb, ..
        } = self;
        if let Some(verb) = verb {
            let colon = match noun.as_str() {
                "" => "",
                _ if self.aspect == Aspect::Deprecation => ": ",
                _ => " ",
            };
            return format!("{noun}{colon}{verb}");
        }
        match (&value.before, &value.after) {
            (Some(old), Some(new)) => {
                format!("{noun} changed from {} to {}", capped(old), capped(new))
            }
            (None, Some(new)) => format!("{noun} {} added", capped(new)),
            (Some(old), None) => format!("{noun} {} removed", capped(old)),
            (None, None) => String::new(),
        }
    }
}

/// Adds a change for each property that differs.
pub(super) fn compare(
    out: &mut Collector<'_>,
    subject: Subject,
    path: &ItemPath,
    facets: impl IntoIterator<Item = Facet>,
) {
    for facet in facets.into_iter().filter(|facet| !facet.is_same()) {
        let message = facet.message();
        let details = Details::values(facet.value);
        out.note_with(subject, facet.aspect, path, facet.effect, message, details);
    }
}

/// The effect of another default: clients that send nothing get something else.
pub(super) fn of_default(is_sent: bool, visible: bool) -> Effect {
    let wire = if is_sent { Wire::Behavior } else { Wire::None };
    Effect::new(wire, Rust::Docs).visible_if(visible)
}
