//! A page and a list of rows with what is missing in them, for the author of a configuration.

use std::time::Instant;

use super::pages::{Read, Source, aside};
use super::trial::shown_body;
use super::{Client, verdict};
use crate::api::Error;
use crate::api::explain::{self, Asked, Explained, MissingField};
use crate::api::mapping::cards::CardList;
use crate::api::mapping::item::Item;
use crate::api::mapping::joins::Joins;
use crate::api::mapping::json::Reply;
use crate::api::mapping::selector::Selector;
use crate::api::mapping::{json, listing};
use crate::api::request::address::shown_address;
use crate::api::request::http::Answer;
use crate::api::request::link;
use crate::api::rows::list;
use crate::api::rows::page::{Cursor, Page};
use crate::api::rows::paging::{self, Next, PageAt};
use crate::api::rows::row::{Row, RowOrigin, Rows};

/// An answer that is data. A redirect is named: its author can put the configuration right.
fn settled(answer: Answer, error: Option<&Selector>) -> Result<Answer, Error> {
    match answer.redirect_in_words().filter(|_| !answer.is_captive()) {
        Some(redirect) => Err(Error::Shape(format!("HTTP {}: {redirect}", answer.status))),
        None => verdict::data(answer, error),
    }
}

/// What a cursor asks for, in words.
fn further(cursor: Option<&Cursor>) -> Option<String> {
    cursor.map(|cursor| shown_address(&cursor.request.url))
}

impl Client {
    /// A page of a row as the API has it now, the first is 1, and what could not be found for it.
    ///
    /// # Errors
    /// [`Error::Shape`] names the pointer to the items that failed, and what there is instead; also where the row has no
    /// such page. With it goes what was asked for last, in words, where that was a further page.
    pub async fn explain(
        &self,
        row: &Row,
        page: u32,
    ) -> Result<Explained, (Option<String>, Error)> {
        let mut cursor = None;
        for number in 1..page {
            let before = self.explain_at(row, cursor.as_ref()).await;
            let before = before.map_err(|error| (further(cursor.as_ref()), error))?;
            cursor = before.page.next;
            if cursor.is_none() {
                let why = before
                    .next_refused
                    .map_or_else(String::new, |why| format!(": {why}"));
                let end = format!("there is no page {page}: the row ends with page {number}{why}");
                return Err((None, Error::Shape(end)));
            }
        }
        let explained = self.explain_at(row, cursor.as_ref()).await;
        explained.map_err(|error| (further(cursor.as_ref()), error))
    }

    /// What is asked for the first page of a row.
    ///
    /// # Errors
    /// As [`Client::explain`].
    pub fn asks(&self, row: &Row) -> Result<Asked, Error> {
        let (asked, _) = self.page_reader(row, None)?;
        Ok(Asked {
            method: asked.method.to_string(),
            address: shown_address(&asked.url),
            body: asked.payload.as_ref().map(|body| shown_body(&body.bytes)),
        })
    }

    async fn explain_at(&self, row: &Row, cursor: Option<&Cursor>) -> Result<Explained, Error> {
        let (request, reader) = self.page_reader(row, cursor)?;
        let origin = self.inner.origins.named(request.api.as_deref())?.clone();
        let first = self.first_of(row, cursor.map(|cursor| cursor.moment))?;
        let began = Instant::now();
        let answer = self.inner.sender.fetched(&self.reading(&request)?).await?;
        let took = began.elapsed();
        let error = row.plan.error.as_ref();
        let number = cursor.map_or(1, |cursor| cursor.trail.pages + 1);
        if reader.may_be_past_the_end
            && let Some(end) = verdict::end_in_words(&answer, error)
        {
            let end = format!("there is no page {number}: {end}");
            return Err(Error::Shape(end));
        }
        let answer = settled(answer, error)?;
        let (row, cursor) = (row.clone(), cursor.cloned());
        aside(move || {
            let link = link::with_relation(&answer.headers, "next", &answer.address);
            let url = answer.address;
            let asked = Asked {
                method: request.method.to_string(),
                address: shown_address(&url),
                body: request.payload.as_ref().map(|body| shown_body(&body.bytes)),
            };
            if answer.status == 204 {
                return Ok(Explained {
                    asked,
                    status: answer.status,
                    took,
                    page: Page::nothing(),
                    missing: Vec::new(),
                    doubts: Vec::new(),
                    next_refused: None,
                });
            }
            let (reply, is_all) = json::all(&answer.body, &row.wanted())?;
            // The items of a row that came with the list of rows stand in that row.
            let scope = list::scope(&reply, &row);
            let by_name = row.plan.is_by_name();
            let listing = listing::of(row.items(), scope, by_name).map_err(|why| {
                if !is_all {
                    return Error::Shape(why);
                }
                let there = explain::why_not_at(row.items(), &Item::of(scope));
                Error::Shape(format!("{why} ({there})"))
            })?;
            let from = Source {
                address: &url,
                next: link.as_ref(),
            };
            let joins = Joins::of(&row.plan.joins, &reply);
            let mut missing = explain::missing_fields(&listing, scope, &row, &url, &joins);
            // A page that follows another one and names none is the last.
            if cursor.is_none() {
                missing.extend(explain::missing_paging(scope, &row.plan));
            }
            let page = match &row.from {
                RowOrigin::Inline(inline) => inline.page(&row.plan)?,
                RowOrigin::Path | RowOrigin::Link(_) => (reader.look)(&Reply::all(&reply), &from)?,
            };
            let found = CardList {
                items: listing.items.len() as u64,
                cards: page.cards,
            };
            let at = PageAt {
                asked: &request,
                from: &url,
                next: link.as_ref(),
                first: &first,
                before: cursor.as_ref(),
                origin: &origin,
            };
            let next = paging::next(&row.plan, scope, &found, &at);
            let page = Page {
                cards: found.cards,
                ..page
            };
            Ok(Explained {
                next_refused: match next {
                    Next::Refused(why) => Some(why),
                    Next::Page(_) | Next::End | Next::Again => None,
                },
                asked,
                status: answer.status,
                took,
                doubts: explain::doubts(&page.cards),
                page,
                missing,
            })
        })
        .await
    }

    /// The rows that `row` stands for as the API has them now, and what could not be found for some.
    ///
    /// # Errors
    /// [`Error::Shape`] names the pointer that failed, and what there is instead.
    pub async fn explain_rows(&self, row: &Row) -> Result<(Rows, Vec<MissingField>), Error> {
        let (asked, reader) = self.rows_reader(row)?;
        let origin = self.inner.origins.named(asked.api.as_deref())?.clone();
        let answer = self.inner.sender.fetched(&self.reading(&asked)?).await?;
        let answer = settled(answer, row.plan.error.as_ref())?;
        let plan = row.plan.clone();
        aside(move || {
            let Some(source) = plan.rows.as_ref().filter(|_| answer.status != 204) else {
                return Ok((Rows::nothing(), Vec::new()));
            };
            let url = answer.address;
            let rows = reader.read(
                &answer.body,
                &Source {
                    address: &url,
                    next: None,
                },
            )?;
            let (reply, _) = json::all(&answer.body, &plan.of_rows(source))?;
            let missing = explain::missing_in_rows(&reply, &plan, source, &url, &origin);
            Ok((rows, missing))
        })
        .await
    }
}
