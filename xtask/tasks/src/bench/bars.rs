//! The bars: what figures have to reach, on a machine with two cores.

use super::{Figure, Unit};

const MB: f64 = 1e6;

/// By the figure's name; more is better or worse as its unit says.
const BARS: &[(&str, f64)] = &[
    ("generate/clerk/cpu", 0.15),
    ("generate/seam/cpu", 0.5),
    ("generate/github/cpu", 0.6),
    ("generate/stripe/cpu", 0.8),
    ("generate/clerk/peak", 150.0 * MB),
    ("generate/seam/peak", 150.0 * MB),
    ("generate/github/peak", 150.0 * MB),
    ("generate/stripe/peak", 150.0 * MB),
    ("generate/growth", 2.0),
    ("compile/committed/wall", 1.5),
    ("compile/clerk/wall", 5.5),
    ("compile/seam/wall", 10.0),
    ("compile/seam/peak", 1_200.0 * MB),
    ("call/1/ratio/by_hand", 0.97),
    ("call/64/ratio/by_hand", 0.97),
    ("decode/page/ratio", 0.97),
    ("build/first_run/wall", 45.0),
];

/// What a figure has to reach.
pub(super) fn bar(figure: &Figure) -> Option<f64> {
    let found = BARS.iter().find(|(name, _)| *name == figure.name);
    found.map(|(_, bar)| *bar)
}

/// What a figure has to reach, and how far it is from there.
pub(super) fn verdict(figure: &Figure) -> Option<String> {
    let bar = bar(figure)?;
    let shown = Figure::new("", bar, figure.unit).shown();
    let sign = if figure.unit.more_is_better() {
        "≥"
    } else {
        "≤"
    };
    let worse = figure.worse_than(bar);
    Some(if worse <= 1.0 {
        format!("{sign} {shown}: reached")
    } else if figure.unit == Unit::Ratio {
        format!("{sign} {shown}: missed by {:.2}", bar - figure.value)
    } else {
        format!("{sign} {shown}: missed by {:.0} %", (worse - 1.0) * 100.0)
    })
}

#[cfg(test)]
mod tests {
    use super::{Figure, Unit, verdict};

    #[test]
    fn a_bar_is_reached_or_missed_by_so_much() {
        let of = |name, value, unit| verdict(&Figure::new(name, value, unit));
        let clerk = |value| of("generate/clerk/cpu", value, Unit::Seconds);
        assert_eq!(clerk(0.15).as_deref(), Some("≤ 0.15 s: reached"));
        assert_eq!(clerk(0.18).as_deref(), Some("≤ 0.15 s: missed by 20 %"));
        let call = |value| of("call/1/ratio/by_hand", value, Unit::Ratio);
        assert_eq!(call(0.98).as_deref(), Some("≥ 0.97 ×: reached"));
        assert_eq!(call(0.93).as_deref(), Some("≥ 0.97 ×: missed by 0.04"));
        assert_eq!(of("call/1/sdk", 1.0, Unit::PerSecond), None);
    }
}
