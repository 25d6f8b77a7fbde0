//! The owner's API: an authorised client, and JSON turned into rows of cards.

mod card;
mod client;
mod error;

pub use card::Card;
pub use client::{Client, Reply};
pub use error::Error;
