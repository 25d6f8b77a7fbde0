//! The contract, kept by the binary from outside: against the demo server, with a fault-injecting proxy
//! between them. Needs no display.

#![allow(clippy::unwrap_used, clippy::panic)]

mod endings;
mod house;
mod http;
mod journey;
mod leaving;
mod network;
mod pace;
mod phone;
mod proxy;
mod secrets;
mod session;
mod spoils;
mod storage;
#[path = "../support/mod.rs"]
mod support;
mod try_row;
