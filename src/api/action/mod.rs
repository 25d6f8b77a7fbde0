//! Acting: what the buttons of a card send.
//!
//! `plan` reads an action of the configuration once, and says what it requires of an item; `card_action` fills its
//! placeholders with what one card gives; `effect` is what it does, and which rows are to be loaded anew.

mod card_action;
mod effect;
mod plan;

pub use card_action::{ActionDone, ActionRequest, CardAction};
pub use effect::{Effect, Refresh};
pub(super) use plan::{ActionPlan, RequiredFor, Requirement};

#[cfg(test)]
mod tests;
