//! Any bytes as an answer of the owner's API.

#![no_main]

#[path = "../bodies/cards.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
