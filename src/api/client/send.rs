//! Sending: with the access token, with another one after a 401, and again where that may help.

use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use tokio::sync::Semaphore;
use url::Url;

use super::{ANSWER_LIMIT, Client};
use crate::api::http::{self, Answer, NoAnswer};
use crate::api::retry::{self, Failure};
use crate::api::{Error, address};
use crate::session::{self, AccessToken};

/// A text in quotes, the same for each try of one press (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Redirects of a GET that are followed.
const HOPS: usize = 3;

/// What is asked of the API.
pub(super) struct Ask<'a> {
    method: Method,
    url: &'a Url,
    /// JSON to send.
    pub(super) data: Option<Vec<u8>>,
    /// Tells a press from every other.
    pub(super) key: Option<&'a str>,
    /// Further headers.
    pub(super) headers: HeaderMap,
}

impl<'a> Ask<'a> {
    /// Asks with nothing more.
    pub(super) fn new(method: Method, url: &'a Url) -> Self {
        Self {
            method,
            url,
            data: None,
            key: None,
            headers: HeaderMap::new(),
        }
    }

    fn request(&self, connector: &reqwest::Client, language: Option<&str>) -> RequestBuilder {
        let mut request = connector
            .request(self.method.clone(), self.url.clone())
            .header(ACCEPT, "application/json")
            .headers(self.headers.clone());
        if let Some(language) = language.and_then(|tag| HeaderValue::from_str(tag).ok()) {
            request = request.header(ACCEPT_LANGUAGE, language);
        }
        if let Some(key) = self.key {
            request = request.header(IDEMPOTENCY_KEY, format!("\"{key}\""));
        }
        match &self.data {
            Some(data) => request
                .header(CONTENT_TYPE, "application/json")
                .body(data.clone()),
            None => request,
        }
    }
}

impl Client {
    /// Sends a request with the access token until it is answered, or no further try would help.
    pub(super) async fn authorised(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let idempotent = retry::is_idempotent(ask.method.as_str());
        let pause = self.inner.patience.pause;
        let mut tried = 0;
        loop {
            tried += 1;
            let outcome = self.once(ask).await;
            let failure = match &outcome {
                Ok(answer) => Failure::Status {
                    status: answer.status,
                    retry_after: answer.retry_after,
                },
                Err(none) => none.failure,
            };
            match retry::wait(tried, failure, idempotent, pause, fastrand::u32(0..=1000)) {
                // Nothing is held meanwhile: others may ask.
                Some(wait) => {
                    drop(outcome);
                    tokio::time::sleep(wait).await;
                }
                None => return Ok(outcome?),
            }
        }
    }

    /// Sends a GET as [`Client::authorised`] does, and follows where the API leads within itself.
    pub(super) async fn fetched(&self, ask: &Ask<'_>) -> Result<Answer, Error> {
        let mut answer = self.authorised(ask).await?;
        for _ in 0..HOPS {
            let to = answer.location.clone().filter(|_| answer.is_redirect());
            // The token goes along, so only to where it may go.
            let to = to.and_then(|to| address::within(&self.inner.api.base_url, to).ok());
            let Some(to) = to else { break };
            let mut next = Ask::new(Method::GET, &to);
            next.headers = ask.headers.clone();
            // A large answer would wait for its turn until this one has gone.
            drop(answer);
            answer = self.authorised(&next).await?;
        }
        Ok(answer)
    }

    /// Sends a request with the access token; after a 401 once more with another one.
    async fn once(&self, ask: &Ask<'_>) -> Result<Answer, NoAnswer> {
        let connector = self.connector().await?;
        let token = self.access_token().await?;
        let language = self.language.as_deref();
        let request = ask.request(connector, language);
        let gate = &self.inner.gate;
        let answer = self.send(request, Some(&token), ANSWER_LIMIT, gate).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        match self.replacement(&token).await? {
            Some(token) => {
                drop(answer);
                let request = ask.request(connector, language);
                self.send(request, Some(&token), ANSWER_LIMIT, gate).await
            }
            None => Ok(answer),
        }
    }

    async fn access_token(&self) -> Result<AccessToken, Error> {
        Ok(self.inner.tokens.access_token().await?)
    }

    /// Another token after a 401; none where the session says that none would help.
    pub(super) async fn replacement(
        &self,
        refused: &AccessToken,
    ) -> Result<Option<AccessToken>, Error> {
        match self.inner.tokens.replace(refused).await {
            Ok(token) => Ok(Some(token)),
            Err(session::Error::Refused(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a request when `gate` lets it; at once a second time where the API only wants a nonce in the proof (RFC 9449
    /// section 9), which says nothing against the token.
    pub(super) async fn send(
        &self,
        request: RequestBuilder,
        token: Option<&AccessToken>,
        limit: usize,
        gate: &Semaphore,
    ) -> Result<Answer, NoAnswer> {
        let again = request.try_clone();
        // The gate is never closed.
        let _permit = gate.acquire().await;
        let (response, nonce) = send_once(request, token, None).await?;
        let response = match (again, nonce) {
            (Some(again), Some(nonce)) => send_once(again, token, Some(&nonce)).await?.0,
            _ => response,
        };
        let large = (limit == ANSWER_LIMIT).then_some(&self.inner.large);
        Answer::read(response, limit, large).await
    }

    pub(super) async fn connector(&self) -> Result<&reqwest::Client, Error> {
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
) -> Result<(Response, Option<String>), NoAnswer> {
    let (connector, request) = request.build_split();
    let mut request = request.map_err(NoAnswer::of)?;
    let Some(token) = token else {
        let response = connector.execute(request).await.map_err(NoAnswer::of)?;
        return Ok((response, None));
    };
    let url = request.url().clone();
    let headers = token
        .authorization(request.method().as_str(), &url, nonce)
        .map_err(|error| Error::Refused(error.to_string()))?;
    request.headers_mut().extend(headers);
    let response = connector.execute(request).await.map_err(NoAnswer::of)?;
    let answer = (response.status().as_u16(), response.headers());
    let wanted = token.nonce_wanted(&url, answer, nonce);
    Ok((response, wanted))
}
