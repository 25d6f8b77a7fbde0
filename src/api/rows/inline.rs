//! The rows whose items stand in the API's list of rows.
//!
//! Of ten thousand items a hundred are on the screen. As cards they would take ten times as much memory as they were
//! written in, so they stay written ([`Spool`]), and a row is made into cards when it comes near.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;
use url::Url;

use super::first_page::FirstPage;
use super::list;
use super::page::{Origin, Page};
use super::paging::{self, PageAt};
use crate::api::Error;
use crate::api::cache::Spool;
use crate::api::mapping::cards::of_items;
use crate::api::mapping::joins::Joins;
use crate::api::mapping::plan::Plan;
use crate::api::request::api_origin::{ApiOrigin, ApiOrigins};
use crate::api::request::page_request::PageRequest;

/// What the rows in one answer have in common.
pub(crate) struct InlineList {
    /// The id of the row that stands for the list.
    pub(crate) parent: Arc<str>,
    asked: PageRequest,
    /// Where it was answered in the end, after redirects.
    from: Url,
    first: FirstPage,
    /// The API that was asked.
    origin: ApiOrigin,
    /// Where in the spool the tables are that items refer to, where there are any.
    tables: Option<Range<usize>>,
}

impl InlineList {
    /// The rows of the answer `at`, found in the row called `parent`. `tables` is where the spool has the tables of the
    /// answer.
    pub(crate) fn new(parent: &str, at: &PageAt<'_>, tables: Option<Range<usize>>) -> Self {
        Self {
            parent: parent.into(),
            asked: at.asked.clone(),
            from: at.from.clone(),
            first: at.first.clone(),
            origin: at.origin.clone(),
            tables,
        }
    }
}

/// The first page of a row, which stands in the API's list of rows.
#[derive(Clone)]
pub(crate) struct InlinePage {
    pub(crate) list: Arc<InlineList>,
    /// What is written of the list, and where in it this row is.
    pub(crate) spool: Arc<Spool>,
    pub(crate) part: Range<usize>,
    /// The APIs among which a picture is of the one that was asked; none where pictures are not loaded.
    pub(crate) origins: Option<Arc<ApiOrigins>>,
    /// When the API last said so.
    pub(crate) fetched_at: SystemTime,
    /// Where it came from.
    pub(crate) origin: Origin,
}

impl fmt::Debug for InlinePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InlinePage")
            .field("parent", &self.list.parent)
            .field("part", &self.part)
            .field("fetched_at", &self.fetched_at)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// Whether they say the same, of the same time.
impl PartialEq for InlinePage {
    fn eq(&self, other: &Self) -> bool {
        self.list.parent == other.list.parent
            && self.spool == other.spool
            && self.part == other.part
            && (self.fetched_at, self.origin) == (other.fetched_at, other.origin)
    }
}

impl InlinePage {
    /// Makes cards of it, by the plan of its row. May read a file.
    ///
    /// # Errors
    /// [`Error::Shape`] where what was written of it is not there any more.
    pub(crate) fn page(&self, plan: &Plan) -> Result<Page, Error> {
        let Some(source) = &plan.rows else {
            return Err(Error::Shape("the row stands in no list of rows".to_owned()));
        };
        let list = &self.list;
        let row = self.written(&self.part)?;
        let tables = list.tables.as_ref().map(|tables| self.written(tables));
        let tables = tables.transpose()?.unwrap_or_default();
        let joins = Joins::of(&plan.joins, &tables);
        let items = list::items(source, &row, plan.is_by_name()).unwrap_or_default();
        let mut found = of_items(&items, plan, &list.from, 0, &joins);
        let at = PageAt {
            asked: &list.asked,
            from: &list.from,
            // What the header says is of the list of rows.
            next: None,
            first: &list.first,
            before: None,
            origin: &list.origin,
        };
        let next = paging::next(plan, &row, &found, &at);
        let next = paging::follow(next, &mut found.cards);
        if let Some(origins) = &self.origins {
            origins.own_pictures(&list.origin, &mut found.cards);
        }
        Ok(Page {
            cards: found.cards,
            next,
            fetched_at: self.fetched_at,
            origin: self.origin,
        })
    }

    fn written(&self, part: &Range<usize>) -> Result<Value, Error> {
        let lost = |error: &dyn fmt::Display| {
            Error::Shape(format!("what came with the list of rows is lost: {error}"))
        };
        let text = self.spool.part(part).map_err(|error| lost(&error))?;
        serde_json::from_slice(&text).map_err(|error| lost(&error))
    }
}
