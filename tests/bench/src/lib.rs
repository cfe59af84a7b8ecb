//! A call of the SDK, the same call written by hand, and bare hyper: what they are, and how they
//! are measured.

pub mod bare;
pub mod by_hand;
pub mod callers;
pub mod figures;
pub mod recorded;
pub mod server;
pub mod turns;

/// Any error.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
