//! What was measured, as JSON: `cargo xtask bench call` reads it.

use serde::Serialize;

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Its name, such as `call/1/sdk`.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// How many a second.
    PerSecond,
    /// Seconds.
    Seconds,
    /// So many times as fast.
    Ratio,
    /// A number of things.
    Count,
    /// Bytes.
    Bytes,
}

/// Figures in the order they were measured.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds one.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: Unit) {
        let name = name.into();
        self.0.push(Figure { name, value, unit });
    }
}
