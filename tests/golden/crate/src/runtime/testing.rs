//! For tests of code that calls the API: a transport that answers from a queue, and a clock
//! that does not wait.

mod mock;
mod timer;

pub use mock::{MockTransport, RecordedRequest};
pub use timer::InstantTimer;
