//! One exchange over HTTP, with every limit that keeps a bad server from hurting us.

use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use device_flow::net;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Certificate, Response, redirect};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::api_message;
use super::retry::Failure;
use crate::api::{Error, Unreachable};
use crate::config::trust_anchors;

/// From so many bytes on an answer is held, and read as JSON, while no other of that size is: together they would
/// need the memory of each.
pub(crate) const LARGE: usize = 1024 * 1024;

/// How long we wait for others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of an answer.
    pub read: Duration,
    /// For a whole answer, so that a trickle cannot hold a row for ever.
    pub total: Duration,
    /// For a whole picture: a card does without.
    pub picture: Duration,
    /// Before the second try of a request, see `retry`.
    pub pause: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
            picture: Duration::from_secs(20),
            pause: Duration::from_millis(400),
        }
    }
}

/// The certificates in `ca_file` (PEM), to be trusted beside those of the system.
///
/// # Errors
/// [`Error::Network`] when it cannot be read or holds no certificate.
pub(crate) fn extra_roots(ca_file: Option<&Path>) -> Result<Vec<Certificate>, Error> {
    ca_file.map_or(Ok(Vec::new()), |path| {
        let certificates = trust_anchors(path).certificates();
        certificates.map_err(|error| Error::Network(error.to_string().into()))
    })
}

/// Sets up connections. Slow: it reads the certificates of the system.
///
/// # Errors
/// [`Error::Network`] when TLS cannot be set up, as on a box without CA certificates.
pub(crate) fn client(
    extra_roots: Vec<Certificate>,
    timeouts: Timeouts,
) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("vestibule/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .proxy(net::proxy_of_the_environment())
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
        .timeout(timeouts.total);
    // Merging makes the verifier another one; without an extra anchor the usual one stays.
    if !extra_roots.is_empty() {
        builder = builder.tls_certs_merge(extra_roots);
    }
    builder.build().map_err(network)
}

/// What an answer is, once read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Where it came from.
    pub address: Url,
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, where sent.
    pub content_type: Option<String>,
    /// `Location` of a redirect.
    pub location: Option<Url>,
    /// Seconds to wait by `Retry-After`, which may also be a date (RFC 9110 section 10.2.3).
    pub retry_after: Option<u64>,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The turn of a large body, for as long as it is there.
    pub _turn: Option<OwnedSemaphorePermit>,
}

impl Answer {
    /// Reads an answer, at most `limit` bytes of it; of a large one no more than its beginning before it is its turn
    /// among `large` ones.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as the limit is passed, [`Error::Network`] when it breaks off.
    pub(crate) async fn read(
        mut response: Response,
        limit: usize,
        large: Option<&Arc<Semaphore>>,
    ) -> Result<Self, NoAnswer> {
        let too_large = NoAnswer::from(Error::TooLarge { limit });
        let announced = response.content_length().unwrap_or_default();
        if announced > limit as u64 {
            return Err(too_large);
        }
        let address = response.url().clone();
        let headers = response.headers().clone();
        let location = header(&headers, &LOCATION).and_then(|to| address.join(to).ok());
        let content_type = header(&headers, &CONTENT_TYPE).map(str::to_owned);
        // What is left of a second counts as a whole one: too early is a refusal more.
        let whole = |wait: Duration| wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let retry_after = net::retry_after(&headers, SystemTime::now()).map(whole);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let mut turn = None;
        while let Some(chunk) = response.chunk().await.map_err(NoAnswer::of)? {
            if body.len() + chunk.len() > limit {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
            if body.len() > LARGE
                && turn.is_none()
                && let Some(large) = large
            {
                // The semaphore is never closed.
                turn = large.clone().acquire_owned().await.ok();
            }
        }
        Ok(Self {
            address,
            status,
            content_type,
            location,
            retry_after,
            headers,
            body,
            _turn: turn,
        })
    }

    /// Whether the status is 2xx.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status is a redirect.
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Whether this is a web page, by its type or, without one, by its first character.
    pub(crate) fn is_page(&self) -> bool {
        match &self.content_type {
            Some(kind) => {
                let kind = kind.trim_start().to_ascii_lowercase();
                kind.starts_with("text/html") || kind.starts_with("application/xhtml")
            }
            None => self.body.trim_ascii_start().starts_with(b"<"),
        }
    }

    /// Whether a captive portal between us and the API answered, as a hotel network does: with a redirect
    /// to elsewhere, a page in place of data, or the status made for it (RFC 6585 section 6).
    pub(crate) fn is_captive(&self) -> bool {
        let leads_away = self.is_redirect()
            && self
                .location
                .as_ref()
                .is_some_and(|to| to.origin() != self.address.origin());
        self.status == 511 || leads_away || (self.is_success() && self.is_page())
    }

    /// The answer of a call that had to succeed.
    ///
    /// # Errors
    /// [`Error::Captive`] and [`Error::Status`].
    pub(crate) fn succeeded(self) -> Result<Self, Error> {
        if self.is_captive() {
            return Err(Error::Captive);
        }
        if !self.is_success() {
            return Err(Error::Status {
                status: self.status,
                retry_after: self.retry_after,
                message: api_message::of(&self),
            });
        }
        Ok(self)
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &reqwest::header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A request that was not answered.
#[derive(Debug)]
pub(crate) struct NoAnswer {
    pub error: Error,
    /// What the error means for a further try.
    pub failure: Failure,
}

impl NoAnswer {
    /// What the library says.
    pub(crate) fn of(error: reqwest::Error) -> Self {
        let failure = if error.is_timeout() || error.is_builder() {
            Failure::Final
        } else if error.is_connect() {
            Failure::Unsent
        } else if error.is_decode() && !is_of_the_connection(&error) {
            Failure::Final
        } else {
            Failure::Broken
        };
        Self {
            error: network(error),
            failure,
        }
    }
}

impl From<Error> for NoAnswer {
    fn from(error: Error) -> Self {
        Self {
            error,
            failure: Failure::Final,
        }
    }
}

impl From<NoAnswer> for Error {
    fn from(none: NoAnswer) -> Self {
        none.error
    }
}

/// Whether it is the connection that failed in the middle of a compressed answer, and not what was compressed.
fn is_of_the_connection(error: &reqwest::Error) -> bool {
    let mut next = error.source();
    while let Some(cause) = next {
        if cause.is::<hyper::Error>() {
            return true;
        }
        // What decompresses hides its cause in an error of its own.
        next = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .map(|inner| inner as &(dyn std::error::Error + 'static))
            .or_else(|| cause.source());
    }
    false
}

/// The innermost cause in the words of the library, without the address.
pub(crate) fn network(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let detail = match error.is_timeout() {
        true => "no answer in time".to_owned(),
        false => net::deepest_cause(&error),
    };
    Error::Network(Unreachable::of(error, detail))
}
