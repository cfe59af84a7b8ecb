//! Calls that nobody waits for any more, and clients in all kinds of places.

mod dropped;
mod places;
mod polled;
