//! Calls the owner's API with the signed-in account.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use reqwest::header::ACCEPT;
use reqwest::{Certificate, Method};
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use self::send::Ask;
use super::http::{Answer, Patience};
use super::kept::Kept;
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
/// Redirects of a picture that are followed: API to storage to the nearest cache.
const IMAGE_HOPS: usize = 3;

/// A client of the owner's API. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    api: config::Api,
    tokens: Box<dyn Tokens>,
    extra_roots: Vec<Certificate>,
    patience: Patience,
    connector: OnceCell<reqwest::Client>,
    gate: Semaphore,
    kept: Option<Kept>,
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
    /// With a user cache directory, what the API answers is kept there for the account of `session`, so that
    /// [`Client::page`] has something to show before the API has answered.
    ///
    /// # Errors
    /// [`Error::Network`] when `ca_file` cannot be read or holds no certificate.
    pub fn new(
        api: &config::Api,
        ca_file: Option<&Path>,
        session: Session,
        cache_dir: Option<&Path>,
    ) -> Result<Self, Error> {
        let kept = cache_dir.map(|folder| Kept::of(folder, &session.account()));
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
                kept,
                changed_at: Mutex::new(None),
            }),
        }
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
    /// API's own words, where it has some.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn press(&self, press: &Press) -> Result<Done, Error> {
        let key = Some(press.key.as_str());
        let answer = self
            .exchange(press.method(), &press.path()?, press.body(), key)
            .await?
            .succeeded()?;
        *self.changed_at() = Some(SystemTime::now());
        Ok(Done {
            words: words::of(&answer),
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

    /// Loads the bytes of a picture, at most 8 MiB. The access token goes along only to the API's
    /// own origin.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn image(&self, url: &Url) -> Result<Vec<u8>, Error> {
        let base = &self.inner.api.base_url;
        let mut url = url.clone();
        for _ in 0..=IMAGE_HOPS {
            if !address::is_safe(base, &url) {
                return Err(Error::Refused(
                    "pictures are loaded over https only".to_owned(),
                ));
            }
            let token = if url.origin() == base.origin() {
                Some(self.inner.tokens.access_token().await?)
            } else {
                None
            };
            let mut answer = self.image_once(&url, token.as_ref()).await?;
            if let Some(refused) = token.filter(|_| answer.status == 401)
                && let Some(token) = self.replacement(&refused).await?
            {
                answer = self.image_once(&url, Some(&token)).await?;
            }
            match answer.location.take().filter(|_| answer.is_redirect()) {
                Some(next) => url = next,
                None => return Ok(answer.succeeded()?.body),
            }
        }
        Err(Error::Network("too many redirects".to_owned()))
    }

    async fn image_once(&self, url: &Url, token: Option<&AccessToken>) -> Result<Answer, Error> {
        let request = self.connector().await?.get(url.clone());
        let request = request.header(ACCEPT, "image/png, image/jpeg, image/webp");
        Ok(self.send(request, token, IMAGE_LIMIT).await?)
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
mod offline_tests;
mod pages;
mod send;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod tests;
