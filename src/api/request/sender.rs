//! Sends requests to the API: with the access token, with another one after a 401, and again where that may help.

use std::sync::Arc;

use device_flow::Chance;
use device_flow::net::{Connections, Repeat, Response, TrustAnchors};
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Request};
use tokio::sync::Semaphore;
use url::Url;

use super::api_origin::ApiOrigin;
use super::http::{self, Answer, Timeouts};
use super::page_request::Payload;
use super::retry::{self, Failure, Tries};
use super::token_place::TokenPlace;
use super::token_source::TokenSource;
use super::watched::watched;
use crate::api::Error;
use crate::host::event::{self, Event};
use crate::host::start_delay::StartDelay;
use crate::session::{self, AccessToken};

/// Largest answer that is read.
pub(crate) const ANSWER_LIMIT: usize = 16 * 1024 * 1024;
/// Largest picture that is read: a photo of 24 megapixels as cameras write it.
pub(crate) const IMAGE_LIMIT: usize = 12 * 1024 * 1024;
/// Requests under way at once; more would only queue on a home connection.
pub(crate) const AT_ONCE: usize = 6;
/// Pictures under way at once, beside those: a slow one holds up no row and no action.
pub(crate) const IMAGES_AT_ONCE: usize = 4;
/// Redirects of a GET that are followed.
const HOPS: usize = 3;

/// A text in quotes, the same for each try of one press (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What is taken: JSON, and what a server calls otherwise that sends nothing else.
const ACCEPTED: HeaderValue = HeaderValue::from_static("application/json, */*;q=0.1");
const PICTURES: HeaderValue =
    HeaderValue::from_static("image/png, image/jpeg, image/webp, image/gif");

/// What is asked of an API.
pub(crate) struct ApiRequest<'a> {
    origin: &'a ApiOrigin,
    method: Method,
    url: &'a Url,
    /// What to send.
    pub(crate) payload: Option<Payload>,
    /// Whether it only reads, whatever its method, so that it may be sent again. The configuration says so of a row: it is
    /// asked for whenever the row is on the screen, as often as it takes.
    pub(crate) is_read: bool,
    /// How often it is sent where that may help.
    pub(crate) tries: Tries,
    /// `Idempotency-Key`: tells one use of an action from every other.
    pub(crate) key: Option<&'a str>,
    /// What the API is asked to speak (BCP 47).
    pub(crate) language: Option<&'a str>,
    /// Further headers.
    pub(crate) headers: HeaderMap,
}

impl<'a> ApiRequest<'a> {
    /// Asks with nothing more.
    pub(crate) fn new(origin: &'a ApiOrigin, method: Method, url: &'a Url) -> Self {
        Self {
            origin,
            is_read: retry::is_idempotent(method.as_str()),
            method,
            url,
            payload: None,
            tries: Tries::default(),
            key: None,
            language: None,
            headers: HeaderMap::new(),
        }
    }

    /// The request, without what authorises it.
    ///
    /// # Errors
    /// [`Error::Refused`] for what no header can carry.
    pub(crate) fn build(&self) -> Result<Request, Error> {
        let mut request = Request::new(self.method.clone(), self.url.clone());
        let headers = request.headers_mut();
        let _ = headers.insert(ACCEPT, ACCEPTED);
        let language = self.language.map(HeaderValue::from_str);
        headers.extend(
            language
                .and_then(Result::ok)
                .map(|tag| (ACCEPT_LANGUAGE, tag)),
        );
        headers.extend(self.origin.headers.clone());
        headers.extend(self.headers.clone());
        if let Some(key) = self.key {
            let key = HeaderValue::try_from(format!("\"{key}\""));
            let refused = |_| Error::Refused("an idempotency key no header can carry".to_owned());
            let _ = headers.insert(IDEMPOTENCY_KEY, key.map_err(refused)?);
        }
        if let Some(payload) = &self.payload {
            // The owner may call the JSON that is sent something else: many APIs have a name of their own for it.
            if !(payload.is_json() && headers.contains_key(CONTENT_TYPE)) {
                let kind = HeaderValue::from_static(payload.content_type);
                let _ = headers.insert(CONTENT_TYPE, kind);
            }
            *request.body_mut() = Some(payload.bytes.clone().into());
        }
        Ok(request)
    }
}

/// With what a request goes to its server: nothing at all where that is none of the APIs.
#[derive(Clone, Copy)]
struct Credentials<'a> {
    origin: Option<&'a ApiOrigin>,
    token: Option<&'a AccessToken>,
    repeat: Repeat,
}

/// Sends requests to APIs with the access token of one account, where that may go.
pub(crate) struct Sender {
    tokens: Box<dyn TokenSource>,
    connections: Connections,
    timeouts: Timeouts,
    gate: Semaphore,
    images_gate: Semaphore,
    /// One at a time: see [`Answer::read`].
    large: Arc<Semaphore>,
    /// What each request waits for.
    pub(crate) start: StartDelay,
}

impl Sender {
    /// Opens no connection. `anchors` are trusted beside those of the system.
    pub(crate) fn new(
        tokens: Box<dyn TokenSource>,
        user_agent: String,
        anchors: Option<TrustAnchors>,
        timeouts: Timeouts,
    ) -> Self {
        Self {
            tokens,
            connections: http::connections(user_agent, anchors, timeouts),
            timeouts,
            gate: Semaphore::new(AT_ONCE),
            images_gate: Semaphore::new(IMAGES_AT_ONCE),
            large: Arc::new(Semaphore::new(1)),
            start: StartDelay::none(),
        }
    }

    /// Sends a request with the access token until it is answered, or no further try would help.
    pub(crate) async fn authorised(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        self.start.over().await;
        let idempotent = request.is_read;
        let pause = self.timeouts.pause;
        let mut tried = 0;
        loop {
            tried += 1;
            let outcome = self.once(request).await;
            let failure = Failure::of(&outcome);
            match retry::wait(
                tried,
                request.tries,
                failure,
                idempotent,
                pause,
                Chance::draw(),
            ) {
                // Nothing is held meanwhile: others may ask.
                Some(wait) => {
                    drop(outcome);
                    tokio::time::sleep(wait).await;
                }
                None => {
                    tell(request.url, &outcome);
                    return outcome;
                }
            }
        }
    }

    /// Sends a request that reads as [`Sender::authorised`] does, and follows where the API leads within itself. The
    /// token that was sent is not in what is answered, which is shown and kept.
    pub(crate) async fn fetched(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        let mut answer = self.authorised(request).await?;
        let (mut method, mut payload) = (request.method.clone(), request.payload.clone());
        for _ in 0..HOPS {
            let to = answer.redirect();
            // The token goes along, so only to where it may go.
            let to = to.and_then(|to| request.origin.within(to).ok());
            let Some(to) = to else { break };
            // "See other" is to be read there; everything else has only moved (RFC 9110 section 15.4).
            if answer.status == 303 {
                (method, payload) = (Method::GET, None);
            }
            let mut next = ApiRequest::new(request.origin, method.clone(), &to);
            next.headers = request.headers.clone();
            next.language = request.language;
            (next.payload, next.is_read) = (payload.clone(), request.is_read);
            next.tries = request.tries;
            // A large answer would wait for its turn until this one has gone.
            drop(answer);
            answer = self.authorised(&next).await?;
        }
        Ok(request.origin.without_the_token(answer))
    }

    /// Sends a request with the access token, where the API wants it; after a 401 of the account's API once more with
    /// another one.
    async fn once(&self, request: &ApiRequest<'_>) -> Result<Answer, Error> {
        let origin = request.origin;
        let repeat = match request.is_read {
            true => Repeat::Safe,
            false => Repeat::OwnConnection,
        };
        let request = request.build()?;
        let token = self.token_for(origin).await?;
        let with = Credentials {
            origin: Some(origin),
            token: token.as_ref(),
            repeat,
        };
        let gate = &self.gate;
        let answer = self.send(&request, with, ANSWER_LIMIT, gate).await?;
        let Some(refused) = token.as_ref() else {
            return Ok(answer);
        };
        if answer.status != 401 || !origin.is_own {
            return Ok(answer);
        }
        match self.replacement(refused).await? {
            Some(token) => {
                drop(answer);
                let with = Credentials {
                    token: Some(&token),
                    ..with
                };
                self.send(&request, with, ANSWER_LIMIT, gate).await
            }
            None => Ok(answer),
        }
    }

    /// The token that goes to an API; none where it wants none.
    async fn token_for(&self, origin: &ApiOrigin) -> Result<Option<AccessToken>, Error> {
        match origin.token {
            TokenPlace::None => Ok(None),
            _ => Ok(Some(self.tokens.access_token().await?)),
        }
    }

    /// Another token after a 401; none where the session says that none would help.
    async fn replacement(&self, refused: &AccessToken) -> Result<Option<AccessToken>, Error> {
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
        with: Credentials<'_>,
        limit: usize,
        gate: &Semaphore,
    ) -> Result<Answer, Error> {
        // The gate is never closed.
        let _permit = gate.acquire().await;
        let exchanged = self.exchanged(request, with, limit);
        match limit == ANSWER_LIMIT {
            true => watched(request, exchanged).await,
            // There are many pictures to each answer.
            false => exchanged.await,
        }
    }

    async fn exchanged(
        &self,
        request: &Request,
        with: Credentials<'_>,
        limit: usize,
    ) -> Result<Answer, Error> {
        let (mut response, nonce) = self.send_once(request, with, None).await?;
        if nonce.is_some() {
            (response, _) = self.send_once(request, with, nonce.as_deref()).await?;
        }
        let large = (limit == ANSWER_LIMIT).then_some(&self.large);
        let mut answer = Answer::read(response, limit, large).await?;
        // Where it was sent the token may stand in the address.
        answer.address = request.url().clone();
        let of_the_origin = with.origin.map_or(&[][..], |origin| &origin.secrets);
        let token = with.token.map(|token| &token.secret);
        answer.secrets = token.into_iter().chain(of_the_origin).cloned().collect();
        Ok(answer)
    }

    /// GETs a picture: with what goes along to an API where it is one's own, with nothing where it is not.
    pub(crate) async fn picture(
        &self,
        url: &Url,
        headers: &HeaderMap,
        origin: Option<&ApiOrigin>,
    ) -> Result<Answer, Error> {
        self.start.over().await;
        let mut request = Request::new(Method::GET, url.clone());
        if let Some(origin) = origin {
            *request.headers_mut() = origin.headers.clone();
            let _ = request.headers_mut().remove(CONTENT_TYPE);
        }
        let _ = request.headers_mut().insert(ACCEPT, PICTURES);
        request.headers_mut().extend(headers.clone());
        *request.timeout_mut() = Some(self.timeouts.picture);
        let token = match origin {
            Some(origin) => self.token_for(origin).await?,
            None => None,
        };
        let with = Credentials {
            origin,
            token: token.as_ref(),
            repeat: Repeat::Safe,
        };
        let (limit, gate) = (IMAGE_LIMIT, &self.images_gate);
        let answer = self.send(&request, with, limit, gate).await?;
        if let Some(refused) = token.as_ref().filter(|_| answer.status == 401)
            && origin.is_some_and(|origin| origin.is_own)
            && let Some(token) = self.replacement(refused).await?
        {
            let with = Credentials {
                token: Some(&token),
                ..with
            };
            return self.send(&request, with, limit, gate).await;
        }
        Ok(answer)
    }

    /// Sends a request with what authorises it. Returns the nonce that the API wants to see first, if it does.
    async fn send_once(
        &self,
        request: &Request,
        with: Credentials<'_>,
        nonce: Option<&str>,
    ) -> Result<(Response<'_>, Option<String>), Error> {
        let response = self.connections.exchange(with.repeat, || {
            let unread = || Error::Refused("a request that is read once".to_owned());
            let mut request = request.try_clone().ok_or_else(unread)?;
            if let (Some(origin), Some(token)) = (with.origin, with.token) {
                origin.token.put(&mut request, token, nonce)?;
            }
            Ok::<_, Error>(request)
        });
        let response = response.await?;
        let answer = (response.status(), response.headers());
        let token = with.token;
        let wanted = token.and_then(|token| token.nonce_wanted(request.url(), answer, nonce));
        Ok((response, wanted))
    }
}

/// Says whether the API serves: one that answers at all is there, unless it says itself that it is not.
fn tell(address: &Url, outcome: &Result<Answer, Error>) {
    let host = event::host_of(address);
    let why = match outcome {
        Ok(answer) if matches!(answer.status, 502..=504) => format!("HTTP {}", answer.status),
        Err(error @ (Error::Network(_) | Error::Captive(_))) => event::words(error),
        // It has not been asked.
        Err(Error::Session(_) | Error::Refused(_)) => return,
        Ok(_) | Err(_) => return event::api_answered(&host),
    };
    event::tell(Event::ApiUnreachable { host, why });
}
