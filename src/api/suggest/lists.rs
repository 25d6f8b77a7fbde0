//! Which list of a reply holds the items of a row.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{self, Table};
use super::survey::{Survey, counted, escaped};
use super::values;

/// Values that are looked at on the way to the lists.
const LOOKS: usize = 60_000;
/// Steps to a list.
const DEPTH: usize = 10;
/// Items kept of one list.
const ITEMS: usize = 400;

/// A list of objects.
#[derive(Debug, Clone)]
pub(super) struct List<'a> {
    /// The pointer to it; lists on the way are `*`, and one at the end says that an object's members are the items.
    pub(super) at: String,
    /// Its items.
    pub(super) items: Vec<&'a Value>,
    /// Whether the items are the members of an object.
    pub(super) is_by_key: bool,
    /// How much speaks for it.
    pub(super) score: f32,
}

impl List<'_> {
    /// The name that says what the items are: that of the last member on the way.
    pub(super) fn name(&self) -> &str {
        self.at
            .rsplit('/')
            .find(|step| !step.is_empty() && *step != "*")
            .unwrap_or_default()
    }

    /// What it is, for a comment.
    pub(super) fn in_words(&self) -> String {
        let what = match self.is_by_key {
            true => "the members of an object",
            false if self.at.is_empty() => "the reply is a list",
            false => "a list",
        };
        format!("{what}: {}, each an object", counted(self.items.len()))
    }

    fn lists_above(&self) -> usize {
        let end = if self.is_by_key { 1 } else { 0 };
        self.at.matches("/*").count().saturating_sub(end)
    }
}

/// All lists of objects in a reply, the likeliest first.
pub(super) fn lists(reply: &Value) -> Vec<List<'_>> {
    let mut search = Search::default();
    search.look(reply, &mut String::new(), 0, false);
    let mut lists: Vec<List<'_>> = search.found.into_values().collect();
    for list in &mut lists {
        list.score = score(list);
    }
    // Of two that are alike the first in the reply's own order by name.
    lists.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.at.len().cmp(&b.at.len()))
    });
    lists
}

#[derive(Default)]
struct Search<'a> {
    found: BTreeMap<String, List<'a>>,
    looks: usize,
}

impl<'a> Search<'a> {
    fn look(&mut self, value: &'a Value, at: &mut String, depth: usize, in_item: bool) {
        self.looks += 1;
        if depth > DEPTH || self.looks > LOOKS {
            return;
        }
        match value {
            Value::Array(list) => {
                let objects = list
                    .iter()
                    .filter(|item| item.as_object().is_some_and(|map| !map.is_empty()));
                let objects: Vec<&Value> = objects.collect();
                if !objects.is_empty() && objects.len() * 2 >= list.len() {
                    self.keep(at, &objects, false);
                }
                let end = at.len();
                at.push_str("/*");
                for inner in list.iter().take(ITEMS) {
                    self.look(inner, at, depth + 1, true);
                }
                at.truncate(end);
            }
            Value::Object(map) => {
                if !in_item && is_keyed(map) {
                    let items: Vec<&Value> = map.values().collect();
                    self.keep(&format!("{at}/*"), &items, true);
                }
                for (name, inner) in map {
                    let end = at.len();
                    at.push('/');
                    at.push_str(&escaped(name));
                    self.look(inner, at, depth + 1, in_item);
                    at.truncate(end);
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, at: &str, items: &[&'a Value], is_by_key: bool) {
        let list = self.found.entry(at.to_owned()).or_insert_with(|| List {
            at: at.to_owned(),
            items: Vec::new(),
            is_by_key,
            score: 0.0,
        });
        let room = ITEMS.saturating_sub(list.items.len());
        list.items.extend(items.iter().take(room));
    }
}

/// Whether the members of an object are items: objects that have most of their members in common, under keys that say
/// nothing of what they are.
fn is_keyed(map: &serde_json::Map<String, Value>) -> bool {
    let objects: Vec<_> = map.values().filter_map(Value::as_object).collect();
    if objects.len() < 2 || objects.len() != map.len() {
        return false;
    }
    let Some(first) = objects.first() else {
        return false;
    };
    let is_alike = objects.iter().all(|other| {
        let common = other.keys().filter(|key| first.contains_key(*key)).count();
        common >= 2 && common * 2 >= first.len().max(other.len())
    });
    let is_rich = first
        .values()
        .filter(|value| !value.is_object() && !value.is_array())
        .count()
        >= 2;
    is_alike && is_rich
}

fn score(list: &List<'_>) -> f32 {
    const NAMES: Table = &[
        (4.0, "items results records"),
        (3.5, "entries nodes edges hits"),
        (
            3.0,
            "data entry entities objects value list docs documents children elements values",
        ),
        (3.0, "issues posts videos events articles products messages"),
        (2.5, "rows features"),
        (2.0, "content metadata"),
    ];
    const ASIDE: [&str; 36] = [
        "link",
        "links",
        "included",
        "includes",
        "errors",
        "error",
        "warnings",
        "facets",
        "filters",
        "filter",
        "aggregations",
        "fields",
        "columns",
        "meta",
        "extensions",
        "parameters",
        "sort",
        "sorts",
        "relatedobjects",
        "suggestions",
        "breadcrumbs",
        "tags",
        "labels",
        "categories",
        "genres",
        "languages",
        "images",
        "thumbnails",
        "asset",
        "shards",
        "failures",
        "properties",
        "operationoutcome",
        "namespaces",
        "variants",
        "users",
    ];
    let last = names::joined(list.name());
    let named = match names::worth(&last, NAMES) {
        Some(worth) => worth,
        None if list.at.is_empty() => 4.0,
        // What the reply is asked for may well be users or categories; beside something else they are an aside.
        None if matches!(
            last.as_str(),
            "users" | "categories" | "labels" | "tags" | "images"
        ) =>
        {
            -1.0
        }
        None if ASIDE.contains(&last.as_str()) => -6.0,
        None => 0.5,
    };
    let is_included = list.at.split('/').any(|step| {
        matches!(
            names::joined(step).as_str(),
            "included" | "includes" | "errors" | "links"
        )
    });
    let included = if is_included { 5.0 } else { 0.0 };
    let number = (1.0 + list.items.len() as f32).ln().min(3.5);
    let survey = Survey::of(&list.items.iter().copied().take(5).collect::<Vec<_>>());
    let rich = (1.0 + survey.places.len() as f32).ln().min(4.0);
    let has = |names: &[&str]| {
        let near = survey
            .places
            .iter()
            .filter(|place| place.lists == 0 && place.distance < 1.0);
        near.map(|place| names::words(place.own_name()))
            .any(|words| {
                words
                    .last()
                    .is_some_and(|last| names.contains(&last.as_str()))
            })
    };
    let own = if has(&["id", "key", "uuid", "guid"]) {
        1.5
    } else {
        0.0
    } + if has(&["title", "name", "subject", "summary", "label", "headline"]) {
        1.5
    } else {
        0.0
    };
    let depth = list.at.matches('/').count() as f32 * 0.4 + list.lists_above() as f32 * 4.5;
    let key = if list.is_by_key { 1.5 } else { 0.0 };
    named + number + rich + own - depth - included - key
}

/// A list of shelves: its items are rows themselves, each with a heading and a list.
pub(super) struct Shelves<'a> {
    /// The list in each.
    pub(super) inner: List<'a>,
    /// Where it stands in a shelf.
    pub(super) items: String,
    /// The heading of a shelf.
    pub(super) title: String,
    /// What tells a shelf from the others.
    pub(super) id: Option<String>,
}

/// Whether the items of `best` are shelves of one of `lists`.
pub(super) fn shelves<'a>(best: &List<'a>, lists: &[List<'a>]) -> Option<Shelves<'a>> {
    /// A shelf says little of itself.
    const MEMBERS: usize = 8;
    if best.items.len() < 2 || best.is_by_key {
        return None;
    }
    let survey = Survey::of(&best.items);
    let own: Vec<_> = survey.single().collect();
    let has_picture = own
        .iter()
        .any(|place| place.share_of(values::is_picture) > 0.0);
    if own.len() > MEMBERS || has_picture {
        return None;
    }
    let heading = |name: &str| {
        names::rank(
            name,
            &[
                (10.0, "title"),
                (9.0, "name label heading displayname headline"),
                (5.0, "text"),
            ],
        )
    };
    let title = own
        .iter()
        .filter(|place| place.is_text() && survey.share(place) > 0.9 && heading(place.name()) > 4.0)
        .max_by(|a, b| heading(a.name()).total_cmp(&heading(b.name())))?;
    let id = own
        .iter()
        .find(|place| names::joined(place.own_name()) == "id" && place.tells_apart());
    let inside = format!("{}/*/", best.at);
    let inner = lists.iter().find(|list| {
        let Some(rest) = list.at.strip_prefix(&inside) else {
            return false;
        };
        let has = best
            .items
            .iter()
            .filter(|item| item.pointer(&format!("/{rest}")).is_some())
            .count();
        let survey = Survey::of(&list.items);
        let is_item = |place: &&super::survey::Place<'_>| {
            heading(place.name()) >= 8.0 && place.distance < 2.0
        };
        let is_rich = survey.places.len() > own.len()
            || survey
                .single()
                .any(|place| place.share_of(values::is_picture) > 0.0);
        !rest.contains('*')
            && has * 10 >= best.items.len() * 6
            && is_rich
            && survey.single().any(|place| is_item(&place))
            && survey.single().any(|place| {
                matches!(
                    names::joined(place.own_name()).as_str(),
                    "id" | "key" | "uuid" | "guid" | "ratingkey"
                )
            })
    })?;
    Some(Shelves {
        items: inner.at.strip_prefix(&format!("{}/*", best.at))?.to_owned(),
        inner: inner.clone(),
        title: title.at.clone(),
        id: id.map(|place| place.at.clone()),
    })
}

/// The items of one kind among several, where the others are no items: the pointer to what says so, and its word.
pub(super) fn kind<'a>(list: &List<'a>, survey: &Survey<'a>, id: &str) -> Option<(String, String)> {
    if list.is_by_key || list.at.contains('*') {
        return None;
    }
    let with_id: Vec<usize> = survey
        .at(id)?
        .values
        .iter()
        .map(|(item, _)| *item)
        .collect();
    if with_id.len() == survey.items.len() {
        return None;
    }
    survey.single().find_map(|place| {
        let of = |item: usize| {
            place
                .values
                .iter()
                .find(|(number, _)| *number == item)
                .and_then(|(_, value)| value.as_str())
        };
        let word = of(*with_id.first()?)?;
        let is_kind = survey.share(place) > 0.99
            && (0..survey.items.len())
                .all(|item| (of(item) == Some(word)) == with_id.contains(&item));
        is_kind.then(|| (place.at.clone(), word.to_owned()))
    })
}

#[cfg(test)]
mod tests;
