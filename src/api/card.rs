//! A card: one item of the owner's API, as it is shown.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::Phrase;

/// One item of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// Identifies the card in its row, across reloads: the API's own id where that does.
    pub id: String,
    /// What the API itself calls the item.
    pub own_id: OwnId,
    /// First line. Never empty where the card came from an API.
    pub title: String,
    /// Second line.
    pub subtitle: Option<Phrase>,
    /// Address of the picture.
    pub image: Option<Url>,
    /// 0 to 1.
    pub progress: Option<f32>,
    /// Short words upon the picture, three at most.
    pub badges: Vec<Phrase>,
    /// Text of the detail screen, with its line breaks.
    pub body: Option<String>,
    /// Further lines of the detail screen: those of its row that this item has.
    pub details: Vec<Fact>,
    /// What the row's actions need of the item; no screen reads it.
    pub fields: Vec<Value>,
}

impl Card {
    /// What the API calls the item; none where it does not.
    pub(super) fn sent_id(&self) -> Option<Value> {
        match &self.own_id {
            OwnId::Same => Some(Value::from(self.id.as_str())),
            OwnId::Other(value) => Some(value.clone()),
            OwnId::Missing => None,
        }
    }
}

/// What the API calls an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum OwnId {
    /// As [`Card::id`] says, which is text.
    #[default]
    Same,
    /// This: no text, or one that another item of the row has too. The card's own id is made of it.
    Other(Value),
    /// Nothing. The card's own id is made up, and no action may send it.
    Missing,
}

/// A line of the detail screen with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is called.
    pub label: Arc<str>,
    /// What it says.
    pub value: Phrase,
}
