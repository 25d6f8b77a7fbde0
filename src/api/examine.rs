//! What of a row's configuration leads nowhere in the API's answer, and why.

use serde_json::Value;
use url::Url;

use super::lookup::Lookup;
use super::pattern::Pattern;
use super::plan::{Plan, Whole};
use super::{Page, mapping};

/// A first page, and what could not be found for it.
#[derive(Debug, Clone)]
pub struct Examined {
    /// Where it came from.
    pub address: Url,
    /// What the row maps to.
    pub page: Page,
    /// The parts that some item does not have, in the order of the configuration.
    pub misses: Vec<Miss>,
    /// Why the next page is not asked for, where the API names one that may not be.
    pub next_refused: Option<String>,
}

/// A part of a card that is configured and that some items do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Its key, such as `card.image`.
    pub part: String,
    /// Items without it.
    pub missing: usize,
    /// Items there are.
    pub of: usize,
    /// The first item without it, from 0.
    pub first: usize,
    /// Which pointer failed there, and what there is instead.
    pub why: String,
}

impl Miss {
    /// Whether the row cannot be used so: no item has an id, or a title.
    pub fn is_fatal(&self) -> bool {
        matches!(self.part.as_str(), "card.id" | "card.title") && self.missing == self.of
    }
}

/// What items the parts of a plan are missing in.
pub(super) fn misses(items: &[&Value], plan: &Plan, address: &Url) -> Vec<Miss> {
    type Has<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let mut parts: Vec<(String, &Lookup, Has<'_>)> = Vec::new();
    for (name, lookup) in [("card.id", &plan.id), ("card.title", &plan.title)] {
        parts.push((
            name.to_owned(),
            lookup,
            Box::new(|item| lookup.raw(item).is_some()),
        ));
    }
    if let Some(lookup) = &plan.subtitle {
        let has: Has<'_> = Box::new(|item| lookup.phrase(item).is_some());
        parts.push(("card.subtitle".to_owned(), lookup, has));
    }
    if let Some(lookup) = &plan.image {
        let has: Has<'_> = Box::new(|item| mapping::image(lookup, item, address).is_some());
        parts.push(("card.image".to_owned(), lookup, has));
    }
    if let Some((lookup, whole)) = &plan.progress {
        let has: Has<'_> = Box::new(|item| mapping::progress(lookup, whole, item).is_some());
        parts.push(("card.progress".to_owned(), lookup, has));
        if let Whole::At(whole) = whole {
            let has: Has<'_> = Box::new(|item| whole.number(item).is_some());
            parts.push(("card.progress.max".to_owned(), whole, has));
        }
    }
    if let Some(lookup) = &plan.body {
        let has: Has<'_> = Box::new(|item| lookup.raw(item).is_some());
        parts.push(("card.body".to_owned(), lookup, has));
    }
    // A badge is for some items only: only one that no item has is worth a word.
    for (index, lookup) in plan.badges.iter().enumerate() {
        if items.iter().all(|item| lookup.phrase(item).is_none()) {
            let has: Has<'_> = Box::new(|_| false);
            parts.push((format!("card.badges[{index}]"), lookup, has));
        }
    }
    for (label, lookup) in &plan.details {
        let has: Has<'_> = Box::new(|item| lookup.phrase(item).is_some());
        parts.push((format!("details.\"{label}\""), lookup, has));
    }
    parts
        .into_iter()
        .filter_map(|(part, lookup, has)| {
            let mut without = items.iter().enumerate().filter(|(_, item)| !has(item));
            let (first, item) = without.next()?;
            Some(Miss {
                part,
                missing: 1 + without.count(),
                of: items.len(),
                first,
                why: lookup.explain(item),
            })
        })
        .collect()
}

/// Names shown of what is there instead.
const NAMES: usize = 8;

/// Why a pointer leads nowhere in `value`: how far it goes, and what is there.
pub(super) fn explain(pattern: &Pattern, value: &Value) -> String {
    let text = pattern.text();
    if let Some(found) = pattern.all(value).first() {
        return format!("{} stands at {text}", super::pattern::kind(found));
    }
    let ends: Vec<usize> = text.match_indices('/').map(|(at, _)| at).collect();
    let (reached, there) = ends
        .iter()
        .rev()
        .find_map(|end| {
            let reached = text.get(..*end)?;
            let there = Pattern::new(reached).all(value).into_iter().next()?;
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
            let mut names: Vec<_> = map.keys().take(NAMES).map(String::as_str).collect();
            if map.len() > NAMES {
                names.push("…");
            }
            format!("{place} are {}", names.join(", "))
        }
        Value::Object(_) => format!("{place} is an empty object"),
        Value::Array(list) => format!("{place} is a list of {}", list.len()),
        other => format!("{place} is {}", super::pattern::kind(other)),
    };
    format!("nothing at {text}; {instead}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config;

    #[test]
    fn a_pointer_that_fails_is_named_with_what_is_there() {
        let value = json!({"a": {"b": [1, 2], "c": "x", "e": {}}, "d": null});
        for (pointer, words) in [
            ("/x", "nothing at /x; there are a, d"),
            ("/a/x/y", "nothing at /a/x/y; at /a are b, c, e"),
            ("/a/b/7", "nothing at /a/b/7; at /a/b is a list of 2"),
            ("/a/c/z", "nothing at /a/c/z; at /a/c is text"),
            ("/a/e/z", "nothing at /a/e/z; at /a/e is an empty object"),
            ("/d", "nothing stands at /d"),
            ("/a", "an object stands at /a"),
        ] {
            assert_eq!(explain(&Pattern::new(pointer), &value), words);
        }
    }

    #[test]
    fn misses_are_counted_by_part() {
        let row = config::Row {
            card: config::CardMap {
                id: "/id".into(),
                title: config::Pointers(vec!["/name".to_owned(), "/title".to_owned()]),
                image: Some("/art".into()),
                badges: vec!["/new".into(), "/never".into()],
                ..config::CardMap::default()
            },
            ..config::Row::default()
        };
        let items = [
            json!({"id": 1, "title": "A", "art": "a.png", "new": "New"}),
            json!({"id": 2, "art": "file:///x"}),
            json!({"id": 3, "name": "C"}),
        ];
        let address = Url::parse("https://api.example.com/").unwrap();
        let items: Vec<_> = items.iter().collect();
        let misses = misses(&items, &Plan::new(&row), &address);
        let told: Vec<_> = misses
            .iter()
            .map(|miss| {
                (
                    miss.part.as_str(),
                    miss.missing,
                    miss.first,
                    miss.why.as_str(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "card.title",
                    1,
                    1,
                    "nothing at /name; there are art, id; nothing at /title; there are art, id"
                ),
                ("card.image", 2, 1, "text stands at /art"),
                (
                    "card.badges[1]",
                    3,
                    0,
                    "nothing at /never; there are art, id, new, title"
                ),
            ]
        );
        assert!(!misses.iter().any(Miss::is_fatal));
    }
}
