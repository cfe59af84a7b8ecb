//! Answers of every call of the families, and of calls of the golden crate.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::responses::calls(bytes) {
        panic!("{problem}");
    }
});
