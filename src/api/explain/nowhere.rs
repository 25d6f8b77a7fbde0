//! Why a place leads nowhere, and what is there instead.

use serde_json::{Map, Value};

use crate::api::mapping::item::Item;
use crate::api::mapping::joins::Joined;
use crate::api::mapping::lookup::{Lookup, texts};
use crate::api::mapping::place::Place;
use crate::api::mapping::pointer::{Pointer, kind};
use crate::api::mapping::selector::Selector;
use crate::api::mapping::value;
use crate::api::text;
use crate::config::{self, Format};

use super::{Absence, ITEMS, MissingField};

/// Names shown of what is there instead.
const NAMES: usize = 8;

/// Why a place leads nowhere in `item`: how far it goes, and what is there.
pub(in crate::api) fn why_not_at(at: &Selector, item: &Item<'_>) -> String {
    let written = at.text();
    if let Some(found) = at.all(item).first() {
        let what = match found {
            Value::Null => "null",
            Value::String(text) if text.trim().is_empty() => "an empty text",
            other => kind(other),
        };
        return format!("{what} stands at {written}");
    }
    match at {
        Selector::At(pointer) => why_not_in(pointer, written, item.value),
        Selector::Path(path) => {
            let head = path
                .head()
                .iter()
                .map(|name| name.replace('~', "~0").replace('/', "~1"));
            let head: String = head.map(|name| format!("/{name}")).collect();
            let head = Pointer::new(&head);
            match head.all(item.value).is_empty() {
                true => why_not_in(&head, written, item.value),
                false => format!("{written} finds nothing"),
            }
        }
        Selector::Key => "the item is no member of an object".to_owned(),
        Selector::Joined(joined) => why_not_joined(joined, item),
    }
}

fn why_not_joined(joined: &Joined, item: &Item<'_>) -> String {
    match joined.entries(item, 0) {
        Err(why) => why.to_string(),
        Ok(entries) => {
            let first = entries.first().copied().unwrap_or(&Value::Null);
            let why = why_not_in(joined.rest(), joined.rest().text(), first);
            format!("in the entry of @{}: {why}", joined.table())
        }
    }
}

/// Why `pointer`, written so, leads nowhere in `value`.
fn why_not_in(pointer: &Pointer, written: &str, value: &Value) -> String {
    let (reached, there, name) = end(pointer, value);
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
            let nearest = nearest(name, map).map_or_else(String::new, |name| {
                let name = text::line(name, text::NAME);
                format!("; the nearest is {reached}/{name}")
            });
            format!("{place} are {}{nearest}", names.join(", "))
        }
        Value::Object(_) => format!("{place} is an empty object"),
        Value::Array(list) => format!("{place} is a list of {}", list.len()),
        other => format!("{place} is {}", kind(other)),
    };
    format!("nothing at {written}; {instead}")
}

/// How far a pointer leads that leads nowhere: the part of it that leads somewhere, what is there, and the name that is
/// not.
fn end<'p, 'a>(pointer: &'p Pointer, value: &'a Value) -> (&'p str, &'a Value, &'p str) {
    let written = pointer.text();
    let ends = written.match_indices('/').rev();
    let mut ends = ends.filter_map(|(at, _)| {
        let (reached, rest) = written.split_at_checked(at)?;
        let there = Pointer::new(reached).all(value).into_iter().next()?;
        let name = rest.get(1..)?.split('/').next()?;
        Some((reached, there, name))
    });
    ends.next().unwrap_or(("", value, ""))
}

/// Why a lookup finds nothing in `item`: for each pointer, how far it leads.
pub(super) fn why_nothing_found(at: &Lookup, item: &Item<'_>) -> String {
    why_unusable(at, None, item)
}

/// The same; `expected` is what a value that is there is not, where that does not follow from the format.
pub(super) fn why_unusable(at: &Lookup, expected: Option<&str>, item: &Item<'_>) -> String {
    if !at.is_on(item) {
        let when = at.when.as_ref().map_or("", Selector::text);
        return format!("{when} says that it is not wanted");
    }
    let reasons = at.places.iter().map(|place| match place {
        Place::At(selector) => {
            let expected = expected.or_else(|| expected_as(at.reading.format));
            let mut values = selector.all(item).into_iter();
            match (expected, values.find_map(value::raw)) {
                (Some(expected), Some(there)) => {
                    let there = text::line(&there, text::NAME);
                    format!("\"{there}\" at {} is {expected}", selector.text())
                }
                _ => why_not_at(selector, item),
            }
        }
        Place::Says(says) => {
            let blank = says.blanks().find(|at| texts(at, item).next().is_none());
            match (blank, expected) {
                (Some(at), _) => why_not_at(at, item),
                (None, Some(expected)) => format!("what its blanks make of it is {expected}"),
                (None, None) => String::new(),
            }
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

/// An answer without a list at `at`, which was taken as an empty one. It is a fault where it looks like a slip: a name
/// much like the one that is not there, or another list with objects in it.
pub(super) fn left_out(at: &Selector, reply: &Value) -> MissingField {
    let (there, name) = match at {
        Selector::At(pointer) => {
            let (_, there, name) = end(pointer, reply);
            (there, name)
        }
        Selector::Path(path) => (reply, path.head().first().map_or("", String::as_str)),
        Selector::Key | Selector::Joined(_) => (reply, ""),
    };
    let is_like = there
        .as_object()
        .is_some_and(|map| nearest(name, map).is_some());
    let is_slip = is_like || has_other_list(there);
    let why = why_not_at(at, &Item::of(reply));
    MissingField {
        part: ITEMS.to_owned(),
        missing: 1,
        of: 1,
        first: 0,
        why: format!("taken as an empty list that the API left out: {why}"),
        kind: match is_slip {
            true => Absence::Nowhere,
            false => Absence::Null,
        },
    }
}

/// The member that may have been meant by a step of a pointer.
fn nearest<'a>(step: &str, map: &'a Map<String, Value>) -> Option<&'a str> {
    let step = step.replace("~1", "/").replace("~0", "~");
    if matches!(step.as_str(), "" | "*") {
        return None;
    }
    // An object with thousands of keys is a map of items, and has no names to misspell.
    config::nearest_word(&step, map.keys().take(1000).map(String::as_str))
}

/// Whether a list of objects stands in `there`, unless it says that there is nothing: `total` 0.
fn has_other_list(there: &Value) -> bool {
    let Value::Object(map) = there else {
        return false;
    };
    let says_none = map.values().any(|value| value.as_f64() == Some(0.0));
    let is_list = |(name, value): (&String, &Value)| {
        let list = value.as_array();
        let has_objects = list.is_some_and(|list| list.iter().any(Value::is_object));
        // FHIR and others have the ways to other pages in one.
        has_objects && !matches!(name.as_str(), "link" | "links")
    };
    !says_none && map.iter().any(is_list)
}
