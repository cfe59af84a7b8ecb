//! Path, query, header and cookie values.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(problem) = sdk_properties::values::travel(text) {
        panic!("{problem}");
    }
});
