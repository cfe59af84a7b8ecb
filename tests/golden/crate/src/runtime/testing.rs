//! For tests of code that calls the API: a mock transport and a timer without delays.

mod mock;
mod timer;

pub use mock::{MockTransport, RecordedRequest};
pub use timer::InstantTimer;
