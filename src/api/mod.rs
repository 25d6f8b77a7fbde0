//! The owner's API: an authorised client, and JSON turned into rows of cards.
//!
//! In the order of reading, which is that of the dependencies: a module uses those above it.
//!
//! - `error`: why the API gave no answer that can be shown. `text`: what of its text may be shown.
//! - `request`: **asking**. One request with the access token, retries, redirects, limits.
//! - `cache`: **keeping**. A private cache of responses (RFC 9111) for a start without a network. The folder is of the
//!   account, and [`crate::session`] removes it.
//! - `mapping`: **finding and saying**. From the bytes of an answer to [`Card`]s; holds the one table of card fields.
//! - `fill`: **filling**. What is sent, made of the configuration and of the person, the time, the item and the page.
//! - `action`: **acting**. What the buttons of a card send.
//! - `rows`: rows, pages of them, and how the next page is had.
//! - `explain`: what of the configuration leads nowhere, and why. Calls what maps, and is not called by it.
//! - `suggest`: a reply looked at by somebody who has never seen the API, and the row that it makes. Knows no row of a
//!   configuration and no network.
//! - `client`: [`Client`], which does all of this over the network: [`Client::page`], [`Client::rows_in`],
//!   [`Client::act`], [`Client::image`], [`Client::explain`].
//!
//! A new field of a card: `docs/maintain/add-a-card-field.md`.

mod action;
#[cfg(feature = "bench")]
pub mod bench;
mod cache;
mod client;
mod error;
mod explain;
mod fill;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod mapping;
mod request;
mod rows;
#[cfg(test)]
pub(crate) mod simulated;
pub mod suggest;
#[cfg(test)]
mod tests;
mod text;

pub use action::{ActionDone, ActionRequest, CardAction, Effect, Refresh};
pub use cache::{CachedResponse, ResponseCache};
pub use client::{
    Call, Client, Image, Looked, Probed, Reply, WayOn, WouldSend, status_without_token,
};
pub use error::Error;
pub use explain::{Absence, Asked, Explained, MissingField};
pub use mapping::card::Card;
#[cfg(test)]
pub use mapping::card::Fact;
#[cfg(any(test, feature = "fuzzing"))]
pub use mapping::progress::Progress;
#[cfg(test)]
pub use mapping::value::{Currency, Money};
pub use mapping::value::{DisplayValue, When, clock};
pub use request::retry::Tries;
pub use request::shown_address;
pub use rows::page::{Cursor, Origin, Page};
pub use rows::row::{Row, Rows};
