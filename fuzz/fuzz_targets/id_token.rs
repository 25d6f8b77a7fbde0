//! Any bytes as an ID token.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vestibule::fuzzing::id_token(data));
