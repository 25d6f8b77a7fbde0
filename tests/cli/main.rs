//! The command line from outside, as far as it needs no phone and no display.

// A test that cannot go on should stop where it is; clippy allows that in test functions only.
#![allow(clippy::unwrap_used)]

mod commands;
mod config;
mod demo;
mod home;
mod server;
#[path = "../stub_server/mod.rs"]
mod stub_server;
