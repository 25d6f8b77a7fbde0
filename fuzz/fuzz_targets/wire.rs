//! Any bytes as an answer of an authorization server.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vestibule::fuzzing::wire(data));
