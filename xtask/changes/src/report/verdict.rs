use std::fmt;

use serde::Serialize;

use super::super::change::{Change, Rust, Wire};

/// A version bump.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// None.
    #[default]
    None,
    /// Only documentation or internal code differs.
    Patch,
    /// Callers can use more, or get another default.
    Minor,
    /// Callers may have to change.
    Major,
}

impl Bump {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The effect of all changes together, on the wire and in Rust. A change that follows from another
/// one is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The next version: the larger one of both bumps.
    pub bump: Bump,
    /// The effect on the wire.
    pub wire: WireCounts,
    /// The effect in Rust.
    pub rust: RustCounts,
}

/// Changes by their effect on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WireCounts {
    /// The bump that they ask for.
    pub bump: Bump,
    /// Breaking changes.
    pub breaking: usize,
    /// Changes of behavior.
    pub behavior: usize,
    /// Additive changes.
    pub additive: usize,
}

/// Changes by their effect in Rust.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RustCounts {
    /// The bump that they ask for.
    pub bump: Bump,
    /// Breaking changes.
    pub breaking: usize,
    /// Additive changes.
    pub additive: usize,
    /// Changes of documentation.
    pub docs: usize,
}

impl Verdict {
    pub(super) fn of(changes: &[Change]) -> Self {
        let mut verdict = Self::default();
        for change in changes {
            verdict.wire.bump = verdict.wire.bump.max(wire_bump(change.wire));
            if change.visible {
                verdict.rust.bump = verdict.rust.bump.max(rust_bump(change.rust));
            }
            if change.cause.is_none() {
                verdict.count(change);
            }
        }
        verdict.bump = verdict.wire.bump.max(verdict.rust.bump);
        verdict
    }

    fn count(&mut self, change: &Change) {
        match change.wire {
            Wire::Breaking => self.wire.breaking += 1,
            Wire::Behavior => self.wire.behavior += 1,
            Wire::Additive => self.wire.additive += 1,
            Wire::None => {}
        }
        match change.rust {
            Rust::Breaking => self.rust.breaking += 1,
            Rust::Additive => self.rust.additive += 1,
            Rust::Docs => self.rust.docs += 1,
            Rust::None => {}
        }
    }
}

fn wire_bump(wire: Wire) -> Bump {
    match wire {
        Wire::None => Bump::None,
        Wire::Additive => Bump::Patch,
        Wire::Behavior => Bump::Minor,
        Wire::Breaking => Bump::Major,
    }
}

fn rust_bump(rust: Rust) -> Bump {
    match rust {
        Rust::None | Rust::Docs => Bump::Patch,
        Rust::Additive => Bump::Minor,
        Rust::Breaking => Bump::Major,
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bump, wire, rust } = self;
        writeln!(
            f,
            "Wire: {}: {} breaking, {} behavior, {} additive",
            wire.bump.as_str(),
            wire.breaking,
            wire.behavior,
            wire.additive
        )?;
        writeln!(
            f,
            "Rust: {}: {} breaking, {} additive, {} documentation",
            rust.bump.as_str(),
            rust.breaking,
            rust.additive,
            rust.docs
        )?;
        match bump {
            Bump::None => write!(f, "Next version: no new version needed"),
            Bump::Major => write!(f, "Next version: major (before 1.0, minor)"),
            bump => write!(f, "Next version: {}", bump.as_str()),
        }
    }
}
