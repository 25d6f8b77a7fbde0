//! A button on the detail screen, one use of it, and what came of that.

use std::sync::Arc;

use super::effect::{Effect, Refresh};
use super::plan::{ActionPlan, Given};
use crate::api::Error;
use crate::api::mapping::card::Card;

/// A button on the detail screen of one card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardAction {
    /// What it says.
    pub label: String,
    plan: Arc<ActionPlan>,
    given: Given,
}

impl CardAction {
    pub(crate) fn new(plan: Arc<ActionPlan>, card: &Card) -> Self {
        Self {
            label: plan.label.clone(),
            plan,
            given: Given::of(card),
        }
    }

    /// One use of the button, for [`Client::act`](crate::api::Client::act). A further press of it is another one.
    pub fn request(&self) -> ActionRequest {
        ActionRequest {
            action: self.clone(),
            key: format!("{:032x}", fastrand::u128(..)),
        }
    }
}

/// One use of a [`CardAction`]. Every request that it leads to carries the same `Idempotency-Key`,
/// so that an API that knows the header does the thing once however often it is asked: also where the request
/// itself is made again because it is unknown what came of it ([`Error::leaves_open`]).
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRequest {
    action: CardAction,
    pub(crate) key: String,
}

impl ActionRequest {
    /// HTTP method.
    pub(crate) fn method(&self) -> &str {
        &self.action.plan.method
    }

    /// The path with its blanks filled.
    ///
    /// # Errors
    /// [`Error::Refused`] where the item has nothing that can stand there.
    pub(crate) fn path(&self) -> Result<String, Error> {
        self.action.plan.path(&self.action.given)
    }

    /// What is sent.
    pub(crate) fn body(&self) -> Option<Vec<u8>> {
        let plan = &self.action.plan;
        let value = plan.value(plan.body.as_ref()?, &self.action.given);
        Some(value.to_string().into_bytes())
    }

    /// What it does with the card.
    pub fn effect(&self) -> Effect {
        self.action.plan.effect
    }

    /// Which rows to load anew once it is done, or may be.
    pub fn refresh(&self) -> Refresh {
        self.action.plan.refresh.clone()
    }
}

/// What came of a [`ActionRequest`] that the API did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionDone {
    /// What the API said, ready to be shown, where it said something.
    pub message: Option<String>,
    /// Which rows to load anew.
    pub refresh: Refresh,
}
