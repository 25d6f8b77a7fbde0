//! Connections to servers: kept between requests, and given up where they turn out dead.
//!
//! A server ends a kept connection when it likes, a router forgets it without a word, and a hostile server floods it
//! with frames of HTTP/2 that are no answer. So a request that may be sent twice is sent once more, on a connection of its
//! own; one that must not get lost has such a connection from the start (RFC 9110 section 9.2.2, RFC 9112 section 9.3.1);
//! a server under which a kept connection died is not asked over one for a minute; and a request that nothing came of
//! in time takes all kept connections along, so that what floods or hangs on them ends with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::Request;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use tokio::time::Instant;
use url::Url;

use super::failure::{Resolver, deepest, network};
use super::{TrustAnchors, is_loopback, proxy_of_the_environment};
use crate::{Error, NetworkError, NetworkFailure};

/// How long no connection is kept after one died.
const REST: Duration = Duration::from_secs(60);
/// How long a connection is kept that nothing is asked over.
const IDLE: Duration = Duration::from_secs(30);
/// How often a server is asked over HTTP/2 whether it is there, and how long its answer is waited for. A connection that
/// a router has forgotten, or that a server floods, ends with this while others still wait for their answers.
const PING: Duration = Duration::from_secs(5);

/// How connections are made, and how long is waited for others.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `User-Agent` (RFC 9110 section 10.1.5).
    pub user_agent: String,
    /// Trusted besides the authorities of the system.
    pub trust_anchors: Option<TrustAnchors>,
    /// A time that has passed: a clock that is before it is wrong.
    pub clock_floor: SystemTime,
    /// For a connection.
    pub connect_timeout: Duration,
    /// For the next bytes of an answer, where that is less than for the whole of it.
    pub read_timeout: Option<Duration>,
    /// For a whole exchange, from the connection to the last byte, where the request says nothing else.
    pub timeout: Duration,
    /// Whether answers are packed: with what, this library's features say. Otherwise gzip is unpacked where it comes
    /// unasked, and nothing else.
    pub compressed: bool,
}

/// Whether a request may be sent a second time when the connection dies under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It may: sending it twice does no more than sending it once.
    Safe,
    /// Not by itself. What sends it knows what to do when no answer comes, as a device grant that polls.
    Never,
    /// It may not, and its answer must not get lost: no kept connection is used, as none of those can be trusted to be
    /// there still. A refresh token that is spent for nothing ends a session.
    OwnConnection,
}

/// Connections to the servers of one purpose. Those without TLS, and their client, are apart: certificates are read when
/// the first https address is asked for, and not before.
#[derive(Debug)]
pub struct Connections {
    settings: Settings,
    clear: Pool,
    tls: Pool,
}

#[derive(Debug, Default)]
struct Pool {
    /// Keeps connections; none after a request that nothing came of.
    keeping: Mutex<Option<reqwest::Client>>,
    /// Makes one for each request.
    own: Mutex<Option<reqwest::Client>>,
    /// Whether an answer ever came: before that there is none to keep.
    answered: AtomicBool,
    /// When a kept connection died last.
    died: Mutex<Option<Instant>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    fn keeps(&self) -> bool {
        lock(&self.died).is_none_or(|died| died.elapsed() >= REST)
    }

    /// Takes note of how a request failed.
    fn failed(&self, error: &Error) {
        match error {
            Error::Network(error) if error.failure == NetworkFailure::Timeout => {
                *lock(&self.keeping) = None;
            }
            Error::Network(error) if error.failure == NetworkFailure::Interrupted => {
                *lock(&self.died) = Some(Instant::now());
            }
            _ => {}
        }
    }
}

impl Connections {
    /// Opens none and reads nothing yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            clear: Pool::default(),
            tls: Pool::default(),
        }
    }

    /// Reads what connections to this address need, so that the first is there sooner.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where TLS cannot be set up.
    pub async fn make_ready(&self, url: &Url) -> Result<(), Error> {
        self.client(url, true).await.map(drop)
    }

    /// Closes each kept connection once its request has been answered, and its buffers go with it: what was sent last is in
    /// those as long as a connection waits for its next request.
    pub fn close(&self) {
        for pool in [&self.clear, &self.tls] {
            *lock(&pool.keeping) = None;
        }
    }

    /// Sends what `request` makes, and once more where `repeat` allows that and the connection died under it. Each is made
    /// anew: a proof of a key is good for one request (RFC 9449 section 11.1).
    ///
    /// # Errors
    /// What `request` says; [`Error::Network`] where no answer came; [`Error::Misconfigured`] where TLS cannot be set up.
    pub async fn exchange<E: From<Error>>(
        &self,
        repeat: Repeat,
        request: impl Fn() -> Result<Request, E>,
    ) -> Result<Response<'_>, E> {
        let first = request()?;
        let pool = self.pool(first.url());
        let kept = repeat != Repeat::OwnConnection && pool.keeps();
        let error = match self.send(first, kept).await {
            Err(error) => error,
            Ok(response) => return Ok(response),
        };
        let died =
            matches!(&error, Error::Network(error) if error.failure == NetworkFailure::Interrupted);
        // Asked afterwards: the connection may have been kept by a request that was answered while this one waited.
        let was_kept = kept && pool.answered.load(Ordering::Relaxed);
        if !(was_kept && died && repeat == Repeat::Safe) {
            return Err(error.into());
        }
        tracing::debug!(%error, "asking once more, on a connection of its own");
        Ok(self.send(request()?, false).await?)
    }

    async fn send(&self, request: Request, kept: bool) -> Result<Response<'_>, Error> {
        let pool = self.pool(request.url());
        let client = self.client(request.url(), kept).await?;
        match client.execute(request).await {
            Ok(inner) => {
                pool.answered.store(true, Ordering::Relaxed);
                Ok(Response {
                    inner,
                    pool,
                    clock_floor: self.settings.clock_floor,
                })
            }
            Err(error) => {
                let error = network(error, self.settings.clock_floor).into();
                pool.failed(&error);
                Err(error)
            }
        }
    }

    fn pool(&self, url: &Url) -> &Pool {
        match is_clear(url) {
            true => &self.clear,
            false => &self.tls,
        }
    }

    async fn client(&self, url: &Url, kept: bool) -> Result<reqwest::Client, Error> {
        let (pool, clear) = (self.pool(url), is_clear(url));
        let client = match kept {
            true => &pool.keeping,
            false => &pool.own,
        };
        if let Some(client) = &*lock(client) {
            return Ok(client.clone());
        }
        let settings = self.settings.clone();
        // Reading the system's certificates takes some tens of milliseconds of disk and parsing.
        let made = tokio::task::spawn_blocking(move || settings.client(clear, kept))
            .await
            .map_err(|error| Error::Misconfigured(format!("TLS set-up failed: {error}")))??;
        Ok(lock(client).get_or_insert(made).clone())
    }
}

/// Whether it goes without TLS and without a proxy: to this machine itself.
fn is_clear(url: &Url) -> bool {
    url.scheme() == "http" && is_loopback(url)
}

impl Settings {
    fn client(&self, clear: bool, kept: bool) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder()
            .user_agent(&self.user_agent)
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(PING)
            .http2_keep_alive_while_idle(true)
            .dns_resolver(Resolver);
        if let Some(limit) = self.read_timeout {
            builder = builder.read_timeout(limit);
        }
        if !self.compressed {
            builder = builder.no_brotli().no_zstd().no_deflate();
        }
        if !kept {
            builder = builder.pool_max_idle_per_host(0);
        }
        builder = match clear {
            true => builder.no_proxy().tls_certs_only([]),
            false => builder.proxy(proxy_of_the_environment()),
        };
        // Merging makes the verifier another one; without an anchor of one's own the usual one stays.
        if let Some(anchors) = self.trust_anchors.as_ref().filter(|_| !clear) {
            builder = builder.tls_certs_merge(anchors.certificates()?);
        }
        builder.build().map_err(|error| {
            Error::Misconfigured(format!("TLS set-up failed: {}", deepest(&error)))
        })
    }
}

/// The head of an answer, and its body as far as it has come.
#[derive(Debug)]
pub struct Response<'a> {
    inner: reqwest::Response,
    pool: &'a Pool,
    clock_floor: SystemTime,
}

/// Why a body is not all there.
#[derive(Debug)]
pub enum BodyError {
    /// It is larger than is read.
    TooLarge,
    /// It broke off.
    Network(NetworkError),
}

impl Response<'_> {
    /// HTTP status.
    pub fn status(&self) -> u16 {
        self.inner.status().as_u16()
    }

    /// Where it came from.
    pub fn url(&self) -> &Url {
        self.inner.url()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        self.inner.headers()
    }

    /// Adds the next bytes of the body to `body`, which never holds more than `limit`. False at its end.
    ///
    /// # Errors
    /// See [`BodyError`]; one that is announced as too large is not begun.
    pub async fn read_into(&mut self, body: &mut Vec<u8>, limit: usize) -> Result<bool, BodyError> {
        let room = limit.saturating_sub(body.len());
        let announced = self.inner.content_length().unwrap_or_default();
        if body.is_empty() && announced > room as u64 {
            return Err(BodyError::TooLarge);
        }
        match self.inner.chunk().await {
            Ok(Some(more)) if more.len() > room => Err(BodyError::TooLarge),
            Ok(Some(more)) => {
                body.extend_from_slice(&more);
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(error) => {
                let error = network(error, self.clock_floor);
                self.pool.failed(&error.clone().into());
                Err(BodyError::Network(error))
            }
        }
    }
}

#[cfg(test)]
mod tests;
