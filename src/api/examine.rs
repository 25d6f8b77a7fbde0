//! What of a row's configuration leads nowhere in the API's answer, and why.

use serde_json::Value;
use url::Url;

use super::action::{Need, NeedOf};
use super::lookup::Lookup;
use super::pattern::Pattern;
use super::plan::{Plan, RowsPlan, Whole};
use super::{Page, mapping, phrase, text};

/// The part of the configuration whose items are no cards.
const ITEMS: &str = "items";

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

/// A part of the configuration that some items do not have, or some rows of the API's list, or the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
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
}

impl Miss {
    /// Whether the row cannot be used so: no item has an id, or a title.
    pub fn is_fatal(&self) -> bool {
        matches!(self.part.as_str(), "card.id" | "card.title") && self.missing == self.of
    }
}

/// A part of the configuration, whether something has it, and why not.
struct Part<'a> {
    name: String,
    has: Box<dyn Fn(&Value) -> bool + 'a>,
    why: Box<dyn Fn(&Value) -> String + 'a>,
}

impl<'a> Part<'a> {
    fn of(name: impl Into<String>, at: &'a Lookup, has: impl Fn(&Value) -> bool + 'a) -> Self {
        Self {
            name: name.into(),
            has: Box::new(has),
            why: Box::new(|item| at.explain(item)),
        }
    }

    fn at(name: impl Into<String>, at: &'a Pattern, has: impl Fn(&Value) -> bool + 'a) -> Self {
        Self {
            name: name.into(),
            has: Box::new(has),
            why: Box::new(|item| explain(at, item)),
        }
    }

    fn miss(&self, items: &[(usize, &Value)]) -> Option<Miss> {
        let mut without = items.iter().filter(|(_, item)| !(self.has)(item));
        let (first, item) = without.next()?;
        Some(Miss {
            part: self.name.clone(),
            missing: 1 + without.count(),
            of: items.len(),
            first: *first,
            why: (self.why)(item),
        })
    }
}

/// What items the parts of a plan are missing in.
pub(super) fn misses(items: &[&Value], plan: &Plan, address: &Url) -> Vec<Miss> {
    let (items, strange): (Vec<_>, Vec<_>) = items
        .iter()
        .copied()
        .enumerate()
        .partition(|(_, item)| mapping::is_card(item, plan));
    let no_cards = strange.first().map(|(first, item)| Miss {
        part: ITEMS.to_owned(),
        missing: strange.len(),
        of: items.len() + strange.len(),
        first: *first,
        why: mapping::why_no_card(item),
    });
    let (id, title) = (&plan.id, &plan.title);
    let no_id = |item: &Value| match id.raw(item) {
        Some(_) => {
            "the number there is too large to be exact; let the API send it as text".to_owned()
        }
        None => id.explain(item),
    };
    let mut parts = vec![
        Part {
            why: Box::new(no_id),
            ..Part::of("card.id", id, |item| id.id(item).is_some())
        },
        Part::of("card.title", title, |item| title.raw(item).is_some()),
    ];
    if let Some(at) = &plan.subtitle {
        let has = |item: &_| at.phrase(item).is_some();
        parts.push(Part::of("card.subtitle", at, has));
    }
    if let Some(at) = &plan.image {
        let has = |item: &_| mapping::image(at, item, address).is_some();
        parts.push(Part::of("card.image", at, has));
    }
    if let Some((at, whole)) = &plan.progress {
        let has = |item: &_| mapping::progress(at, whole, item).is_some();
        parts.push(Part::of("card.progress", at, has));
        if let Whole::At(whole) = whole {
            let has = |item: &_| whole.number(item).is_some();
            parts.push(Part::of("card.progress.max", whole, has));
        }
    }
    if let Some(at) = &plan.body {
        parts.push(Part::of("card.body", at, |item| at.raw(item).is_some()));
    }
    // A badge is for some items only: only one that no item has is worth a word.
    for (index, at) in plan.badges.iter().enumerate() {
        if items.iter().all(|(_, item)| at.phrase(item).is_none()) {
            parts.push(Part::of(format!("card.badges[{index}]"), at, |_| false));
        }
    }
    for (label, at) in &plan.details {
        let has = |item: &_| at.phrase(item).is_some();
        parts.push(Part::of(format!("details.\"{label}\""), at, has));
    }
    let needs = plan.actions.iter().flat_map(|action| action.needs());
    for Need { part, field, of } in needs {
        let Some(at) = plan.fields.get(field) else {
            continue;
        };
        // A key that is there with null says something; one that is not there may be misspelt.
        let is_there = |item: &Value| !at.all(item).is_empty();
        match of {
            NeedOf::Path => {
                let has =
                    |item: &Value| at.all(item).into_iter().any(|it| phrase::raw(it).is_some());
                parts.push(Part::at(part, at, has));
            }
            NeedOf::Body => parts.push(Part::at(part, at, is_there)),
            // As with a badge: many APIs write a flag only where it is set.
            NeedOf::Question if !items.iter().any(|(_, item)| is_there(item)) => {
                parts.push(Part::at(part, at, |_| false));
            }
            NeedOf::Question => {}
        }
    }
    let missing = parts.iter().filter_map(|part| part.miss(&items));
    no_cards.into_iter().chain(missing).collect()
}

/// What a plan looks for beside the items of an answer and is not there: where the next page is. Null says that
/// there is none.
pub(super) fn misses_beside(reply: &Value, plan: &Plan) -> Vec<Miss> {
    let cursor = plan
        .paging
        .as_ref()
        .and_then(|paging| paging.cursor.as_deref());
    let cursor = cursor.map(Pattern::new);
    let wanted = [("next", &plan.next), ("page.cursor", &cursor)];
    let missing = wanted.into_iter().filter_map(|(name, at)| {
        let at = at.as_ref()?;
        Part::at(name, at, |reply| !at.all(reply).is_empty()).miss(&[(0, reply)])
    });
    missing.collect()
}

/// Why a row of the API's list is not shown as it should be, by the part of `row_source`.
fn row_lacks(
    source: &RowsPlan,
    row: &Value,
    address: &Url,
    base: &Url,
) -> Vec<(&'static str, String)> {
    let mut lacks = Vec::new();
    if source.title.line(row).is_none() {
        lacks.push(("row_source.title", source.title.explain(row)));
    }
    if let Some(id) = source.id.as_ref().filter(|id| id.raw(row).is_none()) {
        lacks.push(("row_source.id", id.explain(row)));
    }
    let items = source.items.as_ref();
    let has_items = items.is_some_and(|items| items.items(row).is_ok());
    if has_items || mapping::link(source, row, address, base).is_some() {
        return lacks;
    }
    if let Some(items) = items {
        lacks.push(("row_source.items", explain(items, row)));
    }
    if let Some(link) = &source.link {
        let why = match link.raw(row) {
            None => link.explain(row),
            Some(to) => format!("it may not be followed: {}", text::line(&to, text::LINE)),
        };
        lacks.push(("row_source.link", why));
    }
    lacks
}

/// Why a row cannot be shown at all.
pub(super) fn why_no_row(source: &RowsPlan, row: &Value, address: &Url, base: &Url) -> String {
    let lacks = row_lacks(source, row, address, base).into_iter();
    let lacks = lacks.filter(|(part, _)| *part != "row_source.id");
    let lacks: Vec<_> = lacks.map(|(part, why)| format!("{part}: {why}")).collect();
    lacks.join("; ")
}

/// What rows of the API's list the parts of `row_source` are missing in.
pub(super) fn row_misses(
    rows: &[&Value],
    source: &RowsPlan,
    address: &Url,
    base: &Url,
) -> Vec<Miss> {
    let mut misses: Vec<Miss> = Vec::new();
    for (first, row) in rows.iter().enumerate() {
        for (part, why) in row_lacks(source, row, address, base) {
            match misses.iter_mut().find(|miss| miss.part == part) {
                Some(miss) => miss.missing += 1,
                None => misses.push(Miss {
                    part: part.to_owned(),
                    missing: 1,
                    of: rows.len(),
                    first,
                    why,
                }),
            }
        }
    }
    misses
}

/// Names shown of what is there instead.
const NAMES: usize = 8;

/// Why a pointer leads nowhere in `value`: how far it goes, and what is there.
pub(super) fn explain(pattern: &Pattern, value: &Value) -> String {
    let pointer = pattern.text();
    if let Some(found) = pattern.all(value).first() {
        return format!("{} stands at {pointer}", super::pattern::kind(found));
    }
    let ends: Vec<usize> = pointer.match_indices('/').map(|(at, _)| at).collect();
    let (reached, there) = ends
        .iter()
        .rev()
        .find_map(|end| {
            let reached = pointer.get(..*end)?;
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
            let names = map.keys().take(NAMES);
            let mut names: Vec<_> = names.map(|name| text::line(name, text::NAME)).collect();
            if map.len() > NAMES {
                names.push("…".to_owned());
            }
            format!("{place} are {}", names.join(", "))
        }
        Value::Object(_) => format!("{place} is an empty object"),
        Value::Array(list) => format!("{place} is a list of {}", list.len()),
        other => format!("{place} is {}", super::pattern::kind(other)),
    };
    format!("nothing at {pointer}; {instead}")
}

#[cfg(test)]
mod tests;
