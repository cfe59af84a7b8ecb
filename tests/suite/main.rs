//! The test suite: one binary, a module a kind of proof.

mod cancel;
mod changes;
mod configuration;
mod corpus;
mod decode;
mod diagnostics;
mod extensions;
mod faults;
mod fresh;
mod golden;
mod injection;
mod language;
mod names;
mod properties;
mod secrets;
mod support;
mod vendor;
mod wire;
mod workflows;
