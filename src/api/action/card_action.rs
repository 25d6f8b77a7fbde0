//! A button on the detail screen, one use of it, and what came of that.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::effect::{Effect, Refresh};
use super::plan::ActionPlan;
use crate::api::fill::{Blanks, Given, Moment, RequestTemplate};
use crate::api::mapping::card::Card;
use crate::api::mapping::selector::Selector;
use crate::config::LocalizedText;

/// A button on the detail screen of one card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardAction {
    /// What it says.
    pub label: LocalizedText,
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
            moment: Moment::now(),
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
    moment: Moment,
}

impl ActionRequest {
    /// What is asked of the API.
    pub(crate) fn ask(&self) -> &RequestTemplate {
        &self.action.plan.ask
    }

    /// Where the API says that it failed, whatever the status.
    pub(crate) fn error(&self) -> Option<&Selector> {
        self.action.plan.error.as_ref()
    }

    /// What fills its blanks, beside what is known of the person. A request that is made again is the same.
    pub(crate) fn blanks<'a>(&'a self, person: &'a Map<String, Value>) -> Blanks<'a> {
        static NO_PAGE: Value = Value::Null;
        Blanks {
            person,
            moment: Some(self.moment),
            given: Some(&self.action.given),
            page: &NO_PAGE,
        }
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
