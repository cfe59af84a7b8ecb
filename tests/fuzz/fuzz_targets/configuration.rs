//! A `codegen.yaml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Err(problem) = sdk_properties::corrections::configuration(bytes) {
        panic!("{problem}");
    }
});
