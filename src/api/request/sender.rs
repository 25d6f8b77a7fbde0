//! Sends requests to the API: with the access token, with another one after a 401, and again where that may help.

use std::sync::Arc;

use device_flow::net::{Connections, Repeat, Response, TrustAnchors};
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Request};
use tokio::sync::Semaphore;
use url::Url;

use super::address;
use super::http::{self, Answer, Timeouts};
use super::retry::{self, Failure};
use super::token_source::TokenSource;
use crate::api::Error;
use crate::session::{self, AccessToken};

/// Largest answer that is read.
pub(crate) const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// Largest picture that is read.
pub(crate) const IMAGE_LIMIT: usize = 8 * 1024 * 1024;
/// Requests under way at once; more would only queue on a home connection.
pub(crate) const AT_ONCE: usize = 6;
/// Pictures under way at once, beside those: a slow one holds up no row and no action.
pub(crate) const IMAGES_AT_ONCE: usize = 4;
/// Redirects of a GET that are followed.
const HOPS: usize = 3;

/// A text in quotes, the same for each try of one press (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What is asked of the API.
pub(crate) struct ApiRequest<'a> {
    method: Method,
    url: &'a Url,
    /// JSON to send.
    pub(crate) data: Option<Vec<u8>>,
    /// `Idempotency-Key`: tells one use of an action from every other.
    pub(crate) key: Option<&'a str>,
    /// What the API is asked to speak (BCP 47).
    pub(crate) language: Option<&'a str>,
    /// Further headers.
    pub(crate) headers: HeaderMap,
}

impl<'a> ApiRequest<'a> {
    /// Asks with nothing more.
    pub(crate) fn new(method: Method, url: &'a Url) -> Self {
        Self {
            method,
            url,
            data: None,
            key: None,
            language: None,
            headers: HeaderMap::new(),
        }
    }

    /// The request, without what authorises it.
    pub(crate) fn build(&self) -> Result<Request, Error> {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        let headers = request.headers_mut();
        let json = HeaderValue::from_static("application/json");
        let _ = headers.insert(ACCEPT, json.clone());
        headers.extend(self.headers.clone());
        let language = self.language.map(HeaderValue::from_str);
        headers.extend(
            language
                .and_then(Result::ok)
                .map(|tag| (ACCEPT_LANGUAGE, tag)),
        );
        if let Some(key) = self.key {
            let key = HeaderValue::try_from(format!("\"{key}\""));
            let refused = |_| Error::Refused("an idempotency key no header can carry".to_owned());
            let _ = headers.insert(IDEMPOTENCY_KEY, key.map_err(refused)?);
        }
        if let Some(data) = &self.data {
            // A caller may send something else.
            let _ = headers.entry(CONTENT_TYPE).or_insert(json);
            *request.body_mut() = Some(data.clone().into());
        }
        Ok(request)
    }
}

/// Sends requests to one API with the access token of one account.
pub(crate) struct Sender {
    base_url: Url,
    tokens: Box<dyn TokenSource>,
    connections: Connections,
    timeouts: Timeouts,
    gate: Semaphore,
    images_gate: Semaphore,
    /// One at a time: see [`Answer::read`].
    large: Arc<Semaphore>,
}

impl Sender {
    /// Opens no connection. `anchors` are trusted beside those of the system.
    pub(crate) fn new(
        base_url: Url,
        tokens: Box<dyn TokenSource>,
        anchors: Option<TrustAnchors>,
        timeouts: Timeouts,
    ) -> Self {
        Self {
            base_url,
            tokens,
            connections: http::connections(anchors, timeouts),
            timeouts,
            gate: Semaphore::new(AT_ONCE),
            images_gate: Semaphore::new(IMAGES_AT_ONCE),
            large: Arc::new(Semaphore::new(1)),
        }
    }

    /// Sends a request with the access token until it is answered, or no further try would help.
    pub(crate) async fn authorised(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        let idempotent = retry::is_idempotent(request.method.as_str());
        let pause = self.timeouts.pause;
        let mut tried = 0;
        loop {
            tried += 1;
            let outcome = self.once(request).await;
            let failure = Failure::of(&outcome);
            match retry::wait(tried, failure, idempotent, pause, fastrand::u32(0..=1000)) {
                // Nothing is held meanwhile: others may ask.
                Some(wait) => {
                    drop(outcome);
                    tokio::time::sleep(wait).await;
                }
                None => return outcome,
            }
        }
    }

    /// Sends a GET as [`Sender::authorised`] does, and follows where the API leads within itself.
    pub(crate) async fn fetched(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        let mut answer = self.authorised(request).await?;
        for _ in 0..HOPS {
            let to = answer.redirect();
            // The token goes along, so only to where it may go.
            let to = to.and_then(|to| address::within(&self.base_url, to).ok());
            let Some(to) = to else { break };
            let mut next = ApiRequest::new(Method::GET, &to);
            next.headers = request.headers.clone();
            next.language = request.language;
            // A large answer would wait for its turn until this one has gone.
            drop(answer);
            answer = self.authorised(&next).await?;
        }
        Ok(answer)
    }

    /// Sends a request with the access token; after a 401 once more with another one.
    async fn once(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        let request = request.build()?;
        let token = self.access_token().await?;
        let gate = &self.gate;
        let answer = self
            .send(&request, Some(&token), ANSWER_LIMIT, gate)
            .await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        match self.replacement(&token).await? {
            Some(token) => {
                drop(answer);
                self.send(&request, Some(&token), ANSWER_LIMIT, gate).await
            }
            None => Ok(answer),
        }
    }

    pub(crate) async fn access_token(&self) -> Result<AccessToken, Error> {
        Ok(self.tokens.access_token().await?)
    }

    /// Another token after a 401; none where the session says that none would help.
    pub(crate) async fn replacement(
        &self,
        refused: &AccessToken,
    ) -> Result<Option<AccessToken>, Error> {
        match self.tokens.replace(refused).await {
            Ok(token) => Ok(Some(token)),
            Err(session::Error::Refused(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a request when `gate` lets it; at once a second time where the API only wants a nonce in the proof (RFC 9449
    /// section 9), which says nothing against the token.
    async fn send(
        &self,
        request: &Request,
        token: Option<&AccessToken>,
        limit: usize,
        gate: &Semaphore,
    ) -> Result<Answer, Error> {
        // The gate is never closed.
        let _permit = gate.acquire().await;
        let (mut response, nonce) = self.send_once(request, token, None).await?;
        if nonce.is_some() {
            (response, _) = self.send_once(request, token, nonce.as_deref()).await?;
        }
        let large = (limit == ANSWER_LIMIT).then_some(&self.large);
        let mut answer = Answer::read(response, limit, large).await?;
        answer.token = token.map(|token| token.secret.clone());
        Ok(answer)
    }

    /// GETs a picture, with the access token where it may travel there.
    pub(crate) async fn picture(
        &self,
        url: &Url,
        headers: &HeaderMap,
        token: Option<&AccessToken>,
    ) -> Result<Answer, Error> {
        let mut request = Request::new(Method::GET, url.clone());
        let pictures = HeaderValue::from_static("image/png, image/jpeg, image/webp");
        let _ = request.headers_mut().insert(ACCEPT, pictures);
        request.headers_mut().extend(headers.clone());
        *request.timeout_mut() = Some(self.timeouts.picture);
        self.send(&request, token, IMAGE_LIMIT, &self.images_gate)
            .await
    }

    /// Sends a request with what authorises it. Returns the nonce that the API wants to see first, if it does.
    async fn send_once(
        &self,
        request: &Request,
        token: Option<&AccessToken>,
        nonce: Option<&str>,
    ) -> Result<(Response<'_>, Option<String>), Error> {
        let (method, url) = (request.method().as_str(), request.url());
        let repeat = match retry::is_idempotent(method) {
            true => Repeat::Safe,
            false => Repeat::OwnConnection,
        };
        let response = self.connections.exchange(repeat, || {
            let unread = || Error::Refused("a request that is read once".to_owned());
            let mut request = request.try_clone().ok_or_else(unread)?;
            if let Some(token) = token {
                let headers = token.authorization(method, url, nonce);
                let headers = headers.map_err(|error| Error::Refused(error.to_string()))?;
                request.headers_mut().extend(headers);
            }
            Ok::<_, Error>(request)
        });
        let response = response.await?;
        let answer = (response.status(), response.headers());
        let wanted = token.and_then(|token| token.nonce_wanted(url, answer, nonce));
        Ok((response, wanted))
    }
}
