//! Feeds any bytes to the reading `plazius_sent_code`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("plazius_sent_code", data));
