//! Any bytes as an account file.

#![no_main]

#[path = "../bodies/account.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|data: &[u8]| body::run(data));
