//! The protocol: OAuth 2.0 device grant and what follows it. No files, no screen.
//!
//! [`Client`] speaks to one authorization server. [`device`] decides, as a pure state machine,
//! when to poll and when to stop; [`poll`] gives it a clock and a network.

mod client;
pub mod device;
mod error;
pub mod poll;
mod token;

pub use client::Client;
pub use error::{Error, NetworkFailure};
pub use token::{Identity, Revocation, TokenSet};
