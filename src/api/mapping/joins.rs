//! Tables of an answer that its items refer to: a join within the reply.
//!
//! JSON:API has them under `included`, Contentful under `includes`, others under a name of their own. A table is read
//! once for an answer; an item then finds its entries as a dictionary finds a word.

use std::collections::HashMap;
use std::fmt;

use serde_json::Value;

use super::item::Item;
use super::place::Place;
use super::pointer::Pointer;
use super::selector::Selector;
use super::{listing, value};
use crate::api::text;
use crate::config;
use device_flow::json::Wanted;

/// Entries of one table that an item is told of, at most.
const MOST: usize = 256;
/// Tables that lead to one another, at most.
const CHAIN: usize = 4;
/// What stands between the parts of a name: no text of an API holds it.
const BETWEEN: &str = "\u{0}";

/// A table of the configuration, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JoinPlan {
    name: String,
    /// The list of its entries, in the answer.
    table: Selector,
    /// What an entry is called.
    key: Name,
    /// What an item calls its entries.
    by: Name,
}

/// What an entry is called.
#[derive(Debug, Clone, PartialEq)]
struct Name {
    places: Vec<Place>,
    /// Whether it is all of these together, or the first with something.
    are_parts: bool,
}

/// `@cover/url`: a place in the entries that a table has for an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Joined {
    text: String,
    table: String,
    rest: Pointer,
}

/// The tables of one answer.
pub(crate) struct Joins<'a> {
    tables: Vec<Table<'a>>,
}

struct Table<'a> {
    plan: &'a JoinPlan,
    entries: HashMap<String, Vec<&'a Value>>,
    /// Why there are none.
    fault: Option<String>,
}

/// Why nothing is found in a table.
#[derive(Debug)]
pub(crate) struct Unjoined<'a> {
    table: &'a str,
    why: Why<'a>,
}

#[derive(Debug)]
enum Why<'a> {
    /// No such table, or no entries in it: why, in words.
    Empty(String),
    /// The item names no entry: what it is looked for by.
    NoName(&'a str),
    /// No entry is called so.
    NoEntry { name: String, entries: usize },
}

impl fmt::Display for Unjoined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table;
        match &self.why {
            Why::Empty(why) => write!(f, "@{table} is empty: {why}"),
            Why::NoName(by) => write!(f, "the item names no entry of @{table} at {by}"),
            Why::NoEntry { name, entries } => write!(
                f,
                "none of the {entries} entries of @{table} is called {}",
                text::line(name, text::NAME)
            ),
        }
    }
}

impl JoinPlan {
    /// Reads a table, which the configuration has checked. `key` and `by` of as many places are the parts of one name;
    /// else the first place of `by` with something counts.
    pub(crate) fn new(name: &str, join: &config::Join) -> Self {
        let are_parts = join.by.0.len() == join.key.0.len();
        let of = |pointers: &config::Pointers, are_parts| Name {
            places: pointers.0.iter().map(|place| Place::new(place)).collect(),
            are_parts,
        };
        Self {
            name: name.to_owned(),
            table: Selector::new(&join.list),
            key: of(&join.key, true),
            by: of(&join.by, are_parts),
        }
    }

    /// What of an item it looks at.
    pub(crate) fn of_item(&self) -> Vec<Selector> {
        self.by.selectors()
    }

    /// Has of an answer what is called by it, and of each entry what `used` of the selectors looks at.
    pub(crate) fn within(&self, reply: &mut Wanted, used: &[Selector]) {
        let key = self.key.selectors();
        listing::within(&self.table, reply, &|entry| {
            key.iter().for_each(|at| at.within(entry));
            for selector in used {
                if let Selector::Joined(joined) = selector
                    && joined.table == self.name
                {
                    joined.rest.within(entry).whole();
                }
            }
        });
    }
}

impl Name {
    fn selectors(&self) -> Vec<Selector> {
        self.places
            .iter()
            .flat_map(Place::selectors)
            .cloned()
            .collect()
    }

    /// All names that `item` has so. Where parts have several values, the first ones belong together, then the
    /// second ones; one value belongs to all. What is an object is called as `key` calls it.
    fn all(&self, item: &Item<'_>, key: Option<&Self>, tables: usize) -> Vec<String> {
        let mut parts: Vec<Vec<String>> = Vec::new();
        for place in &self.places {
            let mut names = Vec::new();
            match place {
                Place::At(selector) => {
                    for value in selector.all_after(item, tables) {
                        add(value, key, tables, &mut names);
                    }
                }
                Place::Says(says) => {
                    names.extend(says.filled_after(item, value::exact, tables));
                }
            }
            parts.push(names);
        }
        if !self.are_parts || parts.len() == 1 {
            let mut parts = parts.into_iter();
            return parts.find(|names| !names.is_empty()).unwrap_or_default();
        }
        let most = parts.iter().map(Vec::len).max().unwrap_or_default();
        let fits = |part: &Vec<String>| part.len() == 1 || part.len() == most;
        if most == 0 || !parts.iter().all(fits) {
            return Vec::new();
        }
        let name = |at: usize| {
            let parts = parts
                .iter()
                .filter_map(|part| part.get(at).or(part.first()));
            parts.map(String::as_str).collect::<Vec<_>>().join(BETWEEN)
        };
        (0..most).map(name).collect()
    }
}

/// Adds what `value` names: itself, each of its elements, or what an object of the same shape as an entry is called.
fn add(value: &Value, key: Option<&Name>, tables: usize, names: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for one in list.iter().take(MOST) {
                if !one.is_array() {
                    add(one, key, tables, names);
                }
            }
        }
        Value::Object(_) => {
            if let Some(key) = key {
                names.extend(key.all(&Item::of(value), None, tables));
            }
        }
        // Numbers and texts are alike here: many an API sends one where it means the other.
        plain => names.extend(value::exact(plain)),
    }
}

impl Joined {
    /// Reads `@name/pointer`.
    pub(crate) fn new(text: &str) -> Self {
        let (table, rest) = match text.find('/') {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        Self {
            text: text.to_owned(),
            table: table.trim_start_matches('@').to_owned(),
            rest: Pointer::new(rest),
        }
    }

    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The name of the table.
    pub(crate) fn table(&self) -> &str {
        &self.table
    }

    /// Where it leads in an entry.
    pub(crate) fn rest(&self) -> &Pointer {
        &self.rest
    }

    pub(super) fn all<'a>(&self, item: &Item<'a>, tables: usize) -> Vec<&'a Value> {
        let entries = self.found(item, tables).unwrap_or_default();
        let entries = entries.into_iter();
        entries.flat_map(|entry| self.rest.all(entry)).collect()
    }

    /// The entries that its table has for an item.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) fn entries<'a>(
        &'a self,
        item: &Item<'a>,
        tables: usize,
    ) -> Result<Vec<&'a Value>, Unjoined<'a>> {
        self.found(item, tables).map_err(|why| Unjoined {
            table: &self.table,
            why,
        })
    }

    fn found<'a>(&self, item: &Item<'a>, tables: usize) -> Result<Vec<&'a Value>, Why<'a>> {
        let known = item.joins.into_iter().flat_map(|joins| &joins.tables);
        let table = known
            .into_iter()
            .find(|table| table.plan.name == self.table);
        let Some(table) = table.filter(|_| tables < CHAIN) else {
            return Err(Why::Empty("there is no such table".to_owned()));
        };
        if table.entries.is_empty() {
            let words = "no entry has a name".to_owned();
            return Err(Why::Empty(table.fault.clone().unwrap_or(words)));
        }
        let names = table.plan.by.all(item, Some(&table.plan.key), tables + 1);
        let Some(first) = names.first() else {
            let by = table.plan.by.places.first();
            return Err(Why::NoName(by.map_or("", Place::text)));
        };
        let entries = names.iter().filter_map(|name| table.entries.get(name));
        let found: Vec<_> = entries.flatten().copied().take(MOST).collect();
        if found.is_empty() {
            return Err(Why::NoEntry {
                name: first.replace(BETWEEN, " "),
                entries: table.entries.len(),
            });
        }
        Ok(found)
    }
}

impl<'a> Joins<'a> {
    /// The tables of an answer.
    pub(crate) fn of(plans: &'a [JoinPlan], reply: &'a Value) -> Self {
        let table = |plan: &'a JoinPlan| {
            let is_by_name = plan.key.selectors().contains(&Selector::Key);
            let (listed, fault) = match listing::of(&plan.table, reply, is_by_name) {
                Ok(listing) => {
                    let fault = listing.items.is_empty();
                    let words = || format!("{} has no entries", plan.table.text());
                    (listing.items, fault.then(words))
                }
                Err(fault) => (Vec::new(), Some(fault)),
            };
            let mut entries: HashMap<String, Vec<&'a Value>> = HashMap::with_capacity(listed.len());
            for listed in &listed {
                for name in plan.key.all(&listed.item(), None, CHAIN) {
                    entries.entry(name).or_default().push(listed.value);
                }
            }
            Table {
                plan,
                entries,
                fault,
            }
        };
        Self {
            tables: plans.iter().map(table).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
