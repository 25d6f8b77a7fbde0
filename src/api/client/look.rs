//! A reply as it came, for one who wants to know what the API has.

use device_flow::json::Wanted;
use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::Client;
use super::pages::aside;
use crate::api::Error;
use crate::api::fill::Moment;
use crate::api::mapping::card::Card;
use crate::api::mapping::json::Reply;
use crate::api::mapping::{cards, json};
use crate::api::request::api_origin::ApiOrigin;
use crate::api::request::page_request::PageRequest;
use crate::api::request::sender::ApiRequest;
use crate::api::rows::first_page::FirstPage;
use crate::api::rows::list;
use crate::api::rows::paging::PageAt;
use crate::api::rows::row::{Row, RowOrigin};
use crate::api::suggest::{Paging, Suggestion, Trial};
use crate::host::log;

/// A reply as it came.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Where it came from.
    pub address: Url,
    /// Its headers that are text, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What it says.
    pub body: Value,
}

impl Client {
    /// What the API answers to a row's request, which is a GET and nothing else.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn look(&self, row: &Row) -> Result<Looked, Error> {
        let (asked, _) = self.page_reader(row, None)?;
        self.look_at(&asked.url).await
    }

    /// The same at an address under that of the API.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn look_at(&self, url: &Url) -> Result<Looked, Error> {
        let nowhere = || Error::Refused(format!("{} is under no API", log::address(url)));
        let origin = self.inner.origins.holding(url).ok_or_else(nowhere)?;
        let mut request = ApiRequest::new(origin, Method::GET, url);
        request.language = self.language.as_deref();
        let answer = self.inner.sender.fetched(&request).await?.succeeded()?;
        aside(move || {
            let text = |value: &http::HeaderValue| value.to_str().map(str::to_owned).ok();
            let headers = answer.headers.iter();
            let headers = headers
                .filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?)))
                .collect();
            let body = match answer.status {
                204 => Value::Null,
                _ => json::parse(&answer.body, &Wanted::everything())?,
            };
            Ok(Looked {
                address: answer.address,
                headers,
                body,
            })
        })
        .await
    }
}

impl Client {
    /// The way to the next page that `suggestion` should take: the likeliest, unless another page can be asked for and
    /// only a further one comes. Nothing but GET is sent, and only a few of them.
    pub async fn way_on(&self, first: &Looked, suggestion: &Suggestion) -> WayOn {
        /// Ways that are tried.
        const MOST: usize = 9;
        let likeliest = suggestion.paging.first();
        if let Some(way) = likeliest.filter(|way| way.trial.is_none() && way.more.is_none()) {
            return WayOn::Untried(way.clone());
        }
        let full = likeliest.is_some() || suggestion.items >= FULL;
        let ways = suggestion.paging.iter().chain(&suggestion.habits);
        for way in ways
            .filter(|_| full)
            .filter(|way| way.trial.is_some())
            .take(MOST)
        {
            if let Some(way) = self.leads_on(way, first, suggestion).await {
                return WayOn::Tried(way);
            }
        }
        likeliest.cloned().map_or(WayOn::Nowhere, WayOn::Failed)
    }

    async fn leads_on(
        &self,
        way: &Paging,
        first: &Looked,
        suggestion: &Suggestion,
    ) -> Option<Paging> {
        let Trial { parameter, value } = way.trial.as_ref()?;
        let is_further = async |value: &str| {
            let url = with_parameter(&first.address, parameter, value);
            let looked = self.look_at(&url).await;
            looked.is_ok_and(|looked| suggestion.is_further(&first.body, &looked.body))
        };
        match value {
            Some(value) => is_further(value).await.then(|| way.clone()),
            // Page 1 is the first, or the one after page 0.
            None if is_further("1").await => Some(way.counted_from(0)),
            None => is_further("2").await.then(|| way.counted_from(1)),
        }
    }
}

/// Fewer items than this may well be all.
const FULL: usize = 10;

/// What came of looking for the next page.
#[derive(Debug, Clone, PartialEq)]
pub enum WayOn {
    /// The reply says it.
    Untried(Paging),
    /// It was asked for, and came.
    Tried(Paging),
    /// The likeliest, though no other page came: there may be none.
    Failed(Paging),
    /// None is known.
    Nowhere,
}

fn with_parameter(url: &Url, parameter: &str, value: &str) -> Url {
    let others = url.query_pairs().into_owned();
    let others: Vec<(String, String)> = others.filter(|(name, _)| name != parameter).collect();
    let mut with = url.clone();
    let _ = with
        .query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair(parameter, value);
    with
}

impl Row {
    /// The cards that it makes of a reply; those of the first shelf where the reply is a list of rows.
    ///
    /// # Errors
    /// [`Error::Shape`] where the reply is not as the row says.
    pub fn cards_in(&self, reply: &Looked, base: &Url) -> Result<Vec<Card>, Error> {
        if !self.stands_for_many() {
            return Ok(
                cards::cards(&Reply::all(&reply.body), &self.plan, &reply.address, 0)?.cards,
            );
        }
        let asked = PageRequest::get(None, reply.address.clone());
        let at = PageAt {
            asked: &asked,
            from: &reply.address,
            next: None,
            first: &FirstPage::at(asked.clone(), Moment::now()),
            before: None,
            origin: &ApiOrigin::at(base.clone()),
        };
        let rows = list::listed(&Reply::all(&reply.body), self, &at)?;
        Ok(rows
            .into_iter()
            .find_map(|row| match &row.from {
                RowOrigin::Inline(inline) => {
                    let page = inline.page(&row.plan).ok();
                    page.map(|page| page.cards)
                        .filter(|cards| !cards.is_empty())
                }
                RowOrigin::Path | RowOrigin::Link(_) => None,
            })
            .unwrap_or_default())
    }
}
