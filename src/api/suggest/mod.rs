//! A reply looked at by somebody who has never seen the API: which list it holds, and where in its items what a card
//! shows stands.
//!
//! Everything is chosen among candidates by what their names say and by what their values are (how many items have one,
//! whether they differ, what they look like), never by which API it is. In reading order:
//!
//! - `names`, `values`: what a name says, what a value is.
//! - `lists`: which list. `survey`: what stands in its items, and where.
//! - `identity`, `titles`, `texts`, `times`, `progress`, `prices`, `joins`: the parts of a card. `pictures`, with `sizes`,
//!   `shapes` and `addressed`: its picture.
//! - `choose`: which of those a row has.
//! - `pages`: how a further page is asked for. `people_page`: an item's page for people.
//! - `row`: what was chosen as the text of a configuration. `outline`: what a reply holds in which nothing is a list.

mod addressed;
mod choose;
mod identity;
mod joins;
mod lists;
mod names;
mod outline;
mod pages;
mod people_page;
mod pictures;
mod prices;
mod progress;
mod row;
mod shapes;
mod sizes;
mod survey;
mod texts;
mod times;
mod titles;
mod values;

use serde_json::Value;
use url::Url;

pub use outline::outline;
pub use pages::Paging;
pub(super) use pages::Trial;
pub use row::{Comments, Written};

use choose::{Kind, Row};
use survey::{Survey, counted};
use texts::Choice;

/// A reply, and what is known of how it came.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// What was answered.
    pub body: &'a Value,
    /// The headers of the answer, names in lower case; none where it came from a file.
    pub headers: &'a [(String, String)],
    /// The address that was asked, where that is known.
    pub address: Option<&'a Url>,
    /// The address under which the API stands, where that is known.
    pub base: Option<&'a Url>,
}

/// A row for a reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What the row may be called: what the list or the address calls its items.
    pub title: String,
    /// The items of the row.
    pub items: usize,
    /// The pointer to their list.
    pub list: String,
    /// What is written of the row itself.
    pub row: Vec<Line>,
    /// What is written of its cards.
    pub card: Vec<Line>,
    /// The further lines of the detail screen, each a table.
    pub details: Vec<Line>,
    /// Ways to the next page, the likeliest first; the first is in `row`.
    pub paging: Vec<Paging>,
    /// Ways that many APIs have, to be tried where none of those leads on.
    pub habits: Vec<Paging>,
    /// Other lists of the reply.
    pub others: Vec<String>,
    /// What is left to the owner.
    pub notes: Vec<String>,
}

/// A key of the row, what it is given, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The key.
    pub key: String,
    /// What is written after it.
    pub value: String,
    /// What it was chosen for.
    pub why: String,
    /// What the first items have there, as it stands in the reply.
    pub shown: Vec<String>,
}

impl Line {
    fn new(key: &str, choice: Choice) -> Self {
        Self {
            key: key.to_owned(),
            value: choice.toml,
            why: choice.why,
            shown: choice.shown,
        }
    }

    fn plain(key: &str, value: String, why: impl Into<String>) -> Self {
        Self {
            key: key.to_owned(),
            value,
            why: why.into(),
            shown: Vec::new(),
        }
    }
}

/// The row for a reply; none where it holds no list of objects.
pub fn suggest(reply: Reply<'_>) -> Option<Suggestion> {
    let lists = lists::lists(reply.body);
    let best = lists.first()?;
    let shelves = lists::shelves(best, &lists);
    let list = shelves.as_ref().map_or(best, |shelves| &shelves.inner);
    let all = Survey::of(&list.items);
    let kind = identity::identity(&all, list.name()).and_then(|id| lists::kind(list, &all, &id.at));
    let kind = kind.filter(|_| shelves.is_none());
    let kind = kind.and_then(|(at, word)| Kind::of(&list.at, at, word));
    let items: Vec<&Value> = list
        .items
        .iter()
        .copied()
        .filter(|item| kind.as_ref().is_none_or(|kind| kind.has(item)))
        .collect();
    let survey = Survey::of(&items);
    let mut made = Row::default();
    made.list(best, list, shelves.as_ref(), kind.as_ref());
    made.card(list, &survey, &lists, reply);
    let asked = pages::Asked {
        query: reply
            .address
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default(),
        headers: reply.headers,
        items: list.items.len(),
    };
    let paging = match &shelves {
        Some(_) => Vec::new(),
        None => pages::ways(reply.body, &list.at, &asked),
    };
    if let Some(way) = paging.first() {
        made.row
            .push(Line::plain(way.key, way.toml.clone(), way.why.clone()));
    }
    if shelves.is_none() {
        made.notes
            .extend(pages::note(reply.body, &list.at, &asked, &paging));
    }
    let last = made
        .card
        .iter()
        .find(|line| line.key == "id")
        .and_then(|line| {
            let pointer = line.value.trim_matches('"');
            let id = items.last()?.pointer(pointer)?;
            Some(id.as_str().map_or_else(|| id.to_string(), str::to_owned))
        });
    let more = paging.iter().find_map(|way| way.more.as_deref());
    let habits = pages::habits(items.len(), last.as_deref(), more);
    made.row.extend(people_page::page(&survey, reply.address));
    let others = lists
        .iter()
        .filter(|other| other.at != best.at && other.at != list.at && other.score > 1.0);
    Some(Suggestion {
        title: choose::title(list, reply.address),
        items: items.len(),
        list: list.at.clone(),
        row: made.row,
        card: made.card,
        details: made.details,
        habits,
        paging,
        others: others
            .take(5)
            .map(|other| {
                format!(
                    "{} ({})",
                    shown_pointer(&other.at),
                    counted(other.items.len())
                )
            })
            .collect(),
        notes: made.notes,
    })
}

impl Suggestion {
    /// Whether `further` is another page than `first`: it has items at the same place, and none of the first's.
    pub fn is_further(&self, first: &Value, further: &Value) -> bool {
        let items = |reply| {
            let found = lists::lists(reply)
                .into_iter()
                .find(|list| list.at == self.list);
            found.map(|list| list.items).unwrap_or_default()
        };
        let (first, further) = (items(first), items(further));
        !further.is_empty() && !further.iter().any(|item| first.contains(item))
    }

    /// Takes another way to the next page; none where no way is known.
    pub fn page_by(&mut self, way: Option<&Paging>) {
        self.row
            .retain(|line| !matches!(line.key.as_str(), "next" | "page"));
        if let Some(way) = way {
            self.row
                .push(Line::plain(way.key, way.toml.clone(), way.why.clone()));
        }
    }
}

fn shown_pointer(at: &str) -> &str {
    if at.is_empty() {
        "the reply itself"
    } else {
        at
    }
}

#[cfg(test)]
mod tests;
