//! See `taipan_fuzz::source`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taipan_fuzz::source::run(data));
