//! Vestibule signs a person in on a big screen and shows the owner's API there.
//!
//! The rooms, from the door down. Dependencies point one way, down this list;
//! `tests/contract/architecture.rs` fails on an arrow upward.
//!
//! * [`cli`]: one file per command; maps every outcome to an exit code.
//! * `app`: the fullscreen program, the only place that knows iced.
//! * `checks`: what `doctor` and the diagnostics screen look at: facts and findings.
//! * `api`: the owner's API: an authorised client, and JSON turned into rows of cards.
//! * `session`: accounts on disk and their life: sign-in, refresh, sign-out.
//! * `telemetry`: metrics and spans for a collector of the owner's, behind the feature of that name.
//! * `device_flow`: the protocol, a crate of its own in `crates/device-flow`: device grant, tokens, ID tokens, revocation.
//! * `config`: what the owner wrote, checked, with errors that name file, line and nearest key.
//! * `host`: the box we run on: renderer, display, addresses, clock, log.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod api;
mod app;
mod checks;
pub mod cli;
mod config;
#[cfg(test)]
mod fleet;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod host;
mod session;
#[cfg(feature = "telemetry")]
mod telemetry;

/// What the benches reach for.
#[cfg(feature = "bench")]
pub mod bench {
    pub use crate::api::bench::Mapping;
    pub use crate::app::offscreen::{Screen, Surface};
    pub use crate::app::pictures::{Shape, decode};
    pub use crate::app::remote::Button;
}
