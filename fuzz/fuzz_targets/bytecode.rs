//! See `taipan_fuzz::bytecode`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| taipan_fuzz::bytecode::run(data));
