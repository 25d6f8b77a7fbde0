//! What of a row's configuration leads nowhere in the API's answer, and why.
//!
//! Stands above what maps: an item has a field where mapping finds it there ([`CardField::read`]).

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::action::{RequiredFor, Requirement};
use super::mapping::card::{CARD_FIELDS, Card, CardField, Expected, FieldSource, Item};
use super::mapping::cards::{is_card, why_no_card};
use super::mapping::lookup::{Lookup, Place, texts};
use super::mapping::plan::{Plan, RowsPlan};
use super::mapping::pointer::{Pointer, kind};
use super::mapping::value;
use super::request::api_origin::ApiOrigin;
use super::rows::list;
use super::rows::page::Page;
use super::rows::paging::PageAt;
use super::rows::row::Row;
use super::{Error, text};
use crate::config::Format;

mod doubt;

pub use doubt::Doubt;
pub(in crate::api) use doubt::doubts;

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
    /// Whether the row cannot be used so: no item has an id, or a title.
    pub fn is_fatal(&self) -> bool {
        self.missing == self.of && self.is_required()
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

/// What stands where any of `pointers` leads in `item`.
fn found<'a>(pointers: impl Iterator<Item = Cow<'a, Pointer>>, item: &Value) -> Found {
    pointers.fold(Found::Nothing, |most, pointer| {
        pointer.all(item).into_iter().fold(most, |most, value| {
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
fn found_by(at: &Lookup, item: &Value) -> Found {
    let pointers = at.places.iter().flat_map(|place| match place {
        Place::At(pointer) => vec![Cow::Borrowed(pointer)],
        Place::Says(template) => {
            let blanks = template.pointers().map(Pointer::new);
            // It has what all of its blanks have.
            let empty = blanks.filter(|blank| texts(blank, item).next().is_none());
            empty.take(1).map(Cow::Owned).collect()
        }
    });
    found(pointers, item)
}

/// Items and their numbers.
type Numbered<'a> = [(usize, &'a Value)];

/// What is missing in those items that do not have a part, and why.
fn missing_in(
    part: String,
    items: &Numbered<'_>,
    has: impl Fn(&Value) -> bool,
    found: impl Fn(&Value) -> Found,
    why: impl Fn(&Value) -> String,
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

/// What items the parts of a row are missing in.
pub(super) fn missing_fields(items: &[&Value], row: &Row, address: &Url) -> Vec<MissingField> {
    let plan = &row.plan;
    let (items, strange): (Vec<_>, Vec<_>) = items
        .iter()
        .copied()
        .enumerate()
        .partition(|(_, item)| is_card(item, plan));
    let no_cards = strange.first().map(|(first, item)| MissingField {
        part: ITEMS.to_owned(),
        missing: strange.len(),
        of: items.len() + strange.len(),
        first: *first,
        why: why_no_card(item),
        kind: Absence::Unusable,
    });
    let fields = plan.fields.iter();
    let fields = fields.filter_map(|(field, source)| missing_field(field, source, &items, address));
    let requirements = row.actions.iter().flat_map(|action| action.requirements());
    let required = requirements.filter_map(|required| {
        let at = plan.required.get(required.field)?;
        missing_requirement(required, at, &items)
    });
    no_cards.into_iter().chain(fields).chain(required).collect()
}

fn missing_field(
    field: &CardField,
    source: &FieldSource,
    items: &Numbered<'_>,
    address: &Url,
) -> Option<MissingField> {
    let has = |value: &Value| {
        let item = Item { value, address };
        // What the configuration has an empty word for is not missing.
        field.read(source, &item, &mut Card::default()) || source.at.is_silent(value)
    };
    if field.expected == Expected::Sometimes && items.iter().any(|(_, item)| has(item)) {
        return None;
    }
    let why = |item: &Value| why_not(field, source, item);
    let found = |item: &Value| match source.at.is_on(item) {
        true => found_by(&source.at, item),
        false => Found::Nothing,
    };
    missing_in(field.part(source), items, has, found, why)
}

fn why_not(field: &CardField, source: &FieldSource, item: &Value) -> String {
    // Only an id must be exact: any other field has what can be read at all.
    if field.key == CARD_FIELDS[0].key && source.at.raw(item).is_some() {
        return "the number there is too large to be exact; let the API send it as text".to_owned();
    }
    let expected = match field.key {
        "card.image" => Some("no address of a picture that may be loaded (https)"),
        "card.progress" if source.is_by_the_clock() => Some(NO_MOMENT),
        "card.progress" => Some("no number from 0 to what it is a part of"),
        "card.progress.to" => Some(NO_MOMENT),
        "card.progress.max" => Some("no number"),
        _ => None,
    };
    why_unusable(&source.at, expected, item)
}

/// What something is not that stands where a beginning or an end belongs.
const NO_MOMENT: &str = "no time (such as 2026-05-01T20:10:00Z or seconds since 1970), or one with the other is no span";

fn missing_requirement(
    Requirement { part, of, .. }: Requirement,
    at: &Pointer,
    items: &Numbered<'_>,
) -> Option<MissingField> {
    // A key that is there with null says something; one that is not there may be misspelt.
    let is_there = |item: &Value| !at.all(item).is_empty();
    let can_be_sent = |item: &Value| at.all(item).into_iter().any(|it| value::raw(it).is_some());
    let why = |item: &Value| why_not_at(at, item);
    let found = |item: &Value| found([Cow::Borrowed(at)].into_iter(), item);
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
    let cursor = plan
        .paging
        .as_ref()
        .and_then(|paging| paging.cursor.as_deref());
    let cursor = cursor.map(Pointer::new);
    let wanted = [("next", &plan.next), ("page.cursor", &cursor)];
    let missing = wanted.into_iter().filter_map(|(name, at)| {
        let at = at.as_ref()?;
        let has = |reply: &Value| !at.all(reply).is_empty();
        let nothing = |_: &Value| Found::Nothing;
        missing_in(name.to_owned(), &[(0, reply)], has, nothing, |reply| {
            why_not_at(at, reply)
        })
    });
    missing.collect()
}

/// Why a row of the API's list is not shown as it should be, by the part of `row_source`.
fn row_lacks(
    source: &RowsPlan,
    row: &Value,
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
    let items = source.items.as_ref();
    let has_items = items.is_some_and(|items| items.items(row).is_ok());
    if has_items || list::link(source, row, address, origin).is_some() {
        return lacks;
    }
    if let Some(items) = items {
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
pub(super) fn listed_rows(reply: &Value, parent: &Row, at: &PageAt<'_>) -> Result<Vec<Row>, Error> {
    let rows = list::listed(reply, parent, at)?;
    let Some(source) = parent.plan.rows.as_ref().filter(|_| rows.is_empty()) else {
        return Ok(rows);
    };
    let written = source.rows.items(reply).map_err(Error::Shape)?;
    match written.first() {
        Some(first) => Err(Error::Shape(format!(
            "no row of the answer can be shown: {}",
            why_no_row(source, first, at.from, at.origin)
        ))),
        None => Ok(rows),
    }
}

/// Why a row cannot be shown at all.
fn why_no_row(source: &RowsPlan, row: &Value, address: &Url, origin: &ApiOrigin) -> String {
    let lacks = row_lacks(source, row, address, origin).into_iter();
    let lacks = lacks.filter(|(part, _)| *part != "row_source.id");
    let lacks: Vec<_> = lacks.map(|(part, why)| format!("{part}: {why}")).collect();
    lacks.join("; ")
}

/// What rows of the API's list the parts of `row_source` are missing in.
pub(super) fn missing_in_rows(
    rows: &[&Value],
    source: &RowsPlan,
    address: &Url,
    origin: &ApiOrigin,
) -> Vec<MissingField> {
    let mut found: Vec<MissingField> = Vec::new();
    for (first, row) in rows.iter().enumerate() {
        for (part, why) in row_lacks(source, row, address, origin) {
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

/// Why a lookup finds nothing in `item`: for each pointer, how far it leads.
fn why_nothing_found(at: &Lookup, item: &Value) -> String {
    why_unusable(at, None, item)
}

/// The same; `expected` is what a value that is there is not, where that does not follow from the format.
fn why_unusable(at: &Lookup, expected: Option<&str>, item: &Value) -> String {
    if !at.is_on(item) {
        let when = at.when.as_ref().map_or("", Pointer::text);
        return format!("{when} says that it is not wanted");
    }
    let reasons = at.places.iter().map(|place| match place {
        Place::At(pointer) => {
            let expected = expected.or_else(|| expected_as(at.reading.format));
            let mut values = pointer.all(item).into_iter();
            match (expected, values.find_map(value::raw)) {
                (Some(expected), Some(there)) => {
                    let there = text::line(&there, text::NAME);
                    format!("\"{there}\" at {} is {expected}", pointer.text())
                }
                _ => why_not_at(pointer, item),
            }
        }
        Place::Says(template) => {
            let mut blanks = template.pointers().map(Pointer::new);
            let blank = blanks.find(|pointer| texts(pointer, item).next().is_none());
            blank.map_or_else(String::new, |pointer| why_not_at(&pointer, item))
        }
    });
    reasons.collect::<Vec<_>>().join("; ")
}

/// What a text is not that cannot be read as the configuration says.
fn expected_as(format: Format) -> Option<&'static str> {
    match format {
        Format::Text => None,
        Format::Html | Format::Markdown => Some("without a word that can be shown"),
        Format::Number | Format::Percent => Some("no number"),
        Format::Date | Format::DateTime | Format::Weekday | Format::Relative => Some(
            "no date (such as 2026-05-01, 2026-05-01T20:10:00Z or seconds since 1970), or of a zone that is not known here",
        ),
        Format::Time => Some(
            "no time (such as 14:05, 2026-05-01T20:10:00Z or seconds since 1970), or of a zone that is not known here",
        ),
        Format::Duration => Some("no span of time (seconds, or such as PT1H42M)"),
        Format::Money => Some("no amount, or its currency is no code such as EUR"),
    }
}

/// Names shown of what is there instead.
const NAMES: usize = 8;

/// Why a pointer leads nowhere in `value`: how far it goes, and what is there.
pub(super) fn why_not_at(pointer: &Pointer, value: &Value) -> String {
    let written = pointer.text();
    if let Some(found) = pointer.all(value).first() {
        let what = match found {
            Value::Null => "null",
            Value::String(text) if text.trim().is_empty() => "an empty text",
            other => kind(other),
        };
        return format!("{what} stands at {written}");
    }
    let ends: Vec<usize> = written.match_indices('/').map(|(at, _)| at).collect();
    let (reached, there) = ends
        .iter()
        .rev()
        .find_map(|end| {
            let reached = written.get(..*end)?;
            let there = Pointer::new(reached).all(value).into_iter().next()?;
            Some((reached, there))
        })
        .unwrap_or(("", value));
    let place = if reached.is_empty() {
        "there".to_owned()
    } else {
        format!("at {reached}")
    };
    let instead = match there {
        Value::Object(map) if !map.is_empty() => {
            let names = map.keys().take(NAMES);
            let mut names: Vec<_> = names.map(|name| text::line(name, text::NAME)).collect();
            if map.len() > NAMES {
                names.push("…".to_owned());
            }
            let nearest = nearest_member(written, reached, map);
            let nearest = nearest.map_or_else(String::new, |name| {
                format!(
                    "; the nearest is {reached}/{}",
                    text::line(name, text::NAME)
                )
            });
            format!("{place} are {}{nearest}", names.join(", "))
        }
        Value::Object(_) => format!("{place} is an empty object"),
        Value::Array(list) => format!("{place} is a list of {}", list.len()),
        other => format!("{place} is {}", kind(other)),
    };
    format!("nothing at {written}; {instead}")
}

/// The member of `map`, where a pointer got to, that its next step may have meant.
fn nearest_member<'a>(
    written: &str,
    reached: &str,
    map: &'a serde_json::Map<String, Value>,
) -> Option<&'a str> {
    let rest = written.get(reached.len()..)?.strip_prefix('/')?;
    let step = rest.split('/').next().filter(|step| *step != "*")?;
    let step = step.replace("~1", "/").replace("~0", "~");
    // An object with thousands of keys is a map of items, and has no names to misspell.
    crate::config::nearest_word(&step, map.keys().take(1000).map(String::as_str))
}

#[cfg(test)]
mod tests;
