//! Calls the owner's API with the signed-in account.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use reqwest::{Certificate, Method, RequestBuilder, Response};
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use super::http::{self, Answer, Patience};
use super::tokens::Tokens;
use super::{Done, Error, Press, Row, address, words};
use crate::config;
use crate::session::{self, AccessToken, Session};

/// Largest answer that is read.
const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// Largest picture that is read.
const IMAGE_LIMIT: usize = 8 * 1024 * 1024;
/// Requests under way at once; more would only queue on a home connection.
const AT_ONCE: usize = 6;
/// Redirects of a picture that are followed: API to storage to the nearest cache.
const IMAGE_HOPS: usize = 3;

/// A text in quotes, the same for each try of one press (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

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
    /// # Errors
    /// [`Error::Network`] when `ca_file` cannot be read or holds no certificate.
    pub fn new(api: &config::Api, ca_file: Option<&Path>, session: Session) -> Result<Self, Error> {
        let extra_roots = match ca_file {
            None => Vec::new(),
            Some(path) => roots(path)
                .map_err(|cause| Error::Network(format!("{}: {cause}", path.display())))?,
        };
        Ok(Self::with(
            api,
            extra_roots,
            Box::new(session),
            Patience::default(),
        ))
    }

    fn with(
        api: &config::Api,
        extra_roots: Vec<Certificate>,
        tokens: Box<dyn Tokens>,
        patience: Patience,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                api: api.clone(),
                tokens,
                extra_roots,
                patience,
                connector: OnceCell::new(),
                gate: Semaphore::new(AT_ONCE),
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
        self.authorised(&method, &url, data, key).await
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
        self.send(request, token, IMAGE_LIMIT).await
    }

    /// Sends a request with the access token; after a 401 once more with another one.
    async fn authorised(
        &self,
        method: &Method,
        url: &Url,
        data: Option<Vec<u8>>,
        key: Option<&str>,
    ) -> Result<Answer, Error> {
        let connector = self.connector().await?;
        let request = || {
            let mut request = connector
                .request(method.clone(), url.clone())
                .header(ACCEPT, "application/json");
            if let Some(key) = key {
                request = request.header(IDEMPOTENCY_KEY, format!("\"{key}\""));
            }
            match &data {
                Some(data) => request
                    .header(CONTENT_TYPE, "application/json")
                    .body(data.clone()),
                None => request,
            }
        };
        let token = self.inner.tokens.access_token().await?;
        let answer = self.send(request(), Some(&token), ANSWER_LIMIT).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        match self.replacement(&token).await? {
            Some(token) => self.send(request(), Some(&token), ANSWER_LIMIT).await,
            None => Ok(answer),
        }
    }

    /// Another token after a 401; none where the session says that none would help.
    async fn replacement(&self, refused: &AccessToken) -> Result<Option<AccessToken>, Error> {
        match self.inner.tokens.replace(refused).await {
            Ok(token) => Ok(Some(token)),
            Err(session::Error::Refused(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a request; at once a second time where the API only wants a nonce in the proof (RFC 9449
    /// section 9), which says nothing against the token.
    async fn send(
        &self,
        request: RequestBuilder,
        token: Option<&AccessToken>,
        limit: usize,
    ) -> Result<Answer, Error> {
        let again = request.try_clone();
        // The gate is never closed.
        let _permit = self.inner.gate.acquire().await;
        let (response, nonce) = send_once(request, token, None).await?;
        let response = match (again, nonce) {
            (Some(again), Some(nonce)) => send_once(again, token, Some(&nonce)).await?.0,
            _ => response,
        };
        Answer::read(response, limit).await
    }

    async fn connector(&self) -> Result<&reqwest::Client, Error> {
        self.inner
            .connector
            .get_or_try_init(|| async {
                let (roots, patience) = (self.inner.extra_roots.clone(), self.inner.patience);
                tokio::task::spawn_blocking(move || http::connector(roots, patience))
                    .await
                    .unwrap_or_else(|error| Err(Error::Network(error.to_string())))
            })
            .await
    }
}

/// Sends a request with what authorises it. Returns the nonce that the API wants to see first, if it does.
async fn send_once(
    request: RequestBuilder,
    token: Option<&AccessToken>,
    nonce: Option<&str>,
) -> Result<(Response, Option<String>), Error> {
    let (connector, request) = request.build_split();
    let mut request = request.map_err(http::network)?;
    let Some(token) = token else {
        let response = connector.execute(request).await.map_err(http::network)?;
        return Ok((response, None));
    };
    let url = request.url().clone();
    let headers = token
        .authorization(request.method().as_str(), &url, nonce)
        .map_err(|error| Error::Refused(error.to_string()))?;
    request.headers_mut().extend(headers);
    let response = connector.execute(request).await.map_err(http::network)?;
    let answer = (response.status().as_u16(), response.headers());
    let wanted = token.nonce_wanted(&url, answer, nonce);
    Ok((response, wanted))
}

pub(super) fn roots(path: &Path) -> Result<Vec<Certificate>, String> {
    let pem = std::fs::read(path).map_err(|error| error.to_string())?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|error| error.to_string())?;
    if found.is_empty() {
        return Err("no certificate in it".to_owned());
    }
    Ok(found)
}

mod pages;
#[cfg(test)]
mod stub;
#[cfg(test)]
mod tests;
