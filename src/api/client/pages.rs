//! Rows and pages of cards: what is kept first, then what the API says.

use std::sync::Arc;
use std::time::SystemTime;

use futures::FutureExt;
use futures::future::{self, BoxFuture};
use futures::stream::{self, BoxStream, StreamExt};
use http::HeaderMap;
use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::Client;
use super::lists::{GOOD, Of};
use super::send::Ask;
use crate::api::kept::{Stored, Worth};
use crate::api::paging::Next;
use crate::api::row::{Inline, Whence};
use crate::api::{
    Cursor, Error, Examined, Miss, Origin, Page, Row, Rows, address, examine, mapping, paging,
};

/// Something an answer is read as.
trait Read: Clone + Send + 'static {
    /// What an answer without content is (RFC 9110 section 15.3.5).
    fn nothing() -> Self;

    /// The same, of another time and origin.
    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self;
}

impl Read for Page {
    fn nothing() -> Self {
        Self::whole(Vec::new())
    }

    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self {
        Self {
            fetched_at,
            origin,
            ..self
        }
    }
}

impl Read for Rows {
    fn nothing() -> Self {
        Self {
            rows: Vec::new(),
            fetched_at: SystemTime::now(),
            origin: Origin::Network,
        }
    }

    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self {
        let rows = self
            .rows
            .into_iter()
            .map(|row| row.dated(fetched_at, origin));
        Self {
            rows: rows.collect(),
            fetched_at,
            origin,
        }
    }
}

/// Reads an answer from an address.
type Reader<T> = Arc<dyn Fn(&Value, &Url) -> Result<T, Error> + Send + Sync>;

/// How the API is asked, where something stale is there or nothing.
type Asking<T> = fn(Get<T>, Option<Stale<T>>) -> BoxFuture<'static, Result<T, Error>>;

/// One GET whose answer is read, and may be kept.
struct Get<T> {
    client: Client,
    url: Url,
    reader: Reader<T>,
}

/// What there is before the API is asked.
enum Before<T> {
    Nothing,
    Fresh(T),
    Stale(Box<Stale<T>>),
}

struct Stale<T> {
    shown: T,
    stored: Stored,
    asks: HeaderMap,
}

enum Step<T> {
    Begin(Get<T>),
    Ask(Get<T>, Box<Stale<T>>),
    End,
}

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
    /// It ends after at most two. Dropping it stops the work. A [`Client::press`] that is done makes
    /// everything that was kept before stale.
    pub fn page(
        &self,
        row: &Row,
        cursor: Option<&Cursor>,
    ) -> BoxStream<'static, Result<Page, Error>> {
        match (&row.from, cursor) {
            (Whence::Inline(inline), None) => self.inline_page(row, inline),
            _ => match self.page_reader(row, cursor) {
                Ok((url, reader)) => {
                    let ask = |get: Get<Page>, stale| get.ask(stale).boxed();
                    self.steps(url, reader, ask)
                }
                Err(error) => failed(error),
            },
        }
    }

    /// Loads the rows that `row` stands for ([`Row::stands_for_many`]), in the same steps as [`Client::page`].
    ///
    /// The first page of a row that is found may have come with it; [`Client::page`] then has it at once.
    pub fn rows_in(&self, row: &Row) -> BoxStream<'static, Result<Rows, Error>> {
        match self.rows_reader(row) {
            Ok((url, reader)) => self.steps(url, reader, |get: Get<Rows>, stale| {
                let (client, url) = (get.client.clone(), get.url.clone());
                let load = get.ask(stale).boxed();
                async move { client.shared(url, Of::List, load).await }.boxed()
            }),
            Err(error) => failed(error),
        }
    }

    /// The first page of a row as the API has it now.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn first_page(&self, row: &Row) -> Result<Page, Error> {
        let nothing = || Error::Shape("the API gave no page".to_owned());
        let pages = self.page(row, None);
        pages
            .fold(Err(nothing()), |_, page| future::ready(page))
            .await
    }

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
            let reply = json(&answer.body)?;
            // The items of a row that came with the list of rows stand in that row.
            let scope = mapping::scope(&reply, &row);
            let items = row.items().items(scope).map_err(|why| {
                let there = examine::explain(row.items(), scope);
                Error::Shape(format!("{why} ({there})"))
            })?;
            let mut misses = examine::misses(&items, &row.plan, &url);
            misses.extend(examine::misses_beside(scope, &row.plan));
            let page = match &row.from {
                Whence::Inline(inline) => inline.page(),
                Whence::Path | Whence::Link(_) => reader(&reply, &url)?,
            };
            let next = paging::next(&row.plan, scope, &page.cards, &url, &url, None, &base);
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
            let (reply, url) = (json(&answer.body)?, answer.address);
            let rows = reader(&reply, &url)?;
            let written = source.rows.items(&reply).unwrap_or_default();
            let misses = examine::row_misses(&written, source, &url, &base);
            Ok((rows, misses))
        })
        .await
    }

    fn page_reader(
        &self,
        row: &Row,
        cursor: Option<&Cursor>,
    ) -> Result<(Url, Reader<Page>), Error> {
        let base = self.inner.api.base_url.clone();
        let first = match &row.from {
            Whence::Path | Whence::Inline(_) => address::under(&base, &row.plan.path)?,
            Whence::Link(url) => url.clone(),
        };
        let url = cursor.map_or_else(|| first.clone(), |cursor| cursor.url.clone());
        let (plan, cursor) = (row.plan.clone(), cursor.cloned());
        let before = cursor.as_ref().map_or(0, |cursor| cursor.trail.items);
        let reader = move |reply: &Value, from: &Url| {
            let mut cards = mapping::cards(reply, &plan, from, before)?;
            let next = paging::next(&plan, reply, &cards, from, &first, cursor.as_ref(), &base);
            let next = paging::follow(next, &mut cards);
            Ok(Page {
                next,
                ..Page::whole(cards)
            })
        };
        Ok((url, Arc::new(reader)))
    }

    fn rows_reader(&self, row: &Row) -> Result<(Url, Reader<Rows>), Error> {
        let base = self.inner.api.base_url.clone();
        let url = address::under(&base, &row.plan.path)?;
        let row = row.clone();
        let reader = move |reply: &Value, from: &Url| {
            Ok(Rows {
                rows: mapping::rows(reply, &row, from, &base)?,
                ..Rows::nothing()
            })
        };
        Ok((url, Arc::new(reader)))
    }

    /// The page that came with the list of rows, and the list once more where that was too long ago.
    fn inline_page(
        &self,
        row: &Row,
        inline: &Arc<Inline>,
    ) -> BoxStream<'static, Result<Page, Error>> {
        let first = inline.page();
        let changed = self.changed_at().is_some_and(|at| first.fetched_at <= at);
        let age = SystemTime::now().duration_since(first.fetched_at);
        if !changed && first.origin != Origin::Stale && age.is_ok_and(|age| age < GOOD) {
            return stream::once(future::ready(Ok(first))).boxed();
        }
        let (url, reader) = match self.rows_reader(&inline.parent(row)) {
            Ok(found) => found,
            Err(error) => return failed(error),
        };
        let get = Get {
            client: self.clone(),
            url: url.clone(),
            reader,
        };
        let (client, id) = (self.clone(), row.id.clone());
        let again = async move {
            let rows = client.shared(url, Of::Row, get.whole().boxed()).await?;
            rows.first_page_of(&id)
        };
        let first = first.clone().dated(first.fetched_at, Origin::Stale);
        let first = stream::once(future::ready(Ok(first)));
        first.chain(stream::once(again)).boxed()
    }

    fn steps<T: Read>(
        &self,
        url: Url,
        reader: Reader<T>,
        ask: Asking<T>,
    ) -> BoxStream<'static, Result<T, Error>> {
        let get = Get {
            client: self.clone(),
            url,
            reader,
        };
        stream::unfold(Step::Begin(get), move |step| async move {
            match step {
                Step::Begin(get) => match get.before().await {
                    Before::Fresh(shown) => Some((Ok(shown), Step::End)),
                    Before::Stale(stale) => Some((Ok(stale.shown.clone()), Step::Ask(get, stale))),
                    Before::Nothing => Some((ask(get, None).await, Step::End)),
                },
                Step::Ask(get, stale) => Some((ask(get, Some(*stale)).await, Step::End)),
                Step::End => None,
            }
        })
        .boxed()
    }
}

fn failed<T: Send + 'static>(error: Error) -> BoxStream<'static, Result<T, Error>> {
    stream::once(future::ready(Err(error))).boxed()
}

impl<T: Read> Get<T> {
    /// What is kept, if it can be read as what is wanted.
    async fn before(&self) -> Before<T> {
        let Some(kept) = self.client.kept() else {
            return Before::Nothing;
        };
        let (url, reader) = (self.url.clone(), self.reader.clone());
        let changed_at = *self.client.changed_at();
        let look = move || {
            let Some(stored) = kept.read(&url) else {
                return Ok(Before::Nothing);
            };
            let shown = json(&stored.body).and_then(|reply| reader(&reply, &stored.address));
            let Ok(shown) = shown else {
                return Ok(Before::Nothing);
            };
            let at = stored.fetched_at;
            Ok(match stored.worth(&url, SystemTime::now(), changed_at) {
                Worth::Fresh => Before::Fresh(shown.dated(at, Origin::Cache)),
                Worth::Stale(asks) => Before::Stale(Box::new(Stale {
                    shown: shown.dated(at, Origin::Stale),
                    stored,
                    asks,
                })),
            })
        };
        aside(look).await.unwrap_or(Before::Nothing)
    }

    /// What is kept where that is still good, else what the API says.
    async fn whole(self) -> Result<T, Error> {
        match self.before().await {
            Before::Fresh(shown) => Ok(shown),
            Before::Stale(stale) => self.ask(Some(*stale)).await,
            Before::Nothing => self.ask(None).await,
        }
    }

    /// What the API says; where it says that nothing has changed, what is kept.
    async fn ask(self, stale: Option<Stale<T>>) -> Result<T, Error> {
        let mut ask = Ask::new(Method::GET, &self.url);
        if let Some(stale) = &stale {
            ask.headers = stale.asks.clone();
        }
        // An answer may lack what is done while it is on its way, so it is as of when it was asked for.
        let asked_at = SystemTime::now();
        let mut answer = self.client.fetched(&ask).await?;
        if let Some(stale) = stale
            && answer.status == 304
        {
            let (stored, headers) = (stale.stored, &answer.headers);
            if let Some(stored) = stored.confirmed(&self.url, headers, asked_at) {
                self.keep(stored).await;
                return Ok(stale.shown.dated(asked_at, Origin::Network));
            }
            // It was said of another copy than ours: ask as if we had none.
            ask.headers = HeaderMap::new();
            answer = self.client.fetched(&ask).await?;
        }
        let answer = answer.succeeded()?;
        let (kept, url, reader) = (self.client.kept(), self.url, self.reader);
        // Sixteen megabytes of JSON are a second of work on a small box.
        aside(move || {
            let read = match answer.status {
                204 => T::nothing(),
                _ => json(&answer.body).and_then(|reply| reader(&reply, &answer.address))?,
            };
            // Only what could be read takes the place of what could be read before.
            if let Some(kept) = kept {
                match Stored::of(&url, &answer, asked_at) {
                    Some(stored) => kept.write(&url, &stored),
                    None => kept.forget(&url),
                }
            }
            Ok(read.dated(asked_at, Origin::Network))
        })
        .await
    }

    async fn keep(&self, stored: Stored) {
        let (kept, url) = (self.client.kept(), self.url.clone());
        let keep = move || {
            if let Some(kept) = kept {
                kept.write(&url, &stored);
            }
            Ok(())
        };
        if let Err(error) = aside(keep).await {
            tracing::debug!(%error, "An answer could not be kept.");
        }
    }
}

/// Reads an answer, also one with a byte order mark, which must not be there and may be ignored (RFC 8259
/// section 8.1).
fn json(body: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body))
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
