//! Rows and pages of cards.

use std::time::SystemTime;

use futures::stream::{self, BoxStream, StreamExt};
use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::Client;
use crate::api::row::Whence;
use crate::api::{Cursor, Error, Origin, Page, Row, Rows, address, mapping, paging};

impl Client {
    /// Loads a page of a row: the first, or with a cursor the one after the page that it came with.
    ///
    /// The stream yields what is kept first, if something is, and then what the API answers:
    ///
    /// * one page, [`Origin::Network`]: nothing was kept;
    /// * one page, [`Origin::Cache`]: what is kept is still good, and the API was not asked;
    /// * a page that is [`Origin::Stale`], at once, and after it the API's page or error;
    /// * one error: nothing was kept, and the API does not answer.
    ///
    /// It ends after at most two. Dropping it stops the work.
    pub fn page(
        &self,
        row: &Row,
        cursor: Option<&Cursor>,
    ) -> BoxStream<'static, Result<Page, Error>> {
        let (client, row, cursor) = (self.clone(), row.clone(), cursor.cloned());
        stream::once(async move { client.fetch_page(&row, cursor.as_ref()).await }).boxed()
    }

    /// Loads the rows that `row` stands for ([`Row::stands_for_many`]), in the same steps as [`Client::page`].
    pub fn rows_in(&self, row: &Row) -> BoxStream<'static, Result<Rows, Error>> {
        let (client, row) = (self.clone(), row.clone());
        stream::once(async move { client.fetch_rows(&row).await }).boxed()
    }

    /// The first page of a row, from the network.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn first_page(&self, row: &Row) -> Result<Page, Error> {
        self.fetch_page(row, None).await
    }

    async fn fetch_page(&self, row: &Row, cursor: Option<&Cursor>) -> Result<Page, Error> {
        let first = match &row.from {
            Whence::Path => address::under(&self.inner.api.base_url, &row.plan.path)?,
            Whence::Link(url) => url.clone(),
            Whence::Inline(inline) if cursor.is_none() => {
                return Ok(Page {
                    cards: inline.cards.clone(),
                    next: inline.next.clone(),
                    fetched_at: inline.fetched_at,
                    origin: inline.origin,
                });
            }
            Whence::Inline(_) => self.inner.api.base_url.clone(),
        };
        let asked = cursor.map_or_else(|| first.clone(), |cursor| cursor.url.clone());
        let answer = self.get(&asked).await?;
        let (plan, base, cursor) = (
            row.plan.clone(),
            self.inner.api.base_url.clone(),
            cursor.cloned(),
        );
        // Sixteen megabytes of JSON are a second of work on a small box.
        let read = move || {
            let reply = json(&answer.body)?;
            let mut cards = mapping::cards(&reply, &plan, &answer.address)?;
            let next = paging::next(
                &plan,
                &reply,
                &cards,
                &asked,
                &first,
                cursor.as_ref(),
                &base,
            );
            let next = paging::follow(next, &mut cards);
            Ok(Page {
                cards,
                next,
                fetched_at: SystemTime::now(),
                origin: Origin::Network,
            })
        };
        aside(read).await
    }

    async fn fetch_rows(&self, row: &Row) -> Result<Rows, Error> {
        let asked = address::under(&self.inner.api.base_url, &row.plan.path)?;
        let answer = self.get(&asked).await?;
        let (row, base) = (row.clone(), self.inner.api.base_url.clone());
        let read = move || {
            let reply = json(&answer.body)?;
            let (fetched_at, origin) = (SystemTime::now(), Origin::Network);
            let rows = mapping::rows(&reply, &row, &answer.address, &base, fetched_at, origin)?;
            Ok(Rows {
                rows,
                fetched_at,
                origin,
            })
        };
        aside(read).await
    }

    async fn get(&self, url: &Url) -> Result<super::Answer, Error> {
        self.authorised(&Method::GET, url, None, None)
            .await?
            .succeeded()
    }
}

fn json(body: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(body)
        .map_err(|error| Error::Shape(format!("the answer is not JSON: {error}")))
}

/// Work that would hold up everybody else.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Error::Shape(error.to_string())))
}
