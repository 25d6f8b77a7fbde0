//! What of a row's configuration leads nowhere in the API's answer, and why.
//!
//! Stands above what maps: an item has a field where mapping finds it there ([`CardField::read`]).

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::action::{RequiredFor, Requirement};
use super::mapping::card::{CARD_FIELDS, Card, CardField, Expected, FieldSource};
use super::mapping::cards::{is_card, why_no_card};
use super::mapping::item::Item;
use super::mapping::item_page;
use super::mapping::joins::Joins;
use super::mapping::json::Reply;
use super::mapping::listing::Listing;
use super::mapping::lookup::{Lookup, texts};
use super::mapping::place::Place;
use super::mapping::plan::{Plan, RowsPlan};
use super::mapping::selector::Selector;
use super::mapping::value;
use super::request::api_origin::ApiOrigin;
use super::rows::list;
use super::rows::page::Page;
use super::rows::paging::PageAt;
use super::rows::row::Row;
use super::{Error, text};

mod doubt;
mod nowhere;

pub use doubt::Doubt;
pub(in crate::api) use doubt::doubts;
pub(super) use nowhere::why_not_at;
use nowhere::{left_out, why_nothing_found, why_unusable};

/// The part of the configuration whose items are no cards.
const ITEMS: &str = "items";

/// What was asked, as its owner is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// HTTP method.
    pub method: String,
    /// Where the answer came from, without secrets.
    pub address: String,
    /// What was sent.
    pub body: Option<String>,
}

/// A page, and what could not be found for it.
#[derive(Debug, Clone)]
pub struct Explained {
    /// What was asked.
    pub asked: Asked,
    /// The status of the answer.
    pub status: u16,
    /// How long it took, redirects and further tries included.
    pub took: Duration,
    /// What the row maps to.
    pub page: Page,
    /// The parts that some item does not have, in the order of the configuration.
    pub missing: Vec<MissingField>,
    /// What could all be read and looks wrong.
    pub doubts: Vec<Doubt>,
    /// Why the next page is not asked for, where the API names one that may not be.
    pub next_refused: Option<String>,
}

/// A part of the configuration that some items do not have, or some rows of the API's list, or the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingField {
    /// Its key, such as `card.image`, `row_source.title` or `next`.
    pub part: String,
    /// Items without it.
    pub missing: usize,
    /// Items there are.
    pub of: usize,
    /// The first item without it, from 0.
    pub first: usize,
    /// Which pointer failed there, and what there is instead.
    pub why: String,
    /// Whether that is a fault of the configuration or how the API is.
    pub kind: Absence,
}

/// How a part is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Its pointer leads nowhere, in any item: it may be misspelt.
    Nowhere,
    /// Something is there that cannot be used as what it should be.
    Unusable,
    /// Some items have it, and the API leaves it out of others, or says null or an empty text.
    LeftOut,
    /// The API says null or an empty text in every item: it is spelled well, and none has it now.
    Null,
}

impl MissingField {
    /// Whether the row cannot be used so: its list is misspelt, or no item has an id, or a title.
    pub fn is_fatal(&self) -> bool {
        let no_list = self.part == ITEMS && self.kind == Absence::Nowhere;
        no_list || (self.missing == self.of && self.is_required())
    }

    /// Whether the configuration is to be looked at: not where the API only leaves out what a card can do without.
    pub fn is_fault(&self) -> bool {
        matches!(self.kind, Absence::Nowhere | Absence::Unusable) || self.is_required()
    }

    fn is_required(&self) -> bool {
        let part = |field: &&CardField| field.key == self.part;
        let field = CARD_FIELDS.iter().find(part);
        field.is_some_and(|field| field.expected == Expected::Required)
    }
}

/// How far an item is from having a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// No pointer leads anywhere.
    Nothing,
    /// Null, or an empty text: the API says that there is nothing.
    Null,
    /// Anything else.
    Something,
}

/// What stands where any of `selectors` leads in `item`.
fn found<'s>(selectors: impl Iterator<Item = &'s Selector>, item: &Item<'_>) -> Found {
    selectors.fold(Found::Nothing, |most, selector| {
        selector.all(item).into_iter().fold(most, |most, value| {
            let is_nothing = match value {
                Value::Null => true,
                Value::String(text) => text.trim().is_empty(),
                _ => false,
            };
            most.max(if is_nothing {
                Found::Null
            } else {
                Found::Something
            })
        })
    })
}

/// What stands where a lookup looks.
fn found_by(at: &Lookup, item: &Item<'_>) -> Found {
    let places = at.places.iter().filter_map(|place| match place {
        Place::At(selector) => Some(selector),
        // It has what all of its blanks have.
        Place::Says(says) => says.blanks().find(|at| texts(at, item).next().is_none()),
    });
    found(places, item)
}

/// Items and their numbers.
type Numbered<'a> = [(usize, Item<'a>)];

/// What is missing in those items that do not have a part, and why.
fn missing_in(
    part: String,
    items: &Numbered<'_>,
    has: impl Fn(&Item<'_>) -> bool,
    found: impl Fn(&Item<'_>) -> Found,
    why: impl Fn(&Item<'_>) -> String,
) -> Option<MissingField> {
    let without: Vec<_> = items.iter().filter(|(_, item)| !has(item)).collect();
    let unusable = without
        .iter()
        .find(|(_, item)| found(item) == Found::Something);
    let all_null = || without.iter().all(|(_, item)| found(item) == Found::Null);
    let kind = match unusable {
        Some(_) => Absence::Unusable,
        None if without.len() < items.len() => Absence::LeftOut,
        None if all_null() => Absence::Null,
        None => Absence::Nowhere,
    };
    // What is there and cannot be used says more than what is not there.
    let (first, item) = unusable.or_else(|| without.first())?;
    Some(MissingField {
        part,
        missing: without.len(),
        of: items.len(),
        first: *first,
        why: why(item),
        kind,
    })
}

/// What items the parts of a row are missing in, and the list itself in `reply`.
pub(super) fn missing_fields(
    listing: &Listing<'_>,
    reply: &Value,
    row: &Row,
    address: &Url,
    joins: &Joins<'_>,
) -> Vec<MissingField> {
    let plan = &row.plan;
    let all = listing.items.iter();
    let all = all.map(|listed| listed.item().among(joins).from(address));
    let (items, strange): (Vec<_>, Vec<_>) =
        all.enumerate().partition(|(_, item)| is_card(item, plan));
    let no_list = listing.is_left_out.then(|| left_out(row.items(), reply));
    let no_cards = strange.first().map(|(first, item)| MissingField {
        part: ITEMS.to_owned(),
        missing: strange.len(),
        of: items.len() + strange.len(),
        first: *first,
        why: why_no_card(item.value),
        kind: Absence::Unusable,
    });
    let no_cards = no_list.or(no_cards);
    let fields = plan.fields.iter();
    let fields = fields.filter_map(|(field, source)| missing_field(field, source, &items));
    let required = row.requirements().into_iter().filter_map(|required| {
        let at = plan.required.get(required.field)?;
        missing_requirement(required, at, &items)
    });
    no_cards.into_iter().chain(fields).chain(required).collect()
}

fn missing_field(
    field: &CardField,
    source: &FieldSource,
    items: &Numbered<'_>,
) -> Option<MissingField> {
    let has = |item: &Item<'_>| {
        // What the configuration has an empty word for is not missing.
        field.read(source, item, &mut Card::default()) || source.at.is_silent(item)
    };
    if field.expected == Expected::Sometimes && items.iter().any(|(_, item)| has(item)) {
        return None;
    }
    let why = |item: &Item<'_>| why_not(field, source, item);
    let found = |item: &Item<'_>| match source.at.is_on(item) {
        true => found_by(&source.at, item),
        false => Found::Nothing,
    };
    missing_in(field.part(source), items, has, found, why)
}

fn why_not(field: &CardField, source: &FieldSource, item: &Item<'_>) -> String {
    // Only an id must be exact: any other field has what can be read at all.
    if field.key == CARD_FIELDS[0].key && source.at.raw(item).is_some() {
        return "the number there is too large to be exact; let the API send it as text".to_owned();
    }
    if field.key == "qr"
        && let Some(why) = item_page::why_not_offered(&source.at, item)
    {
        return format!("not offered: {why}");
    }
    let expected = match field.key {
        "card.image" => Some("no address of a picture that may be loaded (https)"),
        "card.progress" if source.is_by_the_clock() => Some(NO_MOMENT),
        "card.progress" => Some("no number from 0 to what it is a part of"),
        "card.progress.to" => Some(NO_MOMENT),
        "card.progress.max" => Some("no number"),
        "qr" => Some("no address of a page (http or https)"),
        _ => None,
    };
    why_unusable(&source.at, expected, item)
}

/// What something is not that stands where a beginning or an end belongs.
const NO_MOMENT: &str = "no time (such as 2026-05-01T20:10:00Z or seconds since 1970), or one with the other is no span";

fn missing_requirement(
    Requirement { part, of, .. }: Requirement,
    at: &Selector,
    items: &Numbered<'_>,
) -> Option<MissingField> {
    // A key that is there with null says something; one that is not there may be misspelt.
    let is_there = |item: &Item<'_>| !at.all(item).is_empty();
    let can_be_sent = |item: &Item<'_>| at.all(item).into_iter().any(|it| value::raw(it).is_some());
    let why = |item: &Item<'_>| why_not_at(at, item);
    let found = |item: &Item<'_>| found(std::iter::once(at), item);
    match of {
        RequiredFor::Path => missing_in(part, items, can_be_sent, found, why),
        RequiredFor::Body => missing_in(part, items, is_there, found, why),
        // As with a badge: many APIs write a flag only where it is set.
        RequiredFor::Question if items.iter().any(|(_, item)| is_there(item)) => None,
        RequiredFor::Question => missing_in(part, items, |_| false, found, why),
    }
}

/// What a plan looks for beside the items of an answer and is not there: where the next page is. Null says that
/// there is none.
pub(super) fn missing_paging(reply: &Value, plan: &Plan) -> Vec<MissingField> {
    let wanted = [
        ("next", &plan.next),
        ("page.cursor", &plan.cursor),
        ("page.more", &plan.more),
    ];
    let missing = wanted.into_iter().filter_map(|(name, at)| {
        let at = at.as_ref()?;
        let has = |reply: &Item<'_>| !at.all(reply).is_empty();
        let nothing = |_: &Item<'_>| Found::Nothing;
        missing_in(
            name.to_owned(),
            &[(0, Item::of(reply))],
            has,
            nothing,
            |reply| why_not_at(at, reply),
        )
    });
    missing.collect()
}

/// Why a row of the API's list is not shown as it should be, by the part of `row_source`.
fn row_lacks(
    source: &RowsPlan,
    row: &Item<'_>,
    is_by_name: bool,
    address: &Url,
    origin: &ApiOrigin,
) -> Vec<(&'static str, String)> {
    let mut lacks = Vec::new();
    if source.title.line(row).is_none() {
        lacks.push(("row_source.title", why_nothing_found(&source.title, row)));
    }
    if let Some(id) = source.id.as_ref().filter(|id| id.raw(row).is_none()) {
        lacks.push(("row_source.id", why_nothing_found(id, row)));
    }
    let has_items = list::items(source, row.value, is_by_name).is_some();
    if has_items || list::link(source, row, address, origin).is_some() {
        return lacks;
    }
    if let Some(items) = &source.items {
        lacks.push(("row_source.items", why_not_at(items, row)));
    }
    if let Some(link) = &source.link {
        let why = match link.raw(row) {
            None => why_nothing_found(link, row),
            Some(to) => format!("it may not be followed: {}", text::line(&to, text::LINE)),
        };
        lacks.push(("row_source.link", why));
    }
    lacks
}

/// The rows in an answer that is a list of rows.
///
/// # Errors
/// As [`list::listed`], and [`Error::Shape`] when every one of them is left out, with why.
pub(super) fn listed_rows(
    reply: &Reply<'_>,
    parent: &Row,
    at: &PageAt<'_>,
) -> Result<Vec<Row>, Error> {
    let rows = list::listed(reply, parent, at)?;
    let Some(source) = parent.plan.rows.as_ref().filter(|_| rows.is_empty()) else {
        return Ok(rows);
    };
    let written = list::written(reply, source)?;
    let joins = Joins::of(&parent.plan.joins, reply.value);
    let is_by_name = parent.plan.is_by_name();
    match written.first().map(|first| first.item().among(&joins)) {
        Some(first) => Err(Error::Shape(format!(
            "no row of the answer can be shown: {}",
            why_no_row(source, &first, is_by_name, at.from, at.origin)
        ))),
        None => Ok(rows),
    }
}

/// Why a row cannot be shown at all.
fn why_no_row(
    source: &RowsPlan,
    row: &Item<'_>,
    is_by_name: bool,
    address: &Url,
    origin: &ApiOrigin,
) -> String {
    let lacks = row_lacks(source, row, is_by_name, address, origin).into_iter();
    let lacks = lacks.filter(|(part, _)| *part != "row_source.id");
    let lacks: Vec<_> = lacks.map(|(part, why)| format!("{part}: {why}")).collect();
    lacks.join("; ")
}

/// What rows of the API's list the parts of `row_source` are missing in.
pub(super) fn missing_in_rows(
    reply: &Value,
    plan: &Plan,
    source: &RowsPlan,
    address: &Url,
    origin: &ApiOrigin,
) -> Vec<MissingField> {
    let mut found: Vec<MissingField> = Vec::new();
    let joins = Joins::of(&plan.joins, reply);
    let rows = list::written(&Reply::all(reply), source).unwrap_or_default();
    for (first, row) in rows.iter().enumerate() {
        let row = row.item().among(&joins);
        for (part, why) in row_lacks(source, &row, plan.is_by_name(), address, origin) {
            match found.iter_mut().find(|missing| missing.part == part) {
                Some(known) => known.missing += 1,
                None => found.push(MissingField {
                    part: part.to_owned(),
                    missing: 1,
                    of: rows.len(),
                    first,
                    why,
                    kind: Absence::Nowhere,
                }),
            }
        }
    }
    for missing in found.iter_mut().filter(|one| one.missing < one.of) {
        missing.kind = Absence::LeftOut;
    }
    found
}

#[cfg(test)]
mod tests;
