//! Turns an answer of the API into cards, by the plan of its row.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;
use url::Url;

use super::card::Fact;
use super::lookup::Lookup;
use super::pattern::kind;
use super::phrase::{self, Phrase};
use super::plan::{Plan, RowsPlan, Whole};
use super::row::{Inline, Whence};
use super::{Card, Error, Origin, OwnId, Row, examine, paging, text};

/// Items of an answer, at most: each that is shown takes half a kilobyte for as long as its row is there.
pub(super) const MOST_ITEMS: usize = 20_000;
/// More badges than this are left out.
const BADGES: usize = 3;
/// More of a value that an action needs is not kept, and a longer id is none.
const FIELD_LIMIT: usize = 4096;
/// No server takes a longer address (RFC 9110 section 4.1 asks for 8,000 characters).
pub(super) const ADDRESS_LIMIT: usize = 16 * 1024;

/// The cards of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    pub(super) cards: Vec<Card>,
    /// How many items the list has, also those that are no cards.
    pub(super) items: u64,
}

/// The cards in an answer from `address`, to which picture addresses are relative; `before` items of the row
/// came before them.
///
/// A part of a card that is missing or of a strange type is left out; an item is only where it is no card
/// ([`is_card`]).
///
/// # Errors
/// [`Error::Shape`] when there is no list of items where it should be, and when none of them is a card;
/// [`Error::TooMuch`] when it has more than [`MOST_ITEMS`].
pub(super) fn cards(
    reply: &Value,
    plan: &Plan,
    address: &Url,
    before: u64,
) -> Result<Found, Error> {
    let items = plan.items.items(reply).map_err(Error::Shape)?;
    few_enough(items.len())?;
    let strange = items.iter().find(|item| !item.is_null()).copied();
    let found = of_items(items, plan, address, before);
    match strange.filter(|_| found.cards.is_empty()) {
        Some(item) => Err(Error::Shape(format!(
            "no item of the answer can be shown: {}",
            why_no_card(item)
        ))),
        None => Ok(found),
    }
}

fn few_enough(items: usize) -> Result<(), Error> {
    if items <= MOST_ITEMS {
        return Ok(());
    }
    Err(Error::TooMuch(format!(
        "the answer has {items} items, and at most {MOST_ITEMS} are shown of one page; ask the API for smaller pages"
    )))
}

/// Whether an item can be shown: an object, or what the configuration finds an id or a title in all the same.
pub(super) fn is_card(item: &Value, plan: &Plan) -> bool {
    item.is_object() || plan.title.raw(item).is_some() || plan.id.raw(item).is_some()
}

/// Why an item that is no card is none.
pub(super) fn why_no_card(item: &Value) -> String {
    format!("{} stands where an object belongs", kind(item))
}

/// The rows in an answer that is a list of rows, at most as many as configured.
///
/// A row without a heading, or with neither items nor a link that may be followed, is left out.
///
/// # Errors
/// [`Error::Shape`] when there is no list of rows where it should be, and when every one of them is left out;
/// [`Error::TooMuch`] when they have more than [`MOST_ITEMS`] among them.
pub(super) fn rows(
    reply: &Value,
    parent: &Row,
    address: &Url,
    base: &Url,
) -> Result<Vec<Row>, Error> {
    let plan = &parent.plan;
    let Some(source) = &plan.rows else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let mut items_of_all = 0;
    let written = source.rows.items(reply).map_err(Error::Shape)?;
    for Named { id, title, row } in named(&written, &parent.id, source) {
        let items = source.items.as_ref();
        let items = items.and_then(|items| items.items(row).ok());
        items_of_all += items.as_ref().map_or(0, Vec::len);
        few_enough(items_of_all)?;
        let inline = items.map(|items| {
            let mut found = of_items(items, plan, address, 0);
            let next = paging::next(plan, row, &found, address, address, None, base);
            let next = paging::follow(next, &mut found.cards);
            Whence::Inline(Arc::new(Inline {
                parent: parent.id.as_str().into(),
                cards: found.cards,
                next,
                fetched_at: SystemTime::now(),
                origin: Origin::Network,
            }))
        });
        let Some(from) = inline.or_else(|| link(source, row, address, base).map(Whence::Link))
        else {
            continue;
        };
        rows.push(Row {
            id,
            title,
            plan: plan.clone(),
            from,
        });
    }
    match written.first().filter(|_| rows.is_empty()) {
        Some(first) => Err(Error::Shape(format!(
            "no row of the answer can be shown: {}",
            examine::why_no_row(source, first, address, base)
        ))),
        None => Ok(rows),
    }
}

/// Where the cards of a row are, if the API says so and we may go there.
pub(super) fn link(source: &RowsPlan, row: &Value, address: &Url, base: &Url) -> Option<Url> {
    let link = source.link.as_ref()?.raw(row);
    let link = link.filter(|written| written.len() <= ADDRESS_LIMIT)?;
    let url = address.join(&link).ok()?;
    super::address::within(base, url).ok()
}

/// A row in an answer that is a list of rows.
struct Named<'a> {
    id: String,
    title: String,
    row: &'a Value,
}

/// The rows that have a heading, each with an id of its own below that of the row that stands for them.
fn named<'a>(written: &[&'a Value], parent: &str, source: &RowsPlan) -> Vec<Named<'a>> {
    let mut rows: Vec<Named<'a>> = Vec::new();
    for row in written.iter().copied().take(source.limit) {
        let Some(title) = source.title.line(row) else {
            continue;
        };
        let name = source.id.as_ref().and_then(|id| id.raw(row));
        let mut id = format!("{parent}.{}", name.as_deref().unwrap_or(&title));
        if rows.iter().any(|known| known.id == id) {
            id = format!("{id}.{}", rows.len());
        }
        rows.push(Named { id, title, row });
    }
    rows
}

/// What in an answer is about `row`: its part of a list of rows, else the whole.
pub(super) fn scope<'a>(reply: &'a Value, row: &Row) -> &'a Value {
    let (Whence::Inline(inline), Some(source)) = (&row.from, &row.plan.rows) else {
        return reply;
    };
    let written = source.rows.items(reply).unwrap_or_default();
    let rows = named(&written, &inline.parent, source);
    let own = rows.into_iter().find(|named| named.id == row.id);
    own.map_or(reply, |named| named.row)
}

fn of_items(items: Vec<&Value>, plan: &Plan, address: &Url, before: u64) -> Found {
    let count = items.len() as u64;
    let mut same: HashMap<String, u64> = HashMap::with_capacity(items.len());
    let cards = items
        .into_iter()
        .zip(before..)
        .filter(|(item, _)| is_card(item, plan))
        .map(|(item, place)| {
            let mut card = card(item, place, plan, address);
            let count = same.entry(card.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                card.own_id = card.sent_id().map_or(OwnId::Missing, OwnId::Other);
                card.id = made_up(&card.id, *count);
            }
            card
        })
        .collect();
    Found {
        cards,
        items: count,
    }
}

/// An id that no item has: theirs do not begin with a blank.
fn made_up(of: &str, number: u64) -> String {
    format!(" {of}#{number}")
}

/// One item as a card. `place` is its number in the row, by which it is called where it has no id or title.
pub(super) fn card(item: &Value, place: u64, plan: &Plan, address: &Url) -> Card {
    let short = |id: &Value| id.as_str().is_none_or(|text| text.len() <= FIELD_LIMIT);
    let (id, own_id) = match plan.id.id(item).filter(short) {
        Some(Value::String(text)) => (text, OwnId::Same),
        Some(other) => (other.to_string(), OwnId::Other(other)),
        None => (made_up("", place), OwnId::Missing),
    };
    let title = plan.title.line(item);
    Card {
        title: title.unwrap_or_else(|| {
            let line = match own_id {
                OwnId::Missing => String::new(),
                OwnId::Same | OwnId::Other(_) => text::line(&id, text::LINE),
            };
            if line.is_empty() {
                place.to_string()
            } else {
                line
            }
        }),
        subtitle: plan.subtitle.as_ref().and_then(|at| at.phrase(item)),
        image: plan.image.as_ref().and_then(|at| image(at, item, address)),
        progress: plan
            .progress
            .as_ref()
            .and_then(|(part, whole)| progress(part, whole, item)),
        badges: badges(&plan.badges, item),
        body: plan.body.as_ref().and_then(|at| at.paragraphs(item)),
        details: plan
            .details
            .iter()
            .filter_map(|(label, at)| {
                Some(Fact {
                    label: label.clone(),
                    value: at.phrase(item)?,
                })
            })
            .collect(),
        fields: plan.fields.iter().map(|at| field(&at.all(item))).collect(),
        id,
        own_id,
    }
}

/// The address of a picture, over http or https.
pub(super) fn image(at: &Lookup, item: &Value, address: &Url) -> Option<Url> {
    let written = at
        .raw(item)
        .filter(|written| written.len() <= ADDRESS_LIMIT)?;
    let url = address.join(&written).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// A number between 0 and 1; numbers beyond are taken to the nearest end.
pub(super) fn progress(part: &Lookup, whole: &Whole, item: &Value) -> Option<f32> {
    let whole = match whole {
        Whole::Number(number) => *number,
        Whole::At(at) => at.number(item)?,
    };
    let share = part.number(item)? / whole;
    (whole > 0.0 && share.is_finite()).then(|| share.clamp(0.0, 1.0) as f32)
}

fn badges(lookups: &[Lookup], item: &Value) -> Vec<Phrase> {
    lookups
        .iter()
        .flat_map(|at| at.phrases(item))
        .map(|phrase| match phrase {
            Phrase::Text(words) => Phrase::Text(text::line(&words, text::BADGE)),
            other => other,
        })
        .take(BADGES)
        .collect()
}

/// What an action may send of an item: a plain value, or a small list or object.
fn field(found: &[&Value]) -> Value {
    match found {
        [] => Value::Null,
        // A rounded number is another one: better nothing than that.
        [Value::Number(number)] if phrase::exact(&Value::Number(number.clone())).is_none() => {
            Value::Null
        }
        [plain] if phrase::raw(plain).is_some_and(|raw| raw.len() <= FIELD_LIMIT) => {
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
mod tests;
