//! Any bytes as an ID token.

#![no_main]

#[path = "../bodies/id_token.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
