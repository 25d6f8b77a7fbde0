//! A page of a row's cards: where it came from, how old it is, and how the next one is had.

use std::sync::Arc;
use std::time::SystemTime;

use crate::api::fill::Moment;
use crate::api::mapping::card::Card;
use crate::api::request::page_request::PageRequest;

/// Some of the cards of a row, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The cards. May be none.
    pub cards: Vec<Card>,
    /// Give this to [`Client::page`](crate::api::Client::page) for the page after; none after the last. It is plain data:
    /// it holds no request open, and stays good however long it is kept.
    pub next: Option<Cursor>,
    /// When the API last said so.
    pub fetched_at: SystemTime,
    /// Where it came from.
    pub origin: Origin,
}

impl Page {
    /// Cards that the API sent just now, and there are no more of them.
    pub fn whole(cards: Vec<Card>) -> Self {
        Self {
            cards,
            next: None,
            fetched_at: SystemTime::now(),
            origin: Origin::Network,
        }
    }
}

/// Where a [`Page`] came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The API answered just now, also when it answered that nothing has changed.
    Network,
    /// It was cached, and is fresh by the API's own word (RFC 9111 section 4.2): the API was not asked.
    Cache,
    /// It was cached, and may have changed since: the API is being asked. Another answer follows, the
    /// API's or an error; if it is an error, this is what there is, as of `fetched_at`.
    Stale,
}

/// How the page after another is had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) request: PageRequest,
    /// When the first page was asked for.
    pub(crate) moment: Moment,
    /// What was asked before, so that an API that leads in a circle does not do so for ever.
    pub(crate) trail: Arc<Trail>,
}

#[cfg(test)]
impl Cursor {
    /// Leads to this address, from a first page.
    pub(crate) fn to(url: url::Url) -> Self {
        Self {
            request: PageRequest::get(None, url),
            moment: Moment::now(),
            trail: Arc::default(),
        }
    }
}

/// Pages that came before.
#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct Trail {
    /// How many.
    pub(crate) pages: u32,
    /// Items on them.
    pub(crate) items: u64,
    /// Their addresses, hashed.
    pub(crate) seen: Vec<u64>,
    /// The items on the last of them, hashed.
    pub(crate) last: u64,
    /// How many of the last ones had no items.
    pub(crate) empty: u32,
}
