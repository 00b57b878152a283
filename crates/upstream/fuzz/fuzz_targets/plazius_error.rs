//! Feeds any bytes to the reading `plazius_error`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("plazius_error", data));
