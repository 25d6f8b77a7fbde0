//! A stored response: what it says, and how long and after which question it is good (RFC 9111 sections 3 to 5).

use std::sync::Arc;
use std::time::SystemTime;

use http::header::{self, HeaderMap, HeaderName};
use http::{HeaderValue, Request, Response, StatusCode};
use http_cache_semantics::{AfterResponse, BeforeRequest, CacheOptions, CachePolicy};
use url::Url;

use crate::api::request::http::Answer;
use crate::api::request::link;

/// How long a picture is good whose server says nothing about it, in words of its own.
const PICTURE_GOOD: &str = "max-age=86400";

/// A longer address is none that a server takes.
const ADDRESS_LIMIT: usize = 16 * 1024;

/// Headers that say whether and how long an answer is good. No other is kept.
const DECISIVE: [HeaderName; 9] = [
    header::AGE,
    header::CACHE_CONTROL,
    header::CONTENT_TYPE,
    header::DATE,
    header::ETAG,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::PRAGMA,
    header::VARY,
];

/// One stored response.
#[derive(Debug, Clone)]
pub struct CachedResponse {
    pub(super) policy: CachePolicy,
    /// When the API was asked and last said so.
    pub fetched_at: SystemTime,
    /// Where it said so in the end, after redirects.
    pub address: Url,
    /// Where the next page is by its `Link` header.
    pub(crate) next: Option<Url>,
    /// What it said.
    pub body: Arc<[u8]>,
}

/// What a copy is good for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Freshness {
    /// As good as an answer.
    Fresh,
    /// To be shown until the API has answered, which is asked with these headers.
    Stale(HeaderMap),
}

impl CachedResponse {
    /// An answer that may be kept; none where it may not. `now` is when it was asked for: what was changed while
    /// it was on its way may be missing in it.
    pub(crate) fn of(url: &Url, answer: &Answer, now: SystemTime) -> Option<Self> {
        Self::made(url, answer, &response(answer.status, &answer.headers)?, now)
    }

    /// The same for a picture, which is taken for good where nothing is said about that.
    pub(crate) fn picture(url: &Url, answer: &Answer, now: SystemTime) -> Option<Self> {
        let mut response = response(answer.status, &answer.headers)?;
        let said = [header::CACHE_CONTROL, header::EXPIRES, header::PRAGMA];
        if !said
            .iter()
            .any(|name| response.headers().contains_key(name))
        {
            let good = HeaderValue::from_static(PICTURE_GOOD);
            let _ = response.headers_mut().insert(header::CACHE_CONTROL, good);
        }
        Self::made(url, answer, &response, now)
    }

    fn made(url: &Url, answer: &Answer, response: &Response<()>, now: SystemTime) -> Option<Self> {
        let policy = CachePolicy::new_options(&request(url)?, response, now, options());
        (answer.status == 200 && policy.is_storable()).then(|| Self {
            policy,
            fetched_at: now,
            address: answer.address.clone(),
            next: next_of(&answer.headers, &answer.address),
            body: answer.body.as_slice().into(),
        })
    }

    /// Whether it need not be asked for again.
    pub fn is_fresh(&self, url: &Url, now: SystemTime) -> bool {
        self.freshness(url, now, None) == Freshness::Fresh
    }

    /// What the copy is good for now, when the last thing that may have changed it was done at `changed_at`.
    pub(crate) fn freshness(
        &self,
        url: &Url,
        now: SystemTime,
        changed_at: Option<SystemTime>,
    ) -> Freshness {
        let Some(mut request) = request(url) else {
            return Freshness::Stale(HeaderMap::new());
        };
        let changed = changed_at.is_some_and(|at| self.fetched_at <= at);
        // A clock that was set back would make it fresh for as long as it was set back.
        if changed || self.fetched_at > now {
            let no_cache = HeaderValue::from_static("no-cache");
            let _ = request
                .headers_mut()
                .insert(header::CACHE_CONTROL, no_cache);
        }
        match self.policy.before_request(&request, now) {
            BeforeRequest::Fresh(_) => Freshness::Fresh,
            BeforeRequest::Stale { request, matches } => {
                let mut validators = HeaderMap::new();
                for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
                    if let Some(value) = request.headers.get(&name).filter(|_| matches) {
                        let _ = validators.insert(name, value.clone());
                    }
                }
                Freshness::Stale(validators)
            }
        }
    }

    /// What to ask with, so that the API may say that nothing has changed.
    pub(crate) fn validators(&self, url: &Url, now: SystemTime) -> HeaderMap {
        match self.freshness(url, now, Some(now)) {
            Freshness::Stale(validators) => validators,
            Freshness::Fresh => HeaderMap::new(),
        }
    }

    /// The copy after the API said that nothing has changed; none where that was said of another one.
    pub(crate) fn revalidated(
        &self,
        url: &Url,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Option<Self> {
        let response = response(StatusCode::NOT_MODIFIED.as_u16(), headers)?;
        match self.policy.after_response(&request(url)?, &response, now) {
            AfterResponse::NotModified(policy, _) => Some(Self {
                policy,
                fetched_at: now,
                address: self.address.clone(),
                // What a 304 says of it replaces what was said before (RFC 9111 section 3.2).
                next: next_of(headers, &self.address).or_else(|| self.next.clone()),
                body: self.body.clone(),
            }),
            AfterResponse::Modified(..) => None,
        }
    }
}

fn next_of(headers: &HeaderMap, address: &Url) -> Option<Url> {
    let next = link::with_relation(headers, "next", address);
    next.filter(|next| next.as_str().len() <= ADDRESS_LIMIT)
}

fn options() -> CacheOptions {
    CacheOptions {
        shared: false,
        // What an API does not promise is not guessed from how old the answer is.
        cache_heuristic: 0.0,
        ..CacheOptions::default()
    }
}

/// The request as the cache knows it: without what authorised it.
fn request(url: &Url) -> Option<Request<()>> {
    let json = HeaderValue::from_static("application/json");
    Request::get(url.as_str())
        .header(header::ACCEPT, json)
        .body(())
        .ok()
}

fn response(status: u16, headers: &HeaderMap) -> Option<Response<()>> {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    for name in DECISIVE {
        for value in headers.get_all(&name) {
            let _ = response.headers_mut().append(name.clone(), value.clone());
        }
    }
    Some(response)
}

#[cfg(test)]
pub(crate) mod tests;
