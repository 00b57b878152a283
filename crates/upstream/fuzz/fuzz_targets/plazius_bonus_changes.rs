//! Feeds any bytes to the reading `plazius_bonus_changes`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("plazius_bonus_changes", data));
