//! Finding and saying: from the bytes of an answer to cards.
//!
//! In the order of reading: `json` reads no more of an answer than there is room for; `pointer` leads to a place in it;
//! `value` is what is shown of what stands there; `lookup` tries several places; `card` has the one table of a card's
//! fields; `plan` is what a row of the configuration asks for; `cards` makes cards of items by it.

pub(super) mod card;
pub(super) mod cards;
pub(super) mod image;
pub(super) mod json;
pub(super) mod lookup;
pub(super) mod plan;
pub(super) mod pointer;
pub(super) mod progress;
pub(super) mod value;
