//! What a viewer sees of the owner's API when it misbehaves, and when the network is cut.

// A test that cannot go on should stop where it is; clippy allows that in test functions only.
#![allow(clippy::unwrap_used)]

#[path = "../home_support/mod.rs"]
mod home_support;

mod misbehaving;
mod network;
mod pages;
