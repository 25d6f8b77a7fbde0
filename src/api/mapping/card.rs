//! A card, and the one table of its fields: where the configuration has each, how it is read from an item, and how it
//! is told in a terminal.
//!
//! What is looked for in an answer ([`super::plan`]), what becomes of an item ([`super::cards`]) and what is explained
//! where it is missing (`api::explain`) follow from [`CARD_FIELDS`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::image;
use super::item::Item;
use super::item_page;
use super::lookup::Lookup;
use super::progress::Progress;
use super::value::DisplayValue;
use crate::api::text;
use crate::config::{self, LocalizedText, Max};

/// More badges than this are left out.
const BADGES: usize = 3;
/// No server takes a longer address (RFC 9110 section 4.1 asks for 8,000 characters).
pub(crate) const ADDRESS_LIMIT: usize = 16 * 1024;

/// One item of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// Identifies the card in its row, across reloads: the API's own id where that does.
    pub id: String,
    /// What the API itself calls the item.
    pub own_id: OwnId,
    /// First line. Never empty where the card came from an API.
    pub title: DisplayValue,
    /// Second line.
    pub subtitle: Option<DisplayValue>,
    /// Address of the picture.
    pub image: Option<Url>,
    /// How much of it was seen, or is over.
    pub progress: Option<Progress>,
    /// Short words upon the picture, three at most.
    pub badges: Vec<DisplayValue>,
    /// Text of the detail screen, with its line breaks.
    pub body: Option<DisplayValue>,
    /// Further lines of the detail screen: those of its row that this item has.
    pub details: Vec<Fact>,
    /// The item's own page, for the phone, where it is one that is offered.
    pub page: Option<Url>,
    /// What the row's actions and what the card opens require of the item; no screen reads it.
    pub fields: Vec<Value>,
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
    pub label: Arc<LocalizedText>,
    /// What it says.
    pub value: DisplayValue,
}

/// One field of a card.
#[derive(Debug)]
pub(crate) struct CardField {
    /// Its key in a row of the configuration.
    pub(crate) key: &'static str,
    /// Which items should have it.
    pub(crate) expected: Expected,
    /// Where a row of the configuration looks for it.
    pub(super) sources: fn(&config::Row) -> Vec<FieldSource>,
    /// Reads it from an item into a card. Tells whether the item has it.
    read: fn(&FieldSource, &Item<'_>, &mut Card) -> bool,
    /// How it is told in a terminal, where it has a column of its own there.
    told: Option<fn(&Card) -> Option<String>>,
}

/// Which items should have a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Every one: a row none of whose items has it cannot be used.
    Required,
    /// Every one, and a card does without.
    Always,
    /// Some: only a field that no item has is worth a word.
    Sometimes,
}

/// The fields of a card, in the order in which those that are missing are told.
pub(crate) static CARD_FIELDS: [CardField; 11] = [
    CardField {
        key: "card.id",
        expected: Expected::Required,
        sources: |row| vec![FieldSource::at(Lookup::from(&row.card.id))],
        read: |source, item, card| match source.at.id(item) {
            Some(Value::String(text)) => set(&mut card.id, text),
            Some(other) => {
                card.id = other.to_string();
                card.own_id = OwnId::Other(other);
                true
            }
            None => false,
        },
        told: Some(Card::told_id),
    },
    CardField {
        key: "card.title",
        expected: Expected::Required,
        sources: |row| vec![FieldSource::at(Lookup::from(&row.card.title))],
        read: |source, item, card| match source.at.value(item) {
            Some(title) => set(&mut card.title, title),
            None => false,
        },
        told: Some(|card| Some(card.title.to_string())),
    },
    CardField {
        key: "card.subtitle",
        expected: Expected::Always,
        sources: |row| each(&row.card.subtitle),
        read: |source, item, card| keep(&mut card.subtitle, source.at.value(item)),
        told: Some(|card| card.subtitle.as_ref().map(ToString::to_string)),
    },
    CardField {
        key: "card.image",
        expected: Expected::Always,
        sources: |row| {
            let of = |image: &config::Image| FieldSource {
                fill: image
                    .fill
                    .iter()
                    .map(|(name, by)| (name.clone(), filling(by)))
                    .collect(),
                ..FieldSource::at(Lookup::from(&image.at))
            };
            row.card.image.iter().map(of).collect()
        },
        read: |source, item, card| keep(&mut card.image, image(source, item)),
        told: Some(|card| card.image.as_ref().map(ToString::to_string)),
    },
    CardField {
        key: "card.progress",
        expected: Expected::Always,
        sources: |row| {
            let of = |progress: &config::Progress| match progress {
                config::Progress::Share { value, max } => FieldSource {
                    whole: match max {
                        None => Whole::Number(1.0),
                        Some(Max::Number(number)) => Whole::Number(*number),
                        Some(Max::At(pointers)) => Whole::At(Lookup::from(pointers)),
                    },
                    ..FieldSource::at(Lookup::from(value))
                },
                config::Progress::Clock { from, to } => FieldSource {
                    whole: Whole::Until(Lookup::from(to)),
                    ..FieldSource::at(Lookup::from(from))
                },
            };
            row.card.progress.iter().map(of).collect()
        },
        read: |source, item, card| keep(&mut card.progress, progress(source, item)),
        told: Some(|card| {
            let part = card.progress?.at(Timestamp::now())?;
            Some(format!("{part:.2}"))
        }),
    },
    CardField {
        key: "card.progress.max",
        expected: Expected::Always,
        sources: |row| match &row.card.progress {
            Some(config::Progress::Share {
                max: Some(Max::At(pointers)),
                ..
            }) => vec![FieldSource::at(Lookup::from(pointers))],
            _ => Vec::new(),
        },
        read: |source, item, _| source.at.number(item).is_some(),
        told: None,
    },
    CardField {
        key: "card.progress.to",
        expected: Expected::Always,
        sources: |row| match &row.card.progress {
            Some(config::Progress::Clock { to, .. }) => vec![FieldSource::at(Lookup::from(to))],
            _ => Vec::new(),
        },
        read: |source, item, _| source.at.moment(item).is_some(),
        told: None,
    },
    CardField {
        key: "card.body",
        expected: Expected::Always,
        sources: |row| each(&row.card.body),
        read: |source, item, card| keep(&mut card.body, source.at.body(item)),
        told: Some(|card| card.body.as_ref().map(ToString::to_string)),
    },
    CardField {
        key: "card.badges",
        expected: Expected::Sometimes,
        sources: |row| {
            let badge = |(index, badge)| FieldSource {
                suffix: format!("[{index}]"),
                ..FieldSource::at(Lookup::from(badge))
            };
            row.card.badges.iter().enumerate().map(badge).collect()
        },
        read: |source, item, card| {
            let found = source.at.values(item);
            let has = !found.is_empty();
            let room = BADGES.saturating_sub(card.badges.len());
            card.badges
                .extend(found.into_iter().take(room).map(|it| it.cut(text::BADGE)));
            has
        },
        told: Some(|card| list(card.badges.iter().map(ToString::to_string))),
    },
    CardField {
        key: "qr",
        expected: Expected::Always,
        sources: |row| each(&row.qr),
        read: |source, item, card| keep(&mut card.page, item_page::page(&source.at, item)),
        told: Some(|card| card.page.as_ref().map(ToString::to_string)),
    },
    CardField {
        key: "details",
        expected: Expected::Always,
        sources: |row| {
            let detail = |detail: &config::Detail| FieldSource {
                suffix: format!(".\"{}\"", detail.label),
                label: Arc::new(detail.label.clone()),
                ..FieldSource::at(Lookup::from(&detail.value))
            };
            row.details.iter().map(detail).collect()
        },
        read: |source, item, card| {
            let value = source.at.value(item);
            let label = source.label.clone();
            let fact = value.map(|value| Fact { label, value });
            let has = fact.is_some();
            card.details.extend(fact);
            has
        },
        told: Some(|card| {
            let facts = card.details.iter();
            list(facts.map(|fact| format!("{}: {}", fact.label, fact.value)))
        }),
    },
];

impl PartialEq for CardField {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Where one row looks for one field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldSource {
    pub(crate) at: Lookup,
    /// What a number is a part of.
    whole: Whole,
    /// What stands for the blanks of an address.
    fill: BTreeMap<String, String>,
    /// What is written before the value.
    label: Arc<LocalizedText>,
    /// What follows the field's key where a row may have several.
    suffix: String,
}

/// What a progress is a part of.
#[derive(Debug, Clone, PartialEq)]
enum Whole {
    Number(f64),
    At(Lookup),
    /// The time until its end.
    Until(Lookup),
}

impl FieldSource {
    fn at(at: Lookup) -> Self {
        Self {
            at,
            whole: Whole::Number(1.0),
            fill: BTreeMap::new(),
            label: Arc::default(),
            suffix: String::new(),
        }
    }

    /// Whether it is a progress by the clock.
    pub(crate) fn is_by_the_clock(&self) -> bool {
        matches!(self.whole, Whole::Until(_))
    }

    /// All that it looks at.
    pub(super) fn lookups(&self) -> impl Iterator<Item = &Lookup> {
        let whole = match &self.whole {
            Whole::Number(_) => None,
            Whole::At(at) | Whole::Until(at) => Some(at),
        };
        std::iter::once(&self.at).chain(whole)
    }
}

impl CardField {
    /// Whether what is read from `source` changes on the screen by itself.
    pub(crate) fn moves(source: &FieldSource) -> bool {
        source.at.moves() || source.is_by_the_clock()
    }

    /// The field of `source` as the configuration calls it.
    pub(crate) fn part(&self, source: &FieldSource) -> String {
        format!("{}{}", self.key, source.suffix)
    }

    /// Reads it from `item` into `card`. Tells whether the item has it.
    pub(crate) fn read(&self, source: &FieldSource, item: &Item<'_>, card: &mut Card) -> bool {
        (self.read)(source, item, card)
    }
}

impl Card {
    /// What the API calls the item; none where it does not.
    pub(crate) fn sent_id(&self) -> Option<Value> {
        match &self.own_id {
            OwnId::Same => Some(Value::from(self.id.as_str())),
            OwnId::Other(value) => Some(value.clone()),
            OwnId::Missing => None,
        }
    }

    /// The fields by their names in the configuration, as text.
    pub fn told(&self) -> Vec<(&'static str, Option<String>)> {
        let fields = CARD_FIELDS.iter();
        fields
            .filter_map(|field| {
                let name = field.key.strip_prefix("card.").unwrap_or(field.key);
                Some((name, (field.told?)(self)))
            })
            .collect()
    }

    fn told_id(&self) -> Option<String> {
        self.sent_id().map(|id| match id {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }
}

fn each<'a, T>(written: &'a Option<T>) -> Vec<FieldSource>
where
    Lookup: From<&'a T>,
{
    let written = written.iter();
    written
        .map(|at| FieldSource::at(Lookup::from(at)))
        .collect()
}

fn set<T>(place: &mut T, found: T) -> bool {
    *place = found;
    true
}

/// What stands for a blank of an address.
fn filling(by: &config::Fill) -> String {
    match by {
        config::Fill::Number(number) => number.to_string(),
        config::Fill::Text(text) => text.clone(),
    }
}

fn keep<T>(place: &mut Option<T>, found: Option<T>) -> bool {
    *place = found;
    place.is_some()
}

fn list(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<_> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// The address of a picture, over http or https.
fn image(source: &FieldSource, item: &Item<'_>) -> Option<Url> {
    let written = source.at.address(item);
    let written = written.filter(|written| written.len() <= ADDRESS_LIMIT)?;
    let written = image::filled(&written, &source.fill);
    let url = item.address?.join(&written).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

fn progress(source: &FieldSource, item: &Item<'_>) -> Option<Progress> {
    let whole = match &source.whole {
        Whole::Number(number) => *number,
        Whole::At(at) => at.number(item)?,
        Whole::Until(to) => return Progress::clock(source.at.moment(item)?, to.moment(item)?),
    };
    Progress::part(source.at.number(item)?, whole)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_card_is_told_by_the_id_that_the_api_sends() {
        let card = |own_id| Card {
            id: " a#2".to_owned(),
            own_id,
            ..Card::default()
        };
        for (own_id, told) in [
            (OwnId::Missing, None),
            (OwnId::Other(json!("a")), Some("a")),
            (OwnId::Other(json!(7)), Some("7")),
        ] {
            assert_eq!(card(own_id).told_id().as_deref(), told);
        }
    }
}
