//! Limits on values, and what another limit means.

use std::collections::BTreeSet;

use sdk_model::{Constraints, Usage};
use serde_json::Value;

use super::{
    change::{Sides, Wire},
    collect::{Collector, Details, Effect, ItemPath},
    kind::{Aspect, Subject},
    text::{capped, json},
};

/// How a keyword limits values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// A smaller number is stricter.
    Upper,
    /// A larger number is stricter.
    Lower,
    /// A multiple is stricter.
    Divisor,
    /// `true` is stricter.
    Flag,
    /// A value is stricter than none; two values cannot be compared.
    Value,
}

/// The keywords, each with its limit.
const KEYWORDS: [(&str, Limit); 16] = [
    // Of a part of a body that may be absent as a whole.
    ("required", Limit::Flag),
    ("minimum", Limit::Lower),
    ("maximum", Limit::Upper),
    ("exclusiveMinimum", Limit::Flag),
    ("exclusiveMaximum", Limit::Flag),
    ("multipleOf", Limit::Divisor),
    ("minLength", Limit::Lower),
    ("maxLength", Limit::Upper),
    ("pattern", Limit::Value),
    ("format", Limit::Value),
    ("minItems", Limit::Lower),
    ("maxItems", Limit::Upper),
    ("uniqueItems", Limit::Flag),
    ("minProperties", Limit::Lower),
    ("maxProperties", Limit::Upper),
    ("const", Limit::Value),
];

/// What became of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Tightened,
    Loosened,
    /// Neither: some values are new, some are gone.
    Replaced,
}

/// Compares the limits of an item, leaving out the keywords of `except`: a change of the type
/// says as much.
pub(super) fn compare(
    out: &mut Collector<'_>,
    subject: Subject,
    path: &ItemPath,
    label: &str,
    [old, new]: [&Constraints; 2],
    usage: Usage,
    except: &[&str],
) {
    if old == new {
        return;
    }
    let keywords: BTreeSet<&String> = old.0.keys().chain(new.0.keys()).collect();
    for keyword in keywords {
        let (was, is) = (old.0.get(keyword), new.0.get(keyword));
        let name = keyword.rsplit('/').next().unwrap_or(keyword);
        if was == is || except.contains(&name) {
            continue;
        }
        let step = step(name, was, is);
        let effect = Effect::on_wire(on_wire(step, usage));
        let value = Sides {
            before: json(was),
            after: json(is),
        };
        let message = message(label, keyword, step, &value);
        let path = path.named(keyword);
        let details = Details::values(value);
        out.note_with(subject, Aspect::Constraint, &path, effect, message, details);
    }
}

/// ``field `name`: `maxLength` tightened from `100` to `10` ``
fn message(label: &str, keyword: &str, step: Step, value: &Sides) -> String {
    let label = match label {
        "" => String::new(),
        label => format!("{label}: "),
    };
    let verb = match step {
        Step::Tightened => "tightened",
        Step::Loosened => "loosened",
        Step::Replaced => "changed",
    };
    let values = match (&value.before, &value.after) {
        (Some(old), Some(new)) => format!("{verb} from {} to {}", capped(old), capped(new)),
        (None, Some(new)) => format!("{} added", capped(new)),
        (Some(old), None) => format!("{} removed", capped(old)),
        (None, None) => String::new(),
    };
    // The flag of a part says when it is required.
    match (keyword, step) {
        ("required", Step::Tightened) => format!("{label}now required where the body is sent"),
        ("required", _) => format!("{label}no longer required where the body is sent"),
        _ => format!("{label}`{keyword}` {values}"),
    }
}

fn on_wire(step: Step, usage: Usage) -> Wire {
    match step {
        Step::Tightened | Step::Replaced if usage.request => Wire::Breaking,
        // What responses hold was possible before.
        Step::Tightened => Wire::None,
        Step::Loosened | Step::Replaced => Wire::Additive,
    }
}

fn step(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Step {
    let limit = KEYWORDS.iter().find(|(known, _)| *known == keyword);
    let limit = limit.map_or(Limit::Value, |(_, limit)| *limit);
    let (Some(old), Some(new)) = (old, new) else {
        return if new.is_some() {
            Step::Tightened
        } else {
            Step::Loosened
        };
    };
    let numbers = (old.as_f64(), new.as_f64());
    match (limit, numbers) {
        (Limit::Upper, (Some(old), Some(new))) => by(new < old),
        (Limit::Lower, (Some(old), Some(new))) => by(new > old),
        (Limit::Divisor, (Some(old), Some(new))) if new % old == 0.0 => Step::Tightened,
        (Limit::Divisor, (Some(old), Some(new))) if old % new == 0.0 => Step::Loosened,
        (Limit::Flag, _) => by(new.as_bool() == Some(true)),
        _ => Step::Replaced,
    }
}

fn by(stricter: bool) -> Step {
    if stricter {
        Step::Tightened
    } else {
        Step::Loosened
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_limit_tightens_in_its_own_direction() {
        let cases = [
            ("maxLength", json!(100), json!(10), Step::Tightened),
            ("maxLength", json!(10), json!(100), Step::Loosened),
            ("minItems", json!(1), json!(2), Step::Tightened),
            ("minimum", json!(0.5), json!(0), Step::Loosened),
            (
                "exclusiveMinimum",
                json!(false),
                json!(true),
                Step::Tightened,
            ),
            ("uniqueItems", json!(true), json!(false), Step::Loosened),
            ("multipleOf", json!(2), json!(4), Step::Tightened),
            ("multipleOf", json!(4), json!(2), Step::Loosened),
            ("multipleOf", json!(4), json!(6), Step::Replaced),
            ("pattern", json!("^a"), json!("^b"), Step::Replaced),
            ("format", json!("uri"), json!("uuid"), Step::Replaced),
        ];
        for (keyword, old, new, expected) in cases {
            assert_eq!(step(keyword, Some(&old), Some(&new)), expected, "{keyword}");
        }
        assert_eq!(step("pattern", None, Some(&json!("a"))), Step::Tightened);
        assert_eq!(step("pattern", Some(&json!("a")), None), Step::Loosened);
    }
}
