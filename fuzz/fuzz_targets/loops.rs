//! See `taipan_fuzz::loops`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taipan_fuzz::loops::run(data));
