//! The owner's API: an authorised client, and JSON turned into rows of cards.
//!
//! [`Client`] speaks HTTP; `address` decides what it may speak to and `mapping` what an answer
//! means, both without a network.

mod address;
mod card;
mod client;
mod error;
mod http;
mod mapping;
mod probe;
mod tokens;

pub use card::Card;
pub use client::{Client, Reply};
pub use error::Error;
pub use probe::status_without_token;
