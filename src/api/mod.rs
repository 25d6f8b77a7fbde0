//! The owner's API: an authorised client, and JSON turned into rows of cards.
//!
//! [`Client`] speaks HTTP and answers with [`Page`]s of [`Card`]s, [`Rows`] and what came of a [`Press`].
//! Everything else decides without a network: `address` what may be spoken to, `plan` what the
//! configuration asks for, `retry` whether to ask again, `mapping` what an answer means, `paging` what follows it, `text` what of it
//! may be shown, `reply` how much of it there may be. `kept` is what there is without a network.

mod action;
mod address;
mod card;
#[cfg(test)]
mod chaos;
mod client;
mod error;
mod examine;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod http;
mod kept;
mod lookup;
mod mapping;
mod page;
mod paging;
mod pattern;
mod phrase;
mod plan;
mod probe;
mod reply;
mod retry;
mod row;
mod text;
mod tokens;
mod words;

pub use action::{Done, Effect, Offer, Press, Refresh};
pub use card::{Card, Fact, OwnId};
pub use client::{Client, Image, Reply};
pub use error::Error;
pub use examine::{Examined, Miss};
pub use kept::{Kept, Stored};
pub use page::{Cursor, Origin, Page};
pub use phrase::{Phrase, When};
pub use probe::status_without_token;
pub use row::{Row, Rows};
