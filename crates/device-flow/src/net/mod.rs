//! The way to the server: one request, one bounded reply, no surprises.
//!
//! No redirect is followed but that of a public document within its server, no body over 1 MiB is read, nothing
//! but https leaves this device (loopback apart), and every failure is named by the part of the way that failed.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header;
use reqwest::redirect::Policy;
use secrecy::SecretString;
use tokio::sync::OnceCell;
use url::Url;

use super::dpop::{self, INVALID_DPOP_PROOF, Key, Role, USE_DPOP_NONCE};
use super::wire::{self, Reply};
use super::{Error, secret};
use crate::config::ClientConfig;

pub(crate) mod failure;
mod proxy;
pub mod reach;
mod reply;
pub(crate) mod server_clock;
mod trust;

pub use super::address::is_loopback;
pub use failure::deepest as deepest_cause;
use failure::{Resolver, deepest, network};
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

/// Clients of two kinds of address, each built at its first use.
#[derive(Debug)]
pub(crate) struct Http {
    trust_anchors: Option<TrustAnchors>,
    user_agent: String,
    /// For a whole exchange, from the connection to the last byte.
    limit: Duration,
    /// The time as the server tells it.
    pub(crate) server_clock: Arc<ServerClock>,
    /// Without TLS. Loads no certificates: it is the demo's start-up path.
    clear: OnceCell<reqwest::Client>,
    /// TLS, through the proxy of the environment where that is before the address.
    tls: OnceCell<reqwest::Client>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Clear,
    Tls,
}

impl Http {
    pub(crate) fn new(config: &ClientConfig) -> Self {
        Self {
            trust_anchors: config.trust_anchors.clone(),
            user_agent: config.user_agent.clone(),
            limit: TOTAL_TIMEOUT,
            server_clock: Arc::new(ServerClock::new(config.clock_floor)),
            clear: OnceCell::new(),
            tls: OnceCell::new(),
        }
    }

    /// The client for this address, built where this is its first use.
    pub(crate) async fn client(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let way = way(url)?;
        let cell = match way {
            Way::Clear => &self.clear,
            Way::Tls => &self.tls,
        };
        cell.get_or_try_init(|| async {
            let trust_anchors = self.trust_anchors.clone();
            let user_agent = self.user_agent.clone();
            // Reading the system's certificates takes some tens of milliseconds of disk and parsing.
            tokio::task::spawn_blocking(move || build(way, &user_agent, trust_anchors.as_ref()))
                .await
                .map_err(|error| Error::Misconfigured(format!("TLS set-up failed: {error}")))?
        })
        .await
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
        let request = self.client(url).await?.get(url.clone());
        let request = request.header(header::CACHE_CONTROL, "no-cache");
        self.exchange(request.timeout(self.limit), Credentials::None, None)
            .await
    }

    /// GETs a document, with a proof of `key` where the token is bound to it.
    pub(crate) async fn get_proved(
        &self,
        url: &Url,
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        let request = self.client(url).await?.get(url.clone());
        self.exchange(request.timeout(self.limit), credentials, key)
            .await
    }

    /// POSTs a form. Never follows a redirect: the form would go to another host.
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        credentials: Credentials<'_>,
    ) -> Result<Reply, Error> {
        self.post_proved(url, form, credentials, None, None).await
    }

    /// POSTs a form, with a proof of `key` if there is one. `limit` is for an answer that is worth a longer wait
    /// than others.
    pub(crate) async fn post_proved(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        credentials: Credentials<'_>,
        key: Option<&Key>,
        limit: Option<Duration>,
    ) -> Result<Reply, Error> {
        let request = self.client(url).await?.post(url.clone()).form(form);
        let request = request.timeout(limit.unwrap_or(self.limit));
        self.exchange(request, credentials, key).await
    }

    /// One request, or two: a server that wants a nonce in the proof has not looked at the first
    /// (RFC 9449 section 8), and one that found the time in it wrong has just told the right one.
    async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        let request = request
            .header(header::ACCEPT, "application/json")
            // Replies are short. Servers that pack them unasked exist all the same.
            .header(header::ACCEPT_ENCODING, "identity");
        let again = request.try_clone().filter(|_| key.is_some());
        let told = self.server_clock.now().is_some();
        if let Some(key) = key {
            key.follow(&self.server_clock);
        }
        let (reply, nonce) = self.send(request, credentials, key, None).await?;
        let Some(again) = again else {
            return Ok(reply);
        };
        let with_token = matches!(credentials, Credentials::Token(..));
        let code = wire::error_code(&reply);
        let nonce = nonce.filter(|_| with_token || code.as_deref() == Some(USE_DPOP_NONCE));
        let learnt = !told
            && self.server_clock.now().is_some()
            && code.as_deref() == Some(INVALID_DPOP_PROOF);
        if nonce.is_none() && !learnt {
            return Ok(reply);
        }
        let (reply, _) = self.send(again, credentials, key, nonce.as_deref()).await?;
        Ok(reply)
    }

    /// Sends a request with its credentials and proof. Returns the reply, and the nonce it may want.
    async fn send(
        &self,
        request: reqwest::RequestBuilder,
        credentials: Credentials<'_>,
        key: Option<&Key>,
        nonce: Option<&str>,
    ) -> Result<(Reply, Option<String>), Error> {
        let (client, request) = request.build_split();
        let mut request = request.map_err(|error| self.failed(error))?;
        let (method, url) = (request.method().clone(), request.url().clone());
        let (role, headers) = authorize(credentials, key, (method.as_str(), &url), nonce)?;
        request.headers_mut().extend(headers);
        let response = client
            .execute(request)
            .await
            .map_err(|error| self.failed(error))?;
        let status = response.status().as_u16();
        tracing::debug!(address = %bare(response.url()), status, "answered");
        let wanted = key.and_then(|key| key.heard(role, &url, (status, response.headers()), nonce));
        let reply = read(response, self.server_clock.floor()).await?;
        // Answers to a POST only: those to a GET may come from a cache, with the date they were made.
        if method == Method::POST {
            self.server_clock.heard(reply.date);
        }
        Ok((reply, wanted))
    }

    fn failed(&self, error: reqwest::Error) -> Error {
        network(error, self.server_clock.floor())
    }
}

/// Refuses addresses that would send secrets over the network in the clear.
pub(crate) fn check(url: &Url) -> Result<(), Error> {
    way(url).map(|_| ())
}

fn way(url: &Url) -> Result<Way, Error> {
    match url.scheme() {
        "https" => Ok(Way::Tls),
        "http" if is_loopback(url) => Ok(Way::Clear),
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

fn build(
    way: Way,
    user_agent: &str,
    trust_anchors: Option<&TrustAnchors>,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .redirect(Policy::none())
        .referer(false)
        // No coding is asked for. Gzip is what comes unasked, and is unpacked as far as the limit of a body.
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(CONNECT_TIMEOUT)
        .dns_resolver(Resolver);
    let builder = match way {
        Way::Clear => builder.no_proxy().tls_certs_only([]),
        Way::Tls => builder.proxy(proxy_of_the_environment()),
    };
    let builder = match trust_anchors {
        Some(anchors) if way != Way::Clear => builder.tls_certs_merge(anchors.certificates()?),
        _ => builder,
    };
    builder
        .build()
        .map_err(|error| Error::Misconfigured(format!("TLS set-up failed: {}", deepest(&error))))
}

/// The headers that say who sends a request, and to which kind of server.
fn authorize(
    credentials: Credentials<'_>,
    key: Option<&Key>,
    (method, url): (&str, &Url),
    nonce: Option<&str>,
) -> Result<(Role, header::HeaderMap), Error> {
    Ok(match (credentials, key) {
        (Credentials::Token(kind, token), key) => (
            Role::Resource,
            dpop::authorization(kind, token, key, (method, url), nonce)?,
        ),
        (Credentials::None | Credentials::Basic(..), key) => {
            let role = Role::Authorization;
            let mut headers = header::HeaderMap::new();
            if let Credentials::Basic(id, secret) = credentials {
                let value = secret::basic(id, secret).map_err(|_| {
                    Error::Misconfigured("a client secret no header can carry".to_owned())
                })?;
                let _ = headers.insert(header::AUTHORIZATION, value);
            }
            if let Some(key) = key {
                headers.extend([key.prove(role, method, url, None, nonce)?]);
            }
            (role, headers)
        }
    })
}

#[cfg(test)]
mod tests;
