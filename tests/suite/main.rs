//! The test suite: one binary, a module a kind of proof.

mod churn;
mod corpus;
mod decode;
mod diagnostics;
mod fresh;
mod golden;
mod history;
mod names;
mod secrets;
mod support;
mod vendor;
mod wire;
mod workflows;
