//! Values of the types of the families and of the golden crate.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::responses::types(bytes) {
        panic!("{problem}");
    }
});
