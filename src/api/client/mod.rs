//! Calls the owner's API with the signed-in account.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use device_flow::NetworkFailure;
use device_flow::net::TrustAnchors;
use reqwest::Method;
use reqwest::header::HeaderMap;
use url::Url;

pub use self::call::{Call, Reply, refusal};
use self::list_loads::{ListLoads, Load, Of};
pub use self::trial::WouldSend;
use super::Error;
use super::action::{ActionDone, ActionRequest};
use super::cache::{CachedResponse, ResponseCache};
use super::request::http::{self, Answer, Timeouts};
use super::request::sender::{ApiRequest, Sender};
use super::request::token_source::{NoAccount, TokenSource};
use super::request::{address, api_message};
use super::rows::row::{Row, Rows};
use crate::config;
use crate::session::Session;
pub use look::{Looked, WayOn};

/// Redirects of a picture that are followed: API to storage to the nearest cache.
const IMAGE_HOPS: usize = 3;

/// A client of the owner's API. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    /// What the API is asked to speak.
    language: Option<Arc<str>>,
}

struct Inner {
    api: config::Api,
    sender: Sender,
    cache: Option<ResponseCache>,
    list_loads: ListLoads,
    /// When an action last may have changed what is cached.
    changed_at: Mutex<Option<SystemTime>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.inner.api)
            .finish_non_exhaustive()
    }
}

/// A picture, as it came.
#[derive(Debug, Clone)]
pub struct Image {
    /// The file.
    pub file: Arc<[u8]>,
    /// The same to be cached, where it may be.
    pub copy: Option<CachedResponse>,
}

impl Client {
    /// Prepares a client that also trusts the certificates in `ca_file` (PEM); opens no connection.
    ///
    /// With a cache, responses to the account of `session` are cached, so that [`Client::page`] has
    /// something to show before the API has answered.
    ///
    /// # Errors
    /// [`Error::Network`] when `ca_file` cannot be read or holds no certificate.
    pub fn new(
        api: &config::Api,
        ca_file: Option<&Path>,
        session: Session,
        cache: Option<ResponseCache>,
    ) -> Result<Self, Error> {
        Self::prepared(api, ca_file, Box::new(session), cache)
    }

    /// As [`Client::new`], without an account: only pictures that need no token can be loaded.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn without_account(api: &config::Api, ca_file: Option<&Path>) -> Result<Self, Error> {
        Self::prepared(api, ca_file, Box::new(NoAccount), None)
    }

    fn prepared(
        api: &config::Api,
        ca_file: Option<&Path>,
        tokens: Box<dyn TokenSource>,
        cache: Option<ResponseCache>,
    ) -> Result<Self, Error> {
        let anchors = http::trust_anchors(ca_file)?;
        Ok(Self::with(api, anchors, tokens, Timeouts::default(), cache))
    }

    fn with(
        api: &config::Api,
        anchors: Option<TrustAnchors>,
        tokens: Box<dyn TokenSource>,
        timeouts: Timeouts,
        cache: Option<ResponseCache>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                api: api.clone(),
                sender: Sender::new(api.base_url.clone(), tokens, anchors, timeouts),
                cache,
                list_loads: ListLoads::default(),
                changed_at: Mutex::new(None),
            }),
            language: None,
        }
    }

    /// The same client, which asks the API for words in this language (BCP 47). Responses are cached by language.
    #[must_use]
    pub fn speaking(self, language: Option<&str>) -> Self {
        let language = language.map(Arc::from);
        Self { language, ..self }
    }

    fn cache(&self) -> Option<ResponseCache> {
        let cache = self.inner.cache.clone();
        cache.map(|cache| cache.in_language(self.language.clone()))
    }

    /// A request for the API's words in the language of this client.
    fn request<'a>(&'a self, method: Method, url: &'a Url) -> ApiRequest<'a> {
        let mut request = ApiRequest::new(method, url);
        request.language = self.language.as_deref();
        request
    }

    /// The rows that are configured, top to bottom, at once and without the network.
    pub fn rows(&self) -> Vec<Row> {
        let rows = self.inner.api.rows.iter().enumerate();
        rows.map(|(index, row)| Row::new(index, row)).collect()
    }

    /// Does what a button of a card is for. Anything but success is an error; [`Error::Status`] then has the
    /// API's own words, where it has some. Success is also a 303 within the API: it did what it was asked for,
    /// and says where to read about it (RFC 9110 section 15.4.4).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn act(&self, request: &ActionRequest) -> Result<ActionDone, Error> {
        let key = Some(request.key.as_str());
        let path = request.path()?;
        let answer = self.exchange(request.method(), &path, request.body(), key);
        let outcome = answer.await.and_then(|answer| {
            if answer.status == 303 && !answer.is_captive() {
                return Ok(answer);
            }
            answer.succeeded()
        });
        if outcome.as_ref().err().is_none_or(Error::leaves_open) {
            *self.changed_at() = Some(SystemTime::now());
        }
        Ok(ActionDone {
            message: api_message::of(&outcome?),
            refresh: request.refresh(),
        })
    }

    async fn exchange(
        &self,
        method: &str,
        path: &str,
        data: Option<Vec<u8>>,
        key: Option<&str>,
    ) -> Result<Answer, Error> {
        let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes())
            .map_err(|_| Error::Refused(format!("{method:?} is not an HTTP method")))?;
        let url = address::under(&self.inner.api.base_url, path)?;
        let mut request = self.request(method, &url);
        (request.data, request.key) = (data, key);
        self.inner.sender.authorised(&request).await
    }

    /// One load of a list of rows for all that wait for it ([`ListLoads::join`]).
    async fn shared_list(&self, url: Url, of: Of, load: Load) -> Result<Rows, Error> {
        let (name, changed_at) = ((url, self.language.clone()), *self.changed_at());
        self.inner.list_loads.join(name, of, changed_at, load).await
    }

    /// A lock whose holder panicked still holds a time.
    fn changed_at(&self) -> MutexGuard<'_, Option<SystemTime>> {
        let lock = self.inner.changed_at.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads a picture, at most 8 MiB, or learns that it is still as it was `before`. The access token goes along
    /// only to addresses under that of the API.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn image(
        &self,
        asked: &Url,
        before: Option<&CachedResponse>,
    ) -> Result<Image, Error> {
        let (base, sender) = (&self.inner.api.base_url, &self.inner.sender);
        let now = SystemTime::now();
        let mut validators =
            before.map_or_else(HeaderMap::new, |before| before.validators(asked, now));
        let mut url = asked.clone();
        for _ in 0..=IMAGE_HOPS {
            if !address::is_safe(base, &url) {
                return Err(Error::Refused(
                    "pictures are loaded over https only".to_owned(),
                ));
            }
            let token = if address::within(base, url.clone()).is_ok() {
                Some(sender.access_token().await?)
            } else {
                None
            };
            let mut answer = sender.picture(&url, &validators, token.as_ref()).await?;
            if let Some(refused) = token.filter(|_| answer.status == 401)
                && let Some(token) = sender.replacement(&refused).await?
            {
                answer = sender.picture(&url, &validators, Some(&token)).await?;
            }
            if let Some(next) = answer.redirect() {
                url = next;
                continue;
            }
            if let Some(before) = before.filter(|_| answer.status == 304) {
                if let Some(copy) = before.revalidated(asked, &answer.headers, now) {
                    let (file, copy) = (copy.body.clone(), Some(copy));
                    return Ok(Image { file, copy });
                }
                // It was said of another one than ours: ask as if we had none.
                validators.clear();
                continue;
            }
            let answer = answer.succeeded()?;
            let copy = CachedResponse::picture(asked, &answer, now);
            let file = copy.as_ref().map(|copy| copy.body.clone());
            let file = file.unwrap_or_else(|| answer.body.into());
            return Ok(Image { file, copy });
        }
        Err(Error::network(
            NetworkFailure::Connect,
            "too many redirects",
        ))
    }
}

mod call;
mod explain;
mod list_loads;
mod look;
mod pages;
#[cfg(test)]
mod tests;
mod trial;
