//! Feeds any bytes to the reading `plazius_campaigns`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("plazius_campaigns", data));
