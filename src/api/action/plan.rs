//! An action of the configuration, read once: which button it is, and what it sends of an item.

use reqwest::Method;

use super::effect::{Effect, Refresh};
use crate::api::fill::RequestTemplate;
use crate::api::mapping::card::{Card, OwnId};
use crate::api::mapping::lookup::is_something;
use crate::api::mapping::selector::Selector;
use crate::config::{self, LocalizedText};

/// An action of the configuration, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ActionPlan {
    pub(crate) label: LocalizedText,
    /// What it asks of which API.
    pub(crate) ask: RequestTemplate,
    /// Where the API says that it failed, whatever the status.
    pub(crate) error: Option<Selector>,
    when: Option<usize>,
    unless: Option<usize>,
    pub(crate) refresh: Refresh,
    pub(crate) effect: Effect,
}

/// Something of an item that an action is given.
#[derive(Debug)]
pub(crate) struct Requirement {
    /// Its key in the configuration, such as `actions."Add".path`.
    pub(crate) part: String,
    /// Which of the plan's fields it is.
    pub(crate) field: usize,
    pub(crate) of: RequiredFor,
}

/// What an action is given something for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequiredFor {
    /// To be called at all.
    Path,
    /// To be sent; nothing is sent as null.
    Body,
    /// To be offered or not.
    Question,
}

impl ActionPlan {
    /// Reads an action of a row, and notes in `fields` what it needs of an item.
    pub(crate) fn new(
        action: &config::Action,
        row: &config::Row,
        fields: &mut Vec<Selector>,
    ) -> Self {
        let mut field = |pointer: &str| {
            let known = fields.iter().position(|known| known.text() == pointer);
            known.unwrap_or_else(|| {
                fields.push(Selector::new(pointer));
                fields.len() - 1
            })
        };
        let method = action.method.to_ascii_uppercase();
        let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET);
        let ask = RequestTemplate::new(
            (row.api.as_deref(), method),
            &action.path,
            (action.body.as_ref(), action.encoding),
            &mut field,
        );
        let error = action.error.as_deref().or(row.error.as_deref());
        Self {
            label: action.label.clone(),
            ask,
            error: error.map(Selector::new),
            when: action.when.as_deref().map(&mut field),
            unless: action.unless.as_deref().map(&mut field),
            refresh: match &action.refresh {
                None => Refresh::All,
                Some(titles) => Refresh::Titled(titles.clone()),
            },
            effect: Effect::of(action, &row.actions),
        }
    }

    /// Whether `card` has this action: not one that names the item where the item has no name.
    pub(crate) fn is_offered(&self, card: &Card) -> bool {
        let on = |field: usize| card.fields.get(field).is_some_and(is_something);
        let can_be_named = !self.ask.names_item() || card.own_id != OwnId::Missing;
        can_be_named && self.when.is_none_or(on) && !self.unless.is_some_and(on)
    }

    /// What it is given of an item, in the order of the configuration.
    pub(crate) fn requirements(&self) -> Vec<Requirement> {
        let need = |part: &str, field: usize, of: RequiredFor| Requirement {
            part: format!("actions.\"{}\".{part}", self.label),
            field,
            of,
        };
        let in_path = self.ask.in_path().into_iter();
        let in_path = in_path.map(|field| need("path", field, RequiredFor::Path));
        let in_body = self.ask.in_body().into_iter();
        let in_body = in_body.map(|field| need("body", field, RequiredFor::Body));
        let when = self
            .when
            .map(|field| need("when", field, RequiredFor::Question));
        let unless = self
            .unless
            .map(|field| need("unless", field, RequiredFor::Question));
        in_path.chain(in_body).chain(when).chain(unless).collect()
    }
}
