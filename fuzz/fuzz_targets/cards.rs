//! Any bytes as an answer of the owner's API.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vestibule::fuzzing::cards(data));
