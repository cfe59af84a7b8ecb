//! Pages, and what leads from one to the next.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::server::pages(bytes) {
        panic!("{problem}");
    }
});
