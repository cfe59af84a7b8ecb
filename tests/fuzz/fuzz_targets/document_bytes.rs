//! A document's bytes, through the whole generator.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::documents::any_bytes(bytes) {
        panic!("{problem}");
    }
});
