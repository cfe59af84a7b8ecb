//! Cancelled calls, and clients in all kinds of runtimes.

mod dropped;
mod polled;
mod runtimes;
