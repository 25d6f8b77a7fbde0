//! Calls the owner's API with the signed-in account.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use reqwest::header::{ACCEPT, HeaderMap};
use reqwest::{Certificate, Method};
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use self::lists::Lists;
use self::send::Ask;
use super::http::{Answer, Patience};
use super::kept::{Kept, Stored};
use super::tokens::{Nobody, Tokens};
use super::{Done, Error, Press, Row, address, words};
use crate::config;
use crate::session::{AccessToken, Session};

/// Largest answer that is read.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// Largest picture that is read.
const IMAGE_LIMIT: usize = 8 * 1024 * 1024;
/// Requests under way at once; more would only queue on a home connection.
const AT_ONCE: usize = 6;
/// Pictures under way at once, beside those: a slow one holds up no row and no action.
const IMAGES_AT_ONCE: usize = 4;
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
    tokens: Box<dyn Tokens>,
    extra_roots: Vec<Certificate>,
    patience: Patience,
    connector: OnceCell<reqwest::Client>,
    gate: Semaphore,
    images_gate: Semaphore,
    /// One at a time: see [`Answer::read`].
    large: Arc<Semaphore>,
    kept: Option<Kept>,
    lists: Mutex<Lists>,
    /// When something was last done that may have changed what is kept.
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
    /// The same to be kept, where it may be.
    pub copy: Option<Stored>,
}

/// An answer, as `vestibule call` prints it.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, where sent.
    pub content_type: Option<String>,
    /// The body, at most 16 MiB.
    pub body: Vec<u8>,
}

impl Client {
    /// Prepares a client that also trusts the certificates in `ca_file` (PEM); opens no connection.
    ///
    /// With a cache, what the API answers to the account of `session` is kept there, so that [`Client::page`] has
    /// something to show before the API has answered.
    ///
    /// # Errors
    /// [`Error::Network`] when `ca_file` cannot be read or holds no certificate.
    pub fn new(
        api: &config::Api,
        ca_file: Option<&Path>,
        session: Session,
        kept: Option<Kept>,
    ) -> Result<Self, Error> {
        Self::prepared(api, ca_file, Box::new(session), kept)
    }

    /// As [`Client::new`], while nobody has chosen an account: only pictures that need no token can be loaded.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn without_account(api: &config::Api, ca_file: Option<&Path>) -> Result<Self, Error> {
        Self::prepared(api, ca_file, Box::new(Nobody), None)
    }

    fn prepared(
        api: &config::Api,
        ca_file: Option<&Path>,
        tokens: Box<dyn Tokens>,
        kept: Option<Kept>,
    ) -> Result<Self, Error> {
        let extra_roots = match ca_file {
            None => Vec::new(),
            Some(path) => roots(path)
                .map_err(|cause| Error::Network(format!("{}: {cause}", path.display())))?,
        };
        Ok(Self::with(
            api,
            extra_roots,
            tokens,
            Patience::default(),
            kept,
        ))
    }

    fn with(
        api: &config::Api,
        extra_roots: Vec<Certificate>,
        tokens: Box<dyn Tokens>,
        patience: Patience,
        kept: Option<Kept>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                api: api.clone(),
                tokens,
                extra_roots,
                patience,
                connector: OnceCell::new(),
                gate: Semaphore::new(AT_ONCE),
                images_gate: Semaphore::new(IMAGES_AT_ONCE),
                large: Arc::new(Semaphore::new(1)),
                kept,
                lists: Mutex::default(),
                changed_at: Mutex::new(None),
            }),
            language: None,
        }
    }

    /// The same client, which asks the API for words in this language (BCP 47). What is kept is so by language.
    #[must_use]
    pub fn speaking(self, language: Option<&str>) -> Self {
        let language = language.map(Arc::from);
        Self { language, ..self }
    }

    fn kept(&self) -> Option<Kept> {
        let kept = self.inner.kept.clone();
        kept.map(|kept| kept.in_language(self.language.clone()))
    }

    /// The rows that are configured, top to bottom, at once and without the network.
    pub fn rows(&self) -> Vec<Row> {
        let rows = self.inner.api.rows.iter().enumerate();
        rows.map(|(index, row)| Row::new(index, row)).collect()
    }

    /// Calls `path` under the base address. Any status is an `Ok` answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for a method or an address that may not be called; see [`Error`].
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        data: Option<Vec<u8>>,
    ) -> Result<Reply, Error> {
        let answer = self.exchange(method, path, data, None).await?;
        if answer.is_redirect() && answer.is_captive() {
            return Err(Error::Captive);
        }
        Ok(Reply {
            status: answer.status,
            content_type: answer.content_type,
            body: answer.body,
        })
    }

    /// Does what a button of a card is for. Anything but success is an error; [`Error::Status`] then has the
    /// API's own words, where it has some. Success is also a 303 within the API: it did what it was asked for,
    /// and says where to read about it (RFC 9110 section 15.4.4).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn press(&self, press: &Press) -> Result<Done, Error> {
        let key = Some(press.key.as_str());
        let path = press.path()?;
        let answer = self.exchange(press.method(), &path, press.body(), key);
        let outcome = answer.await.and_then(|answer| {
            if answer.status == 303 && !answer.is_captive() {
                return Ok(answer);
            }
            answer.succeeded()
        });
        if outcome.as_ref().err().is_none_or(Error::leaves_open) {
            *self.changed_at() = Some(SystemTime::now());
        }
        Ok(Done {
            words: words::of(&outcome?),
            refresh: press.refresh(),
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
        let mut ask = Ask::new(method, &url);
        (ask.data, ask.key) = (data, key);
        self.authorised(&ask).await
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
    pub async fn image(&self, asked: &Url, before: Option<&Stored>) -> Result<Image, Error> {
        let base = &self.inner.api.base_url;
        let now = SystemTime::now();
        let mut asks = before.map_or_else(HeaderMap::new, |before| before.asks(asked, now));
        let mut url = asked.clone();
        for _ in 0..=IMAGE_HOPS {
            if !address::is_safe(base, &url) {
                return Err(Error::Refused(
                    "pictures are loaded over https only".to_owned(),
                ));
            }
            let token = if address::within(base, url.clone()).is_ok() {
                Some(self.inner.tokens.access_token().await?)
            } else {
                None
            };
            let mut answer = self.image_once(&url, &asks, token.as_ref()).await?;
            if let Some(refused) = token.filter(|_| answer.status == 401)
                && let Some(token) = self.replacement(&refused).await?
            {
                answer = self.image_once(&url, &asks, Some(&token)).await?;
            }
            if let Some(next) = answer.location.take().filter(|_| answer.is_redirect()) {
                url = next;
                continue;
            }
            if let Some(before) = before.filter(|_| answer.status == 304) {
                if let Some(copy) = before.confirmed(asked, &answer.headers, now) {
                    let (file, copy) = (copy.body.clone(), Some(copy));
                    return Ok(Image { file, copy });
                }
                // It was said of another one than ours: ask as if we had none.
                asks.clear();
                continue;
            }
            let answer = answer.succeeded()?;
            let copy = Stored::picture(asked, &answer, now);
            let file = copy.as_ref().map(|copy| copy.body.clone());
            let file = file.unwrap_or_else(|| answer.body.into());
            return Ok(Image { file, copy });
        }
        Err(Error::Network("too many redirects".to_owned()))
    }

    async fn image_once(
        &self,
        url: &Url,
        asks: &HeaderMap,
        token: Option<&AccessToken>,
    ) -> Result<Answer, Error> {
        let request = self.connector().await?.get(url.clone());
        let request = request
            .header(ACCEPT, "image/png, image/jpeg, image/webp")
            .headers(asks.clone())
            .timeout(self.inner.patience.picture);
        let gate = &self.inner.images_gate;
        Ok(self.send(request, token, IMAGE_LIMIT, gate).await?)
    }
}

pub(super) fn roots(path: &Path) -> Result<Vec<Certificate>, String> {
    let pem = std::fs::read(path).map_err(|error| error.to_string())?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|error| error.to_string())?;
    if found.is_empty() {
        return Err("no certificate in it".to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod bounds_tests;
mod examined;
mod lists;
#[cfg(test)]
mod offline_tests;
mod pages;
mod send;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod way_tests;
