//! See `taipan_fuzz::optimizer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    taipan_fuzz::optimizer::run(data);
});
