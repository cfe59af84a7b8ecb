//! For tests of code that calls the API: a mock transport and a timer without delays.

mod errors;
mod mock;
mod recorded;
mod timer;

pub use mock::{MockCall, MockTransport, MockedCall};
pub use recorded::RecordedRequest;
pub use timer::InstantTimer;
