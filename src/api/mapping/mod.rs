//! Finding and saying: from the bytes of an answer to cards.
//!
//! In the order of reading: `json` reads no more of an answer than there is room for; `pointer` and `json_path` lead to
//! places in it, `selector` is either, or the name of a member, or an entry of a table (`joins`); `item` is what they are
//! looked for in, `listing` the items of an answer; `value` is what is shown of what stands there; `place` is one place
//! of a list, and `lookup` tries all; `card` has the one table of a card's fields; `plan` is what a row of the
//! configuration asks for; `cards` makes cards of items by it.

pub(super) mod card;
pub(super) mod cards;
pub(super) mod image;
pub(super) mod item;
pub(super) mod item_page;
pub(super) mod joins;
pub(super) mod json;
pub(super) mod json_path;
pub(super) mod listing;
pub(super) mod lookup;
pub(super) mod place;
pub(super) mod plan;
pub(super) mod pointer;
pub(super) mod progress;
pub(super) mod selector;
pub(super) mod value;
