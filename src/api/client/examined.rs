//! A page and a list of rows with what could not be found for them, as somebody who writes a configuration asks.

use reqwest::Method;

use super::Client;
use super::pages::{Read, aside};
use super::send::Ask;
use crate::api::mapping::Found;
use crate::api::paging::Next;
use crate::api::row::Whence;
use crate::api::{Error, Examined, Miss, Page, Row, Rows, examine, mapping, paging, reply};

impl Client {
    /// The first page of a row as the API has it now, and what could not be found for it.
    ///
    /// # Errors
    /// [`Error::Shape`] names the pointer to the items that failed, and what there is instead.
    pub async fn examine(&self, row: &Row) -> Result<Examined, Error> {
        let base = self.inner.api.base_url.clone();
        let (url, reader) = self.page_reader(row, None)?;
        let ask = Ask::new(Method::GET, &url);
        let answer = self.fetched(&ask).await?.succeeded()?;
        let row = row.clone();
        aside(move || {
            let url = answer.address;
            if answer.status == 204 {
                return Ok(Examined {
                    address: url,
                    page: Page::nothing(),
                    misses: Vec::new(),
                    next_refused: None,
                });
            }
            let (reply, is_all) = reply::all(&answer.body, &row.wanted())?;
            // The items of a row that came with the list of rows stand in that row.
            let scope = mapping::scope(&reply, &row);
            let items = row.items().items(scope).map_err(|why| {
                if !is_all {
                    return Error::Shape(why);
                }
                let there = examine::explain(row.items(), scope);
                Error::Shape(format!("{why} ({there})"))
            })?;
            let mut misses = examine::misses(&items, &row.plan, &url);
            misses.extend(examine::misses_beside(scope, &row.plan));
            let page = match &row.from {
                Whence::Inline(inline) => inline.page(),
                Whence::Path | Whence::Link(_) => (reader.look)(&reply, &url)?,
            };
            let found = Found {
                items: items.len() as u64,
                cards: page.cards,
            };
            let next = paging::next(&row.plan, scope, &found, &url, &url, None, &base);
            let page = Page {
                cards: found.cards,
                ..page
            };
            Ok(Examined {
                next_refused: match next {
                    Next::Refused(why) => Some(why),
                    Next::Page(_) | Next::End | Next::Again => None,
                },
                address: url,
                page,
                misses,
            })
        })
        .await
    }

    /// The rows that `row` stands for as the API has them now, and what could not be found for some.
    ///
    /// # Errors
    /// [`Error::Shape`] names the pointer that failed, and what there is instead.
    pub async fn examine_rows(&self, row: &Row) -> Result<(Rows, Vec<Miss>), Error> {
        let base = self.inner.api.base_url.clone();
        let (url, reader) = self.rows_reader(row)?;
        let ask = Ask::new(Method::GET, &url);
        let answer = self.fetched(&ask).await?.succeeded()?;
        let plan = row.plan.clone();
        aside(move || {
            let Some(source) = plan.rows.as_ref().filter(|_| answer.status != 204) else {
                return Ok((Rows::nothing(), Vec::new()));
            };
            let url = answer.address;
            let rows = reader.read(&answer.body, &url)?;
            let (reply, _) = reply::all(&answer.body, &plan.of_rows(source))?;
            let written = source.rows.items(&reply).unwrap_or_default();
            let misses = examine::row_misses(&written, source, &url, &base);
            Ok((rows, misses))
        })
        .await
    }
}
