//! What figures have to reach.

use super::{Figure, Unit};

const MB: f64 = 1e6;

/// By the figure's name; more is better or worse as its unit says. Ratios and sizes of memory, which
/// hold on any machine.
const THRESHOLDS: &[(&str, f64)] = &[
    ("generate/clerk/peak", 150.0 * MB),
    ("generate/seam/peak", 150.0 * MB),
    ("generate/github/peak", 150.0 * MB),
    ("generate/stripe/peak", 150.0 * MB),
    ("generate/contradictions/peak", 150.0 * MB),
    ("generate/growth", 2.0),
    ("compile/seam/peak", 1_200.0 * MB),
    ("call/1/ratio/by_hand", 0.97),
    ("call/64/ratio/by_hand", 0.97),
    ("decode/page/ratio", 1.1),
    ("peers/clerk/generate/ratio", 0.4),
    ("peers/seam/generate/ratio", 0.4),
    ("peers/clerk/check/ratio", 0.2),
    ("peers/seam/check/ratio", 0.2),
    ("peers/clerk/check/peak_ratio", 0.35),
    ("peers/seam/check/peak_ratio", 0.35),
];

/// What a figure has to reach.
pub(super) fn threshold(figure: &Figure) -> Option<f64> {
    let found = THRESHOLDS.iter().find(|(name, _)| *name == figure.name);
    found.map(|(_, threshold)| *threshold)
}

/// What a figure has to reach, and how far it is from there.
pub(super) fn verdict(figure: &Figure) -> Option<String> {
    let threshold = threshold(figure)?;
    let shown = Figure::new("", threshold, figure.unit).shown();
    let sign = if figure.unit.more_is_better() {
        "≥"
    } else {
        "≤"
    };
    let worse = figure.worse_than(threshold);
    Some(if worse <= 1.0 {
        format!("{sign} {shown}: reached")
    } else if figure.unit == Unit::Ratio {
        format!("{sign} {shown}: missed by {:.2}", threshold - figure.value)
    } else {
        format!("{sign} {shown}: missed by {:.0} %", (worse - 1.0) * 100.0)
    })
}

#[cfg(test)]
mod tests {
    use super::{Figure, Unit, verdict};

    #[test]
    fn a_threshold_is_reached_or_missed_by_so_much() {
        let of = |name, value, unit| verdict(&Figure::new(name, value, unit));
        let growth = |value| of("generate/growth", value, Unit::Growth);
        assert_eq!(growth(1.5).as_deref(), Some("≤ 2.00 ×: reached"));
        assert_eq!(growth(2.4).as_deref(), Some("≤ 2.00 ×: missed by 20 %"));
        let call = |value| of("call/1/ratio/by_hand", value, Unit::Ratio);
        assert_eq!(call(0.98).as_deref(), Some("≥ 0.97 ×: reached"));
        assert_eq!(call(0.93).as_deref(), Some("≥ 0.97 ×: missed by 0.04"));
        assert_eq!(of("call/1/sdk", 1.0, Unit::PerSecond), None);
    }
}
