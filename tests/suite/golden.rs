//! The golden crate compiles with warnings denied (`.ci/run` lints the workspace); here its
//! constructs are put to work.

mod bodies;
mod parameters;
mod presence;
mod security;
mod streams;
mod unions;
