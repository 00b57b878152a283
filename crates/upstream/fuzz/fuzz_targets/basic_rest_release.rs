//! Feeds any bytes to the reading `basic_rest_release`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("basic_rest_release", data));
