//! Turns the items of an answer into cards, by the plan of their row.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::card::{Card, CardField, Expected, FieldSource, OwnId};
use super::item::Item;
use super::joins::Joins;
use super::json::Reply;
use super::listing::{self, Listed};
use super::plan::Plan;
use super::pointer::kind;
use super::value::{self, DisplayValue};
use crate::api::{Error, text};

/// Items of an answer, at most: each that is shown takes half a kilobyte for as long as its row is there.
pub(crate) const MOST_ITEMS: usize = 20_000;
/// More of a value that an action requires is not kept, and a longer id is none.
const FIELD_LIMIT: usize = 4096;

/// The cards of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CardList {
    pub(crate) cards: Vec<Card>,
    /// How many items the list has, also those that are no cards.
    pub(crate) items: u64,
}

/// The cards in an answer from `address`, to which picture addresses are relative; `before` items of the row
/// came before them.
///
/// A part of a card that is missing or of a strange type is left out; an item is only where it is no card
/// ([`is_card`]).
///
/// # Errors
/// [`Error::Shape`] when there is something else than a list of items where it should be, when the answer says
/// that it is an error, and when no item is a card; [`Error::TooMuch`] when it has more than [`MOST_ITEMS`].
pub(crate) fn cards(
    reply: &Reply<'_>,
    plan: &Plan,
    address: &Url,
    before: u64,
) -> Result<CardList, Error> {
    let listing = listing::of_reply(&plan.items, reply, plan.is_by_name())?;
    few_enough(listing.items.len())?;
    let joins = Joins::of(&plan.joins, reply.value);
    let items = &listing.items;
    let found = of_items(items, plan, address, before, &joins);
    let strange = items.iter().find(|item| !item.value.is_null());
    match strange.filter(|_| found.cards.is_empty()) {
        Some(item) => Err(Error::Shape(format!(
            "no item of the answer can be shown: {}",
            why_no_card(item.value)
        ))),
        None => Ok(found),
    }
}

pub(crate) fn few_enough(items: usize) -> Result<(), Error> {
    if items <= MOST_ITEMS {
        return Ok(());
    }
    Err(Error::TooMuch(format!(
        "the answer has {items} items, and at most {MOST_ITEMS} are shown of one page; ask the API for smaller pages"
    )))
}

/// Whether an item can be shown: an object, or what the configuration finds an id or a title in all the same.
pub(crate) fn is_card(item: &Item<'_>, plan: &Plan) -> bool {
    let names_it = |(field, source): &(&CardField, FieldSource)| {
        field.expected == Expected::Required && source.at.raw(item).is_some()
    };
    item.value.is_object() || plan.fields.iter().any(names_it)
}

/// Why an item that is no card is none.
pub(crate) fn why_no_card(item: &Value) -> String {
    format!("{} stands where an object belongs", kind(item))
}

pub(crate) fn of_items(
    items: &[Listed<'_>],
    plan: &Plan,
    address: &Url,
    before: u64,
    joins: &Joins<'_>,
) -> CardList {
    let count = items.len() as u64;
    let mut same: HashMap<String, u64> = HashMap::with_capacity(items.len());
    let found = items
        .iter()
        .map(|listed| listed.item().among(joins).from(address))
        .zip(before..)
        .filter(|(item, _)| is_card(item, plan))
        .map(|(item, place)| {
            let mut card = card(&item, place, plan);
            let count = same.entry(card.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                card.own_id = card.sent_id().map_or(OwnId::Missing, OwnId::Other);
                card.id = made_up(&card.id, *count);
            }
            card
        });
    // Collected they would have room for up to twice as many.
    let mut cards = Vec::with_capacity(items.len());
    cards.extend(found);
    CardList {
        cards,
        items: count,
    }
}

/// An id that no item has: theirs do not begin with a blank.
fn made_up(of: &str, number: u64) -> String {
    format!(" {of}#{number}")
}

/// One item as a card. `place` is its number in the row, by which it is called where it has no id or title.
fn card(item: &Item<'_>, place: u64, plan: &Plan) -> Card {
    let mut card = Card {
        fields: plan
            .required
            .iter()
            .map(|at| field(&at.all(item)))
            .collect(),
        ..Card::default()
    };
    for (field, source) in &plan.fields {
        let _ = field.read(source, item, &mut card);
    }
    if card.id.is_empty() || card.id.len() > FIELD_LIMIT {
        (card.id, card.own_id) = (made_up("", place), OwnId::Missing);
    }
    if card.title.is_empty() && card.own_id != OwnId::Missing {
        card.title = DisplayValue::Text(text::line(&card.id, text::LINE));
    }
    if card.title.is_empty() {
        card.title = DisplayValue::Text(place.to_string());
    }
    card
}

/// What an action may send of an item: a plain value, or a small list or object.
fn field(found: &[&Value]) -> Value {
    match found {
        [] => Value::Null,
        // A rounded number is another one: better nothing than that.
        [Value::Number(number)] if value::exact(&Value::Number(number.clone())).is_none() => {
            Value::Null
        }
        [plain] if value::raw(plain).is_some_and(|raw| raw.len() <= FIELD_LIMIT) => {
            (*plain).clone()
        }
        [one] => small(one),
        many => small(&many.iter().map(|one| (*one).clone()).collect()),
    }
}

fn small(value: &Value) -> Value {
    if value.to_string().len() <= FIELD_LIMIT {
        value.clone()
    } else {
        Value::Null
    }
}

#[cfg(test)]
pub(crate) mod tests;
