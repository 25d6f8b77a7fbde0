//! The way to the server: one request, one bounded reply, no surprises.
//!
//! No redirect is followed but that of a public document within its server, no body over 1 MiB is read, nothing
//! but https leaves this device (loopback apart), and every failure is named by the part of the way that failed.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::{Request, header};
use secrecy::SecretString;
use tracing::{Instrument, Span};
use url::Url;

use super::dpop::{self, INVALID_DPOP_PROOF, Key, Role, USE_DPOP_NONCE};
use super::wire::{self, Reply};
use super::{Error, secret};
use crate::config::ClientConfig;

mod connections;
pub(crate) mod failure;
mod proxy;
pub mod reach;
mod reply;
pub(crate) mod server_clock;
pub mod span;
mod trust;

pub use super::address::is_loopback;
pub use connections::{BodyError, Connections, Repeat, Response, Settings};
pub use failure::deepest as deepest_cause;
pub use proxy::proxy_of_the_environment;
use reply::read;
pub use reply::retry_after;
pub(crate) use reply::unexpected;
use server_clock::ServerClock;
pub use trust::TrustAnchors;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);
/// Moves of a document within one server that are followed.
const MOST_MOVES: usize = 3;

/// How a request proves who sends it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Credentials<'a> {
    /// Not at all, or in the form.
    None,
    /// A client identifier and secret (RFC 6749 section 2.3.1).
    Basic(&'a str, &'a SecretString),
    /// An access token with its type.
    Token(&'a str, &'a SecretString),
}

/// The way to an authorization server and to what it names.
#[derive(Debug)]
pub(crate) struct Http {
    connections: Connections,
    /// For a whole exchange, from the connection to the last byte.
    limit: Duration,
    /// The time as the server tells it.
    pub(crate) server_clock: Arc<ServerClock>,
}

impl Http {
    pub(crate) fn new(config: &ClientConfig) -> Self {
        Self {
            connections: Connections::new(Settings {
                user_agent: config.user_agent.clone(),
                trust_anchors: config.trust_anchors.clone(),
                clock_floor: config.clock_floor,
                connect_timeout: CONNECT_TIMEOUT,
                read_timeout: None,
                timeout: TOTAL_TIMEOUT,
                // Replies are short.
                compressed: false,
            }),
            limit: TOTAL_TIMEOUT,
            server_clock: Arc::new(ServerClock::new(config.clock_floor)),
        }
    }

    /// As [`Connections::close`].
    pub(crate) fn close_connections(&self) {
        self.connections.close();
    }

    /// Reads what a connection to this address needs.
    pub(crate) async fn make_ready(&self, url: &Url) -> Result<(), Error> {
        check(url)?;
        self.connections.make_ready(url).await
    }

    /// GETs a document.
    pub(crate) async fn get(
        &self,
        url: &Url,
        credentials: Credentials<'_>,
    ) -> Result<Reply, Error> {
        self.get_proved(url, credentials, None).await
    }

    /// GETs a public document, which may have moved within its server.
    pub(crate) async fn document(&self, url: &Url) -> Result<Reply, Error> {
        let mut reply = self.fresh(url).await?;
        for _ in 0..MOST_MOVES {
            match reply.moved_to.take() {
                Some(there) => reply = self.fresh(&there).await?,
                None => break,
            }
        }
        Ok(reply)
    }

    /// GETs what no cache on the way has kept (RFC 9111 section 5.2.1.4): whoever asks has one of its own.
    async fn fresh(&self, url: &Url) -> Result<Reply, Error> {
        let mut request = Request::new(Method::GET, url.clone());
        let no_cache = header::HeaderValue::from_static("no-cache");
        let _ = request
            .headers_mut()
            .insert(header::CACHE_CONTROL, no_cache);
        self.exchange(request, Repeat::Safe, Credentials::None, None)
            .await
    }

    /// GETs a document, with a proof of `key` where the token is bound to it.
    pub(crate) async fn get_proved(
        &self,
        url: &Url,
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        let request = Request::new(Method::GET, url.clone());
        self.exchange(request, Repeat::Safe, credentials, key).await
    }

    /// POSTs a form, with a proof of `key` if there is one. Never follows a redirect: the form would go to another host.
    /// `limit` is for an answer that is worth a longer wait than others.
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        repeat: Repeat,
        credentials: Credentials<'_>,
        key: Option<&Key>,
        limit: Option<Duration>,
    ) -> Result<Reply, Error> {
        let mut request = Request::new(Method::POST, url.clone());
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        *request.body_mut() = Some(form.into());
        *request.timeout_mut() = limit;
        let kind = header::HeaderValue::from_static("application/x-www-form-urlencoded");
        let _ = request.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.exchange(request, repeat, credentials, key).await
    }

    /// One request, or two: a server that wants a nonce in the proof has not looked at the first
    /// (RFC 9449 section 8), and one that found the time in it wrong has just told the right one.
    async fn exchange(
        &self,
        mut request: Request,
        repeat: Repeat,
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        check(request.url())?;
        let limit = request.timeout().copied().unwrap_or(self.limit);
        *request.timeout_mut() = Some(limit);
        request.headers_mut().extend([
            (
                header::ACCEPT,
                header::HeaderValue::from_static("application/json"),
            ),
            // Replies are short. Servers that pack them unasked exist all the same.
            (
                header::ACCEPT_ENCODING,
                header::HeaderValue::from_static("identity"),
            ),
        ]);
        let told = self.server_clock.now().is_some();
        if let Some(key) = key {
            key.follow(&self.server_clock);
        }
        let (reply, nonce) = self.send(&request, repeat, credentials, key, None).await?;
        if key.is_none() {
            return Ok(reply);
        }
        let with_token = matches!(credentials, Credentials::Token(..));
        let code = wire::error_code(&reply);
        let nonce = nonce.filter(|_| with_token || code.as_deref() == Some(USE_DPOP_NONCE));
        let learnt = !told
            && self.server_clock.now().is_some()
            && code.as_deref() == Some(INVALID_DPOP_PROOF);
        if nonce.is_none() && !learnt {
            return Ok(reply);
        }
        let again = self.send(&request, repeat, credentials, key, nonce.as_deref());
        Ok(again.await?.0)
    }

    /// Sends a request with its credentials and proof, in a span of its own. Polls have none: there may be hundreds of
    /// them to one sign-in.
    async fn send(
        &self,
        request: &Request,
        repeat: Repeat,
        credentials: Credentials<'_>,
        key: Option<&Key>,
        nonce: Option<&str>,
    ) -> Result<(Reply, Option<String>), Error> {
        let span = match repeat {
            Repeat::Never => Span::none(),
            Repeat::Safe | Repeat::OwnConnection => span::request(request.method(), request.url()),
        };
        let sent = self.send_unwatched(request, repeat, credentials, key, nonce);
        let outcome = sent.instrument(span.clone()).await;
        match &outcome {
            Ok((reply, _)) => span::answered(&span, reply.status),
            Err(error) => span::unanswered(&span, error),
        }
        outcome
    }

    /// Sends a request with its credentials and proof. Returns the reply, and the nonce it may want.
    async fn send_unwatched(
        &self,
        request: &Request,
        repeat: Repeat,
        credentials: Credentials<'_>,
        key: Option<&Key>,
        nonce: Option<&str>,
    ) -> Result<(Reply, Option<String>), Error> {
        let (method, url) = (request.method(), request.url());
        let response = self.connections.exchange(repeat, || {
            let headers = authorize(credentials, key, (method.as_str(), url), nonce)?;
            let unread = || Error::Misconfigured("a form that is read once".to_owned());
            let mut request = request.try_clone().ok_or_else(unread)?;
            request.headers_mut().extend(headers);
            Ok::<_, Error>(request)
        });
        let response = response.await?;
        let status = response.status();
        tracing::debug!(address = %bare(response.url()), status, "answered");
        let role = role_of(credentials);
        let wanted = key.and_then(|key| key.heard(role, url, (status, response.headers()), nonce));
        let reply = read(response).await?;
        // Answers to a POST only: those to a GET may come from a cache, with the date they were made.
        if method == Method::POST {
            self.server_clock.heard(reply.date);
        }
        Ok((reply, wanted))
    }
}

/// Refuses addresses that would send secrets over the network in the clear.
pub(crate) fn check(url: &Url) -> Result<(), Error> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        _ => Err(Error::Misconfigured(format!(
            "{}: only https addresses are used, except on this machine itself",
            bare(url)
        ))),
    }
}

/// The address without user, query and fragment: what may stand in an error or a log.
pub(crate) fn bare(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// Which kind of server is asked.
fn role_of(credentials: Credentials<'_>) -> Role {
    match credentials {
        Credentials::Token(..) => Role::Resource,
        Credentials::None | Credentials::Basic(..) => Role::Authorization,
    }
}

/// The headers that say who sends a request.
fn authorize(
    credentials: Credentials<'_>,
    key: Option<&Key>,
    (method, url): (&str, &Url),
    nonce: Option<&str>,
) -> Result<header::HeaderMap, Error> {
    Ok(match (credentials, key) {
        (Credentials::Token(kind, token), key) => {
            dpop::authorization(kind, token, key, (method, url), nonce)?
        }
        (Credentials::None | Credentials::Basic(..), key) => {
            let mut headers = header::HeaderMap::new();
            if let Credentials::Basic(id, secret) = credentials {
                let value = secret::basic(id, secret).map_err(|_| {
                    Error::Misconfigured("a client secret no header can carry".to_owned())
                })?;
                let _ = headers.insert(header::AUTHORIZATION, value);
            }
            if let Some(key) = key {
                headers.extend([key.prove(Role::Authorization, method, url, None, nonce)?]);
            }
            headers
        }
    })
}

#[cfg(test)]
mod tests;
