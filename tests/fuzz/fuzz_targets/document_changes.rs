//! One of the repository's small documents, changed.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::documents::changed(bytes) {
        panic!("{problem}");
    }
});
