//! See `taipan_fuzz::tiers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taipan_fuzz::tiers::run(data));
