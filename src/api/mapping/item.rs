//! An item of an answer, and what of the answer around it a card may be made of.

use serde_json::Value;
use url::Url;

use super::joins::Joins;

/// Where something is looked for.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    pub(crate) value: &'a Value,
    /// What it is called in the object that it is a member of.
    pub(crate) key: Option<&'a Value>,
    /// The tables of the answer.
    pub(crate) joins: Option<&'a Joins<'a>>,
    /// Where the answer came from.
    pub(crate) address: Option<&'a Url>,
}

impl<'a> Item<'a> {
    /// A value, and nothing around it.
    pub(crate) fn of(value: &'a Value) -> Self {
        Self {
            value,
            key: None,
            joins: None,
            address: None,
        }
    }

    /// The same with the tables of its answer.
    pub(crate) fn among(self, joins: &'a Joins<'a>) -> Self {
        Self {
            joins: Some(joins),
            ..self
        }
    }

    /// The same, from an address.
    pub(crate) fn from(self, address: &'a Url) -> Self {
        Self {
            address: Some(address),
            ..self
        }
    }
}
