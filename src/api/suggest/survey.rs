//! What stands in the items of a list: each place in them, and what is there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::names;
use super::values;

/// Items that are looked at.
pub(super) const ITEMS: usize = 50;
/// Places that are looked at; an item with more is no row of cards.
const PLACES: usize = 3000;
/// Values of one place in one item.
const VALUES: usize = 24;
/// Steps into an item.
const DEPTH: usize = 9;

/// A place in the items, with what stands there; lists on the way are `*`.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// The JSON Pointer into an item.
    pub(super) at: String,
    /// The names on the way, without those of elements.
    pub(super) names: Vec<String>,
    /// How many lists are on the way.
    pub(super) lists: usize,
    /// The items that have something there, by number, and what.
    pub(super) values: Vec<(usize, &'a Value)>,
    /// How many items have it.
    pub(super) in_items: usize,
    /// How far from the item itself it stands.
    pub(super) distance: f32,
}

/// All places in the items of a list.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    /// The items that were looked at.
    pub(super) items: Vec<&'a Value>,
    /// What stands in them, by pointer.
    pub(super) places: Vec<Place<'a>>,
}

impl<'a> Survey<'a> {
    /// Looks at `items`.
    pub(super) fn of(items: &[&'a Value]) -> Self {
        let items: Vec<&'a Value> = items.iter().copied().take(ITEMS).collect();
        let mut found = BTreeMap::new();
        for (number, item) in items.iter().enumerate() {
            look(item, number, &mut Way::default(), &mut found);
        }
        let mut places: Vec<Place<'a>> = found.into_values().collect();
        for place in &mut places {
            let numbers: BTreeSet<usize> = place.values.iter().map(|(item, _)| *item).collect();
            place.in_items = numbers.len();
        }
        measure(&mut places);
        Self { items, places }
    }

    /// The places with a value that is neither a list nor an object and stands in no list.
    pub(super) fn single(&self) -> impl Iterator<Item = &Place<'a>> {
        self.places.iter().filter(|place| place.lists == 0)
    }

    /// The place at a pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Place<'a>> {
        self.places.iter().find(|place| place.at == pointer)
    }

    /// The places beside `place`: of the same object.
    pub(super) fn beside<'b>(
        &'b self,
        place: &'b Place<'a>,
    ) -> impl Iterator<Item = &'b Place<'a>> {
        let parent = place.parent();
        self.places
            .iter()
            .filter(move |other| other.parent() == parent && other.at != place.at)
    }

    /// "in 20 of 20 items".
    pub(super) fn in_words(&self, place: &Place<'_>) -> String {
        format!("in {} of {}", place.in_items, counted(self.items.len()))
    }

    /// The share of items that have it.
    pub(super) fn share(&self, place: &Place<'_>) -> f32 {
        place.in_items as f32 / self.items.len().max(1) as f32
    }
}

/// "1 item", "20 items".
pub(super) fn counted(number: usize) -> String {
    match number {
        1 => "1 item".to_owned(),
        number => format!("{number} items"),
    }
}

impl Place<'_> {
    /// The name that says what it is: its own, or that of what it belongs to where its own says nothing.
    pub(super) fn name(&self) -> &str {
        let mut names = self.names.iter().rev();
        let speaking = names.find(|name| !names::is_generic(name));
        speaking.or(self.names.last()).map_or("", String::as_str)
    }

    /// Its own name.
    pub(super) fn own_name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// The names above the one that says what it is.
    pub(super) fn above(&self) -> &[String] {
        let speaking = self.names.iter().rposition(|name| !names::is_generic(name));
        let end = speaking.unwrap_or(self.names.len().saturating_sub(1));
        self.names.get(..end).unwrap_or_default()
    }

    /// Where its object stands.
    pub(super) fn parent(&self) -> &str {
        self.at.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The texts there.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|(_, value)| value.as_str())
    }

    /// The numbers there, also those written as text.
    pub(super) fn numbers(&self) -> Vec<f64> {
        self.values
            .iter()
            .filter_map(|(_, value)| values::number(value))
            .collect()
    }

    /// Whether all that is there is text.
    pub(super) fn is_text(&self) -> bool {
        !self.values.is_empty() && self.values.iter().all(|(_, value)| value.is_string())
    }

    /// The share of the texts there of which something is true.
    pub(super) fn share_of(&self, is: impl Fn(&str) -> bool) -> f32 {
        let all = self.values.len().max(1) as f32;
        self.texts().filter(|text| is(text)).count() as f32 / all
    }

    /// How many different values there are.
    pub(super) fn different(&self) -> usize {
        let different: BTreeSet<String> = self
            .values
            .iter()
            .map(|(_, value)| value.to_string())
            .collect();
        different.len()
    }

    /// Whether no two items have the same.
    pub(super) fn tells_apart(&self) -> bool {
        self.different() == self.values.len()
    }

    /// Whether something is above it that is another thing than the item: a person, or links.
    pub(super) fn is_of_somebody(&self) -> bool {
        self.above().iter().any(|name| names::is_person(name))
    }

    /// The values of the first three items that have one.
    pub(super) fn first_three(&self) -> Vec<String> {
        let mut last = None;
        let firsts = self
            .values
            .iter()
            .filter(|(item, _)| last.replace(*item) != Some(*item));
        firsts
            .take(3)
            .map(|(_, value)| values::told(value))
            .collect()
    }
}

#[derive(Default)]
struct Way {
    at: String,
    names: Vec<String>,
    lists: usize,
}

fn look<'a>(value: &'a Value, item: usize, way: &mut Way, found: &mut BTreeMap<String, Place<'a>>) {
    if way.names.len() + way.lists > DEPTH {
        return;
    }
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let end = way.at.len();
                way.at.push('/');
                way.at.push_str(&escaped(name));
                way.names.push(name.clone());
                look(inner, item, way, found);
                let _ = way.names.pop();
                way.at.truncate(end);
            }
        }
        Value::Array(list) => {
            let end = way.at.len();
            way.at.push_str("/*");
            way.lists += 1;
            for inner in list.iter().take(VALUES) {
                look(inner, item, way, found);
            }
            way.lists -= 1;
            way.at.truncate(end);
        }
        other if values::is_filled(other) => {
            if found.len() >= PLACES && !found.contains_key(&way.at) {
                return;
            }
            let place = found.entry(way.at.clone()).or_insert_with(|| Place {
                at: way.at.clone(),
                names: way.names.clone(),
                lists: way.lists,
                values: Vec::new(),
                in_items: 0,
                distance: 0.0,
            });
            if place.values.len() < VALUES * ITEMS {
                place.values.push((item, other));
            }
        }
        _ => {}
    }
}

/// A name as a step of a JSON Pointer (RFC 6901 section 3).
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Says of each place how far it is from the item: an object that holds most of what its parent holds is a wrapper, and
/// costs next to nothing.
fn measure(places: &mut [Place<'_>]) {
    let mut below: BTreeMap<String, usize> = BTreeMap::new();
    for place in places.iter() {
        for (end, _) in place.at.match_indices('/') {
            *below
                .entry(place.at.get(..end).unwrap_or_default().to_owned())
                .or_default() += 1;
        }
    }
    for place in places {
        let mut distance = 0.0;
        let mut parent = 0;
        let ends: Vec<usize> = place
            .at
            .match_indices('/')
            .map(|(end, _)| end)
            .skip(1)
            .collect();
        for end in ends {
            let (above, here) = (
                place.at.get(..parent).unwrap_or_default(),
                place.at.get(..end).unwrap_or_default(),
            );
            let name = here.rsplit('/').next().unwrap_or_default();
            let of = |pointer: &str| below.get(pointer).copied().unwrap_or(0) as f32;
            let is_wrapper = is_wrapper(name) || (of(here) >= 3.0 && of(here) >= 0.5 * of(above));
            distance += match name {
                "*" => 1.5,
                name if names::is_person(name) || is_aside(name) => 2.0,
                _ if is_wrapper => 0.2,
                name if names::is_generic(name) => 0.3,
                _ => 1.2,
            };
            parent = end;
        }
        place.distance = distance;
    }
}

fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: [&str; 16] = [
        "attributes",
        "fields",
        "data",
        "node",
        "resource",
        "source",
        "snippet",
        "metadata",
        "properties",
        "item",
        "object",
        "details",
        "volumeinfo",
        "record",
        "document",
        "payload",
    ];
    WRAPPERS.contains(&names::joined(name).as_str())
}

/// What is about other things than the item.
fn is_aside(name: &str) -> bool {
    const ASIDE: [&str; 20] = [
        "links",
        "relationships",
        "meta",
        "embedded",
        "reactions",
        "permissions",
        "stats",
        "statistics",
        "extensions",
        "sys",
        "parent",
        "previous",
        "next",
        "milestone",
        "variants",
        "options",
        "parts",
        "related",
        "alternate",
        "reblog",
    ];
    let words = names::words(name);
    let is_another = words.first().is_some_and(|first| {
        words.len() > 1
            && matches!(
                first.as_str(),
                "recent" | "latest" | "last" | "next" | "previous" | "first" | "parent" | "related"
            )
    });
    let last = words.last().map(String::as_str).unwrap_or_default();
    let is_paid = words
        .first()
        .is_some_and(|first| matches!(first.as_str(), "billing" | "shipping" | "payment"));
    is_another || is_paid || last == "address" || ASIDE.contains(&words.concat().as_str())
}

#[cfg(test)]
mod tests;
