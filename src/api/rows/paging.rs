//! How the page after one is had, and when there is none.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::first_page::FirstPage;
use super::page::{Cursor, Trail};
use crate::api::mapping::card::{ADDRESS_LIMIT, Card, OwnId};
use crate::api::mapping::cards::CardList;
use crate::api::mapping::item::Item;
use crate::api::mapping::lookup::is_something;
use crate::api::mapping::plan::Plan;
use crate::api::mapping::selector::Selector;
use crate::api::mapping::value;
use crate::api::request::api_origin::ApiOrigin;
use crate::api::request::page_request::PageRequest;
use crate::config::PageKind;

/// Pages of one row, at most: an API that has more has no end.
const MOST: u32 = 1000;
/// Pages without an item in a row, at most.
const MOST_EMPTY: u32 = 3;

/// What follows a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// The page that this cursor leads to.
    Page(Cursor),
    /// There are no more pages.
    End,
    /// The next page may not be asked for: why, in words.
    Refused(String),
    /// The page itself is the one before once more: the API does not page.
    Again,
}

/// What a page is an answer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageAt<'a> {
    pub(crate) asked: &'a PageRequest,
    /// Where it was answered in the end, after redirects.
    pub(crate) from: &'a Url,
    /// The next page by the `Link` header of the answer.
    pub(crate) next: Option<&'a Url>,
    /// The row's own question.
    pub(crate) first: &'a FirstPage,
    /// The cursor that led to it.
    pub(crate) before: Option<&'a Cursor>,
    /// The API that was asked.
    pub(crate) origin: &'a ApiOrigin,
}

/// What follows the page with what was `found` in `reply`.
pub(crate) fn next(plan: &Plan, reply: &Value, found: &CardList, at: &PageAt<'_>) -> Next {
    let before = at.before;
    let cards = &found.cards;
    let start = Trail::default();
    let trail = before.map_or(&start, |cursor| &cursor.trail);
    let ids = hash(&cards.iter().map(marks).collect::<Vec<_>>());
    if before.is_some() && !cards.is_empty() && ids == trail.last {
        return Next::Again;
    }
    let request = match asked_next(plan, reply, found, trail, at) {
        Ok(Some(request)) => request,
        Ok(None) => return Next::End,
        Err(why) => return Next::Refused(why),
    };
    let empty = if cards.is_empty() { trail.empty + 1 } else { 0 };
    if empty >= MOST_EMPTY {
        return Next::End;
    }
    let mut seen = trail.seen.clone();
    seen.push(at.asked.at(at.from.clone()).hashed());
    if seen.contains(&request.hashed()) || trail.pages + 1 >= MOST {
        return Next::End;
    }
    let trail = Trail {
        pages: trail.pages + 1,
        items: trail.items + found.items,
        seen,
        last: ids,
        empty,
    };
    Next::Page(Cursor {
        request,
        moment: at.first.moment,
        trail: Arc::new(trail),
    })
}

/// What tells an item from others, whatever its place: without an id, what there is to be seen of it.
fn marks(card: &Card) -> [Option<String>; 3] {
    match card.own_id {
        OwnId::Same | OwnId::Other(_) => [Some(card.id.clone()), None, None],
        OwnId::Missing => [
            Some(card.title.to_string()),
            card.subtitle.as_ref().map(ToString::to_string),
            card.image.as_ref().map(ToString::to_string),
        ],
    }
}

/// The cursor of what follows; without cards that were there before.
pub(crate) fn follow(next: Next, cards: &mut Vec<Card>) -> Option<Cursor> {
    match next {
        Next::Page(cursor) => Some(cursor),
        Next::End => None,
        Next::Refused(why) => {
            tracing::warn!(%why, "The next page may not be asked for.");
            None
        }
        Next::Again => {
            cards.clear();
            None
        }
    }
}

fn asked_next(
    plan: &Plan,
    reply: &Value,
    found: &CardList,
    trail: &Trail,
    at: &PageAt<'_>,
) -> Result<Option<PageRequest>, String> {
    let looked = |selector: &Selector| selector.all(&Item::of(reply));
    if let Some(more) = &plan.more {
        // What is left out is no more, as a list is that is left out: protobuf's JSON has no `false`.
        if !looked(more).into_iter().any(is_true) {
            return Ok(None);
        }
    }
    // The token goes along, so a page is only where the token may go.
    let within = |url: Url, by: &str| {
        let url = at.origin.within(url);
        url.map(|url| Some(at.asked.at(url)))
            .map_err(|error| format!("{by}: {error}"))
    };
    if let Some(next) = &plan.next {
        let Some(written) = looked(next).into_iter().find_map(address) else {
            return Ok(None);
        };
        let text = next.text();
        if written.len() > ADDRESS_LIMIT {
            return Err(format!(
                "{text} is longer than an address may be ({ADDRESS_LIMIT} bytes)"
            ));
        }
        let url = at.from.join(&written);
        return within(
            url.map_err(|error| format!("{text} is no address: {error}"))?,
            text,
        );
    }
    let Some(paging) = &plan.paging else {
        return Ok(None);
    };
    let value = match paging.kind {
        PageKind::Number | PageKind::Offset | PageKind::LastId if found.items == 0 => {
            return Ok(None);
        }
        PageKind::Number => (u64::from(paging.start) + u64::from(trail.pages) + 1).into(),
        PageKind::Offset => (trail.items + found.items).into(),
        PageKind::Link => {
            let next = at.next.cloned();
            return next.map_or(Ok(None), |url| within(url, "the Link header"));
        }
        PageKind::LastId => {
            let id = found.cards.last().and_then(Card::sent_id);
            id.ok_or("the last item has no id, by which the next page is asked for")?
        }
        PageKind::Cursor => {
            let cursor = plan.cursor.iter().flat_map(looked);
            let mut cursor = cursor.filter(|value| is_cursor(value));
            match cursor.next() {
                Some(value) => value.clone(),
                None => return Ok(None),
            }
        }
    };
    let parameter = at.first.page(paging.parameter.as_deref(), &value);
    parameter.map(Some)
}

/// A text: what is yes, no or a number is no address.
fn address(value: &Value) -> Option<String> {
    value::raw(value).filter(|_| value.is_string())
}

/// Whether a value leads on: neither yes or no, nor the zero with which some say that they are through.
fn is_cursor(value: &Value) -> bool {
    let is_zero = value.as_f64() == Some(0.0);
    value::raw(value).is_some() && !value.is_boolean() && !is_zero
}

/// Whether an API says yes, also as text.
fn is_true(value: &Value) -> bool {
    let no = |text: &str| {
        matches!(
            text.trim().to_ascii_lowercase().as_str(),
            "false" | "no" | "0"
        )
    };
    is_something(value) && !value.as_str().is_some_and(no)
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
