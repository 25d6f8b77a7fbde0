//! Calls the owner's API with the signed-in account.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use device_flow::NetworkFailure;
use device_flow::net::TrustAnchors;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value};
use url::Url;

pub use self::call::{Call, Reply};
use self::list_loads::{ListLoads, Load, Of};
pub use self::trial::WouldSend;
use super::Error;
use super::action::{ActionDone, ActionRequest};
use super::cache::{CachedResponse, ResponseCache, Spools};
use super::request::api_message;
use super::request::api_origin::ApiOrigins;
use super::request::http::{self, Answer, Timeouts};
use super::request::page_request::{PageRequest, Payload};
use super::request::retry::Tries;
use super::request::sender::{ApiRequest, Sender};
use super::request::token_source::{NoAccount, TokenSource};
use super::rows::row::{Row, Rows};
use crate::config::{self, Config};
use crate::host::start_delay::StartDelay;
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
    /// How often it is asked for what is read.
    tries: Tries,
}

struct Inner {
    api: config::Api,
    origins: Arc<ApiOrigins>,
    /// What is known of who is signed in.
    person: Arc<Map<String, Value>>,
    sender: Sender,
    cache: Option<ResponseCache>,
    list_loads: ListLoads,
    /// What is written of lists of rows.
    spools: Spools,
    /// When an action last may have changed what is cached.
    changed_at: Mutex<Option<SystemTime>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.api.base_url.as_str())
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
    /// Prepares a client of the APIs of a configuration; reads the files with their headers and opens no connection.
    ///
    /// With a cache, responses to the account of `session` are cached, so that [`Client::page`] has
    /// something to show before the API has answered.
    ///
    /// # Errors
    /// [`Error::Network`] when `provider.ca_file` cannot be read or holds no certificate; [`Error::Refused`] when there is
    /// no API, or a file with a header cannot be read.
    pub fn new(
        config: &Config,
        session: Session,
        cache: Option<ResponseCache>,
    ) -> Result<Self, Error> {
        Self::prepared(config, Box::new(session), cache)
    }

    /// As [`Client::new`], without an account: only pictures that need no token can be loaded.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn without_account(config: &Config) -> Result<Self, Error> {
        Self::prepared(config, Box::new(NoAccount), None)
    }

    fn prepared(
        config: &Config,
        tokens: Box<dyn TokenSource>,
        cache: Option<ResponseCache>,
    ) -> Result<Self, Error> {
        let anchors = http::trust_anchors(config.provider.ca_file.as_deref())?;
        let nothing = || Error::Refused("the configuration has no [api]".to_owned());
        let api = config.api.as_ref().ok_or_else(nothing)?;
        let origins = ApiOrigins::of(api, &config.apis)?;
        let timeouts = Timeouts::default();
        let user_agent = config.device.user_agent();
        Ok(Self::with(
            api, origins, user_agent, anchors, tokens, timeouts, cache,
        ))
    }

    fn with(
        api: &config::Api,
        origins: ApiOrigins,
        user_agent: String,
        anchors: Option<TrustAnchors>,
        tokens: Box<dyn TokenSource>,
        timeouts: Timeouts,
        cache: Option<ResponseCache>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                api: api.clone(),
                origins: Arc::new(origins),
                person: Arc::new(tokens.person()),
                sender: Sender::new(tokens, user_agent, anchors, timeouts),
                cache,
                list_loads: ListLoads::default(),
                spools: Spools::default(),
                changed_at: Mutex::new(None),
            }),
            language: None,
            tries: Tries::default(),
        }
    }

    /// The same client, which asks for nothing before the start of this box is over. For one that is not shared yet.
    #[must_use]
    pub fn after(mut self, start: StartDelay) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.sender.start = start;
        }
        self
    }

    /// The same client, which asks the API for words in this language (BCP 47). Responses are cached by language.
    #[must_use]
    pub fn speaking(self, language: Option<&str>) -> Self {
        let language = language.map(Arc::from);
        Self { language, ..self }
    }

    /// The same client, which asks so often for what it reads where that may help.
    #[must_use]
    pub fn trying(self, tries: Tries) -> Self {
        Self { tries, ..self }
    }

    fn cache(&self) -> Option<ResponseCache> {
        let cache = self.inner.cache.clone();
        cache.map(|cache| cache.in_language(self.language.clone()))
    }

    /// What asks for a page, in the language of this client.
    fn reading<'a>(&'a self, asked: &'a PageRequest) -> Result<ApiRequest<'a>, Error> {
        let origin = self.inner.origins.named(asked.api.as_deref())?;
        let mut request = ApiRequest::new(origin, asked.method.clone(), &asked.url);
        request.payload = asked.payload.clone();
        request.is_read = true;
        request.language = self.language.as_deref();
        request.tries = self.tries;
        Ok(request)
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
        let (ask, blanks) = (request.ask(), request.blanks(&self.inner.person));
        let (path, payload) = (ask.path(&blanks)?, ask.payload(&blanks)?);
        let key = Some(request.key.as_str());
        let answer = self.exchange(ask.api.as_deref(), ask.method.as_str(), &path, payload, key);
        let outcome = answer.await.and_then(|answer| {
            if answer.status == 303 && !answer.is_captive() {
                return Ok(answer);
            }
            verdict::succeeded(answer, request.error())
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
        api: Option<&str>,
        method: &str,
        path: &str,
        payload: Option<Payload>,
        key: Option<&str>,
    ) -> Result<Answer, Error> {
        let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes())
            .map_err(|_| Error::Refused(format!("{method:?} is not an HTTP method")))?;
        let origin = self.inner.origins.named(api)?;
        let url = origin.under(path)?;
        let mut request = ApiRequest::new(origin, method, &url);
        request.language = self.language.as_deref();
        (request.payload, request.key) = (payload, key);
        self.inner.sender.authorised(&request).await
    }

    /// One load of a list of rows for all that wait for it ([`ListLoads::join`]).
    async fn shared_list(&self, name: String, of: Of, load: Load) -> Result<Rows, Error> {
        let (name, changed_at) = ((name, self.language.clone()), *self.changed_at());
        self.inner.list_loads.join(name, of, changed_at, load).await
    }

    /// A lock whose holder panicked still holds a time.
    fn changed_at(&self) -> MutexGuard<'_, Option<SystemTime>> {
        let lock = self.inner.changed_at.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads a picture, at most 12 MiB, or learns that it is still as it was `before`. The access token and the owner's
    /// headers go along only to addresses under that of the API that has them.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn image(
        &self,
        asked: &Url,
        before: Option<&CachedResponse>,
    ) -> Result<Image, Error> {
        let (origins, sender) = (&self.inner.origins, &self.inner.sender);
        let now = SystemTime::now();
        let mut validators =
            before.map_or_else(HeaderMap::new, |before| before.validators(asked, now));
        let mut url = asked.clone();
        for _ in 0..=IMAGE_HOPS {
            if !origins.may_load(&url) {
                return Err(Error::Refused(
                    "pictures are loaded over https only".to_owned(),
                ));
            }
            let origin = origins.holding(&url);
            let answer = sender.picture(&url, &validators, origin).await?;
            if let Some(next) = answer.redirect() {
                // An API that was asked with the token in the address may repeat it in where it leads.
                url = origin.map_or(next.clone(), |origin| origin.token.taken_out(next));
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
mod probe;
mod reader;
#[cfg(test)]
mod tests;
mod trial;
mod verdict;

pub use probe::{Probed, status_without_token};
