//! Feeds any bytes to the reading `rk_delivery_precalculation`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upstream::fuzzing::read("rk_delivery_precalculation", data));
