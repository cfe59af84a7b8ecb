use serde::{Deserialize, Serialize};

/// One result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name, from the whole to the part: `generate/clerk/cpu`.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// A number of things.
    Count,
    /// How many a second.
    PerSecond,
    /// So many times as fast.
    Ratio,
    /// So many times as much.
    Growth,
}

impl Figure {
    /// A figure.
    pub fn new(name: impl Into<String>, value: f64, unit: Unit) -> Self {
        let name = name.into();
        Self { name, value, unit }
    }

    /// The value as people read it.
    pub fn shown(&self) -> String {
        let value = self.value;
        match self.unit {
            Unit::Seconds if value < 1e-3 => format!("{:.2} µs", value * 1e6),
            Unit::Seconds if value < 0.1 => format!("{:.2} ms", value * 1e3),
            Unit::Seconds => format!("{value:.2} s"),
            Unit::Bytes if value < 1e6 => format!("{:.1} kB", value / 1e3),
            Unit::Bytes if value < 1e9 => format!("{:.1} MB", value / 1e6),
            Unit::Bytes => format!("{:.2} GB", value / 1e9),
            Unit::Count => format!("{}", (value * 10.0).round() / 10.0),
            Unit::PerSecond => format!("{value:.0} /s"),
            Unit::Ratio | Unit::Growth => format!("{value:.2} ×"),
        }
    }

    /// How many times as bad this value is as another: over 1 is worse.
    pub fn worse_than(&self, other: f64) -> f64 {
        if self.unit.more_is_better() {
            other / self.value
        } else {
            self.value / other
        }
    }
}

impl Unit {
    /// Whether a larger value is the better one.
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::PerSecond | Self::Ratio)
    }

    /// Whether it says the same on every machine.
    pub fn is_relative(self) -> bool {
        matches!(self, Self::Count | Self::Ratio | Self::Growth)
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Unit};

    #[test]
    fn worse_is_more_seconds_and_fewer_calls() {
        let seconds = Figure::new("a", 2.0, Unit::Seconds);
        let calls = Figure::new("b", 50.0, Unit::PerSecond);
        assert_eq!(
            (seconds.worse_than(1.0), calls.worse_than(100.0)),
            (2.0, 2.0)
        );
    }

    #[test]
    fn values_have_the_unit_that_fits() {
        let shown = |value, unit| Figure::new("", value, unit).shown();
        assert_eq!(shown(0.000_004_2, Unit::Seconds), "4.20 µs");
        assert_eq!(shown(0.021, Unit::Seconds), "21.00 ms");
        assert_eq!(shown(0.26, Unit::Seconds), "0.26 s");
        assert_eq!(shown(1_100_000_000.0, Unit::Bytes), "1.10 GB");
        assert_eq!(shown(91.04, Unit::Count), "91");
    }
}
