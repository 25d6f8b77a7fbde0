//! Any bytes as an account file.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vestibule::fuzzing::account(data));
