//! `Retry-After` from the server.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::server::retry_after(bytes) {
        panic!("{problem}");
    }
});
