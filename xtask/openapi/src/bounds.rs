//! The bounds that several schemas set together.

use crate::node::Node;

/// Lower and upper bound of each measure.
pub const BOUNDS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// The bounds of numbers, strings, arrays and objects.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bounds([Range; BOUNDS.len()]);

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Range {
    least: Option<Bound>,
    most: Option<Bound>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    value: f64,
    exclusive: bool,
}

impl Bounds {
    /// The schema's own bounds.
    pub fn of(schema: &Node<'_>) -> Self {
        let bound = |key: &str, exclusive: &str| {
            let value = schema.get(key)?.value.as_f64()?;
            let exclusive = schema.flag(exclusive);
            Some(Bound { value, exclusive })
        };
        Self(BOUNDS.map(|(least, most)| Range {
            least: bound(least, exclusive(least)),
            most: bound(most, exclusive(most)),
        }))
    }

    /// `minimum` and `maximum`.
    pub fn of_numbers(&self) -> (Option<f64>, Option<f64>) {
        let [numbers, ..] = &self.0;
        let value = |bound: Option<Bound>| bound.map(|bound| bound.value);
        (value(numbers.least), value(numbers.most))
    }

    /// The intersection. A measure whose intersection is empty is described and becomes unbounded.
    pub fn and(self, other: Self) -> (Self, Option<String>) {
        let mut conflict = None;
        let mut both = self;
        for ((range, more), (least, most)) in both.0.iter_mut().zip(other.0).zip(BOUNDS) {
            let narrow = range.and(more);
            *range = match (narrow.least, narrow.most) {
                (Some(low), Some(high)) if narrow.is_empty() => {
                    conflict = Some(format!(
                        "`{least}` is {}, `{most}` is {}",
                        low.value, high.value
                    ));
                    Range::default()
                }
                _ => narrow,
            };
        }
        (both, conflict)
    }
}

/// The flag that makes a bound of numbers exclusive.
fn exclusive(key: &str) -> &'static str {
    match key {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => "",
    }
}

impl Range {
    fn and(self, other: Self) -> Self {
        Self {
            least: stricter(self.least, other.least, |a, b| a > b),
            most: stricter(self.most, other.most, |a, b| a < b),
        }
    }

    fn is_empty(self) -> bool {
        let (Some(low), Some(high)) = (self.least, self.most) else {
            return false;
        };
        low.value > high.value || (low.value == high.value && (low.exclusive || high.exclusive))
    }
}

fn stricter(
    one: Option<Bound>,
    other: Option<Bound>,
    beats: impl Fn(f64, f64) -> bool,
) -> Option<Bound> {
    let (Some(one), Some(other)) = (one, other) else {
        return one.or(other);
    };
    Some(if beats(one.value, other.value) {
        one
    } else if beats(other.value, one.value) {
        other
    } else {
        Bound {
            exclusive: one.exclusive || other.exclusive,
            ..one
        }
    })
}
