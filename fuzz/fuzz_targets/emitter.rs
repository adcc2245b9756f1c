//! See `taipan_fuzz::emitter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taipan_fuzz::emitter::run(data));
