//! Rows and pages of cards: what is cached first, then what the API says.

use std::sync::Arc;
use std::time::SystemTime;

use futures::future::{self, BoxFuture};
use futures::stream::{self, BoxStream, StreamExt};
use futures::{FutureExt, TryFutureExt};
use http::HeaderMap;
use reqwest::Method;

use super::list_loads::{GOOD, Of};
pub(super) use super::reader::{Read, Reader, Source};
use super::{Client, verdict};
use crate::api::cache::{CachedResponse, Freshness};
use crate::api::fill::Moment;
use crate::api::mapping::cards;
use crate::api::mapping::json::Reply;
use crate::api::request::link;
use crate::api::request::page_request::PageRequest;
use crate::api::rows::first_page::FirstPage;
use crate::api::rows::inline::InlinePage;
use crate::api::rows::page::{Cursor, Origin, Page};
use crate::api::rows::paging::{self, PageAt};
use crate::api::rows::row::{Row, RowOrigin, Rows};
use crate::api::{Error, explain};
use crate::config::PageKind;
use crate::host::panics;
use device_flow::json::Wanted;

/// How the API is asked, where something stale is there or nothing.
type Asking<T> = fn(Get<T>, Option<Stale<T>>) -> BoxFuture<'static, Result<T, Error>>;

/// One question whose answer is read, and may be cached.
struct Get<T> {
    client: Client,
    asked: PageRequest,
    reader: Arc<Reader<T>>,
}

/// What there is before the API is asked.
enum Before<T> {
    Nothing,
    Fresh(T),
    Stale(Box<Stale<T>>),
}

struct Stale<T> {
    shown: T,
    stored: CachedResponse,
    validators: HeaderMap,
}

enum Step<T> {
    Begin(Get<T>),
    Ask(Get<T>, Box<Stale<T>>),
    End,
}

impl Client {
    /// Loads a page of a row: the first, or with a cursor the one after the page that it came with.
    ///
    /// The stream yields what is cached first, if something is, and then what the API answers:
    ///
    /// * one page, [`Origin::Network`]: nothing was cache;
    /// * one page, [`Origin::Cache`]: what is cached is fresh, and the API was not asked;
    /// * a page that is [`Origin::Stale`], at once, and after it the API's page or error;
    /// * one error: nothing was cached, and the API does not answer.
    ///
    /// It ends after at most two. Dropping it stops the work. A [`Client::act`] that is done makes
    /// everything that was cached before stale.
    pub fn page(
        &self,
        row: &Row,
        cursor: Option<&Cursor>,
    ) -> BoxStream<'static, Result<Page, Error>> {
        match (&row.from, cursor) {
            (RowOrigin::Inline(inline), None) => self.inline_page(row, inline),
            _ => match self.page_reader(row, cursor) {
                Ok((asked, reader)) => {
                    let ask = |get: Get<Page>, stale| get.ask(stale).boxed();
                    self.steps(asked, reader, ask)
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
            Ok((asked, reader)) => self.steps(asked, reader, |get: Get<Rows>, stale| {
                let (client, name) = (get.client.clone(), get.asked.name.clone());
                let load = get.ask(stale).boxed();
                async move { client.shared_list(name, Of::List, load).await }.boxed()
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

    pub(super) fn page_reader(
        &self,
        row: &Row,
        cursor: Option<&Cursor>,
    ) -> Result<(PageRequest, Arc<Reader<Page>>), Error> {
        let first = self.first_of(row, cursor.map(|cursor| cursor.moment))?;
        let asked = cursor.map_or_else(|| first.request(), |cursor| cursor.request.clone());
        let origins = self.inner.origins.clone();
        let origin = origins.named(asked.api.as_deref())?.clone();
        let (plan, cursor, question) = (row.plan.clone(), cursor.cloned(), asked.clone());
        let before = cursor.as_ref().map_or(0, |cursor| cursor.trail.items);
        // Who counts pages or items finds the end by going past it, and some APIs call that a mistake.
        let counts = plan
            .paging
            .as_ref()
            .is_some_and(|paging| matches!(paging.kind, PageKind::Number | PageKind::Offset));
        let may_be_past_the_end = counts && cursor.is_some();
        let wanted = plan.of_page();
        let look = move |reply: &Reply<'_>, from: &Source<'_>| {
            let mut found = cards::cards(reply, &plan, from.address, before)?;
            let at = PageAt {
                asked: &question,
                from: from.address,
                next: from.next,
                first: &first,
                before: cursor.as_ref(),
                origin: &origin,
            };
            let next = paging::next(&plan, reply.value, &found, &at);
            let next = paging::follow(next, &mut found.cards);
            origins.own_pictures(&origin, &mut found.cards);
            Ok(Page {
                next,
                ..Page::whole(found.cards)
            })
        };
        let (look, error) = (Box::new(look), row.plan.error.clone());
        let reader = Reader {
            wanted,
            error,
            may_be_past_the_end,
            look,
        };
        Ok((asked, Arc::new(reader)))
    }

    /// What a row asks for: as of now, where it was not asked before.
    pub(super) fn first_of(&self, row: &Row, moment: Option<Moment>) -> Result<FirstPage, Error> {
        let origin = self.inner.origins.named(row.ask.api.as_deref())?;
        let moment = moment.unwrap_or_else(Moment::now);
        row.first_page(origin, &self.inner.person, moment)
    }

    pub(super) fn rows_reader(&self, row: &Row) -> Result<(PageRequest, Arc<Reader<Rows>>), Error> {
        let (first, error) = (self.first_of(row, None)?, row.plan.error.clone());
        let asked = first.request();
        let origins = self.inner.origins.clone();
        let origin = origins.named(asked.api.as_deref())?.clone();
        let source = row.plan.rows.as_ref();
        let wanted = source.map_or_else(Wanted::default, |source| row.plan.of_rows(source));
        let (row, question) = (row.clone(), asked.clone());
        let look = move |reply: &Reply<'_>, from: &Source<'_>| {
            let at = PageAt {
                asked: &question,
                from: from.address,
                next: from.next,
                first: &first,
                before: None,
                origin: &origin,
            };
            let mut rows = explain::listed_rows(reply, &row, &at)?;
            for row in &mut rows {
                if let RowOrigin::Inline(inline) = &mut row.from {
                    Arc::make_mut(inline).origins = Some(origins.clone());
                }
            }
            Ok(Rows {
                rows,
                ..Rows::nothing()
            })
        };
        let look = Box::new(look);
        let reader = Reader {
            wanted,
            error,
            may_be_past_the_end: false,
            look,
        };
        Ok((asked, Arc::new(reader)))
    }

    /// The page that came with the list of rows, and the list once more where that was too long ago.
    fn inline_page(
        &self,
        row: &Row,
        inline: &Arc<InlinePage>,
    ) -> BoxStream<'static, Result<Page, Error>> {
        let changed = self.changed_at().is_some_and(|at| inline.fetched_at <= at);
        let age = SystemTime::now().duration_since(inline.fetched_at);
        let is_good = !changed && inline.origin != Origin::Stale && age.is_ok_and(|age| age < GOOD);
        let (plan, inline_page) = (row.plan.clone(), inline.clone());
        let first = aside(move || inline_page.page(&plan));
        let (asked, reader) = match self.rows_reader(&inline.parent(row)) {
            Ok(found) => found,
            Err(error) => return failed(error),
        };
        let name = asked.name.clone();
        let get = Get {
            client: self.clone(),
            asked,
            reader,
        };
        let (client, id) = (self.clone(), row.id.clone());
        let again = async move {
            let rows = client
                .shared_list(name, Of::Row, get.whole().boxed())
                .await?;
            aside(move || rows.first_page_of(&id)).await
        };
        if is_good {
            // What cannot be read any more is asked for.
            return stream::once(first.or_else(|_| again)).boxed();
        }
        let stale = |page: Page| {
            let fetched_at = page.fetched_at;
            page.dated(fetched_at, Origin::Stale)
        };
        let first = first.map(move |page| stream::iter(page.ok().map(stale).map(Ok)));
        let first = first.flatten_stream();
        first.chain(stream::once(again)).boxed()
    }

    fn steps<T: Read>(
        &self,
        asked: PageRequest,
        reader: Arc<Reader<T>>,
        ask: Asking<T>,
    ) -> BoxStream<'static, Result<T, Error>> {
        let get = Get {
            client: self.clone(),
            asked,
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
    /// What is cached, if it can be read as what is wanted.
    async fn before(&self) -> Before<T> {
        let Some(cache) = self.client.cache() else {
            return Before::Nothing;
        };
        let (asked, reader) = (self.asked.clone(), self.reader.clone());
        let changed_at = *self.client.changed_at();
        let client = self.client.clone();
        let look = move || {
            let Some(stored) = cache.read(&asked.name) else {
                return Ok(Before::Nothing);
            };
            let shown = match reader.read(
                &stored.body,
                &Source {
                    address: &stored.address,
                    next: stored.next.as_ref(),
                },
            ) {
                Ok(shown) => shown.kept(&client.inner.spools, Some(cache.folder())),
                Err(error) => {
                    // An answer that no row can read; what another row of the configuration may read stays.
                    if matches!(error, Error::TooMuch(_)) {
                        cache.invalidate(&asked.name);
                    }
                    return Ok(Before::Nothing);
                }
            };
            let at = stored.fetched_at;
            Ok(
                match stored.freshness(&asked.cache_url(), SystemTime::now(), changed_at) {
                    Freshness::Fresh => Before::Fresh(shown.dated(at, Origin::Cache)),
                    Freshness::Stale(validators) => Before::Stale(Box::new(Stale {
                        shown: shown.dated(at, Origin::Stale),
                        stored,
                        validators,
                    })),
                },
            )
        };
        aside(look).await.unwrap_or(Before::Nothing)
    }

    /// What is cached where that is fresh, else what the API says.
    async fn whole(self) -> Result<T, Error> {
        match self.before().await {
            Before::Fresh(shown) => Ok(shown),
            Before::Stale(stale) => self.ask(Some(*stale)).await,
            Before::Nothing => self.ask(None).await,
        }
    }

    /// What the API says; where it says that nothing has changed, what is cache.
    async fn ask(self, stale: Option<Stale<T>>) -> Result<T, Error> {
        let mut request = self.client.reading(&self.asked)?;
        // Nothing but a GET is answered by "not modified" (RFC 9110 section 13.1.2).
        if let Some(stale) = stale.as_ref().filter(|_| self.asked.method == Method::GET) {
            request.headers = stale.validators.clone();
        }
        // An answer may lack what is done while it is on its way, so it is as of when it was asked for.
        let asked_at = SystemTime::now();
        let mut answer = self.client.inner.sender.fetched(&request).await?;
        if let Some(stale) = stale
            && answer.status == 304
        {
            let (stored, headers) = (stale.stored, &answer.headers);
            if let Some(stored) = stored.revalidated(&self.asked.cache_url(), headers, asked_at) {
                self.keep(stored).await;
                return Ok(stale.shown.dated(asked_at, Origin::Network));
            }
            // It was said of another copy than ours: ask as if we had none.
            request.headers = HeaderMap::new();
            answer = self.client.inner.sender.fetched(&request).await?;
        }
        drop(request);
        let (client, asked, reader) = (self.client, self.asked, self.reader);
        // Sixteen megabytes of JSON are a second of work on a small box.
        aside(move || {
            if reader.may_be_past_the_end
                && let Some(end) = verdict::end_in_words(&answer, reader.error.as_ref())
            {
                tracing::info!(end, "There is no such further page.");
                return Ok(T::nothing().dated(asked_at, Origin::Network));
            }
            let answer = verdict::data(answer, reader.error.as_ref())?;
            let read = match answer.status {
                204 => T::nothing(),
                _ => {
                    let next = link::with_relation(&answer.headers, "next", &answer.address);
                    let from = Source {
                        address: &answer.address,
                        next: next.as_ref(),
                    };
                    reader.read(&answer.body, &from)?
                }
            };
            // Only what could be read takes the place of what could be read before.
            let mut folder = None;
            if let Some(cache) = client.cache() {
                match CachedResponse::of(&asked.cache_url(), &answer, asked_at) {
                    Some(stored) => {
                        cache.write(&asked.name, &stored);
                        folder = Some(cache.folder().clone());
                    }
                    None => cache.invalidate(&asked.name),
                }
            }
            let read = read.kept(&client.inner.spools, folder.as_ref());
            Ok(read.dated(asked_at, Origin::Network))
        })
        .await
    }

    async fn keep(&self, stored: CachedResponse) {
        let (cache, name) = (self.client.cache(), self.asked.name.clone());
        let keep = move || {
            if let Some(cache) = cache {
                cache.write(&name, &stored);
            }
            Ok(())
        };
        if let Err(error) = aside(keep).await {
            tracing::debug!(%error, "An answer could not be cached.");
        }
    }
}

/// Work that would hold up every other task of its thread.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = panics::contained((), work).await;
    done.unwrap_or_else(|panicked| Err(Error::Shape(panicked)))
}
