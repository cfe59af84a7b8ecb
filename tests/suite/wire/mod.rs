//! What goes over the wire: each operation's method, address, headers and body; retries;
//! pages; credentials. No sockets.

mod clerk_operations;
mod credentials;
mod errors;
mod pages;
mod paths;
mod retries;
mod seam_operations;
