//! One exchange over HTTP, with every limit that keeps a bad server from hurting us.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Certificate, Response, redirect};
use url::Url;

use super::{Error, words};

/// How long we wait for others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of an answer.
    pub read: Duration,
    /// For a whole answer, so that a trickle cannot hold a row for ever.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
        }
    }
}

/// Sets up connections. Slow: it reads the certificates of the system.
///
/// # Errors
/// [`Error::Network`] when TLS cannot be set up, as on a box without CA certificates.
pub(super) fn connector(
    extra_roots: Vec<Certificate>,
    patience: Patience,
) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("vestibule/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(patience.connect)
        .read_timeout(patience.read)
        .timeout(patience.total);
    // Merging makes the verifier another one; without an extra anchor the usual one stays.
    if !extra_roots.is_empty() {
        builder = builder.tls_certs_merge(extra_roots);
    }
    builder.build().map_err(network)
}

/// What an answer is, once read whole.
#[derive(Debug)]
pub(super) struct Answer {
    /// Where it came from.
    pub address: Url,
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, where sent.
    pub content_type: Option<String>,
    /// `Location` of a redirect.
    pub location: Option<Url>,
    /// `Retry-After` in seconds, where sent so.
    pub retry_after: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads an answer, at most `limit` bytes of it.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as the limit is passed, [`Error::Network`] when it breaks off.
    pub(super) async fn read(mut response: Response, limit: usize) -> Result<Self, Error> {
        let too_large = Error::TooLarge { limit };
        let announced = response.content_length().unwrap_or_default();
        if announced > limit as u64 {
            return Err(too_large);
        }
        let address = response.url().clone();
        let headers = response.headers();
        let location = header(headers, &LOCATION).and_then(|to| address.join(to).ok());
        let content_type = header(headers, &CONTENT_TYPE).map(str::to_owned);
        let retry_after = header(headers, &RETRY_AFTER).and_then(|after| after.trim().parse().ok());
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(network)? {
            if body.len() + chunk.len() > limit {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Self {
            address,
            status,
            content_type,
            location,
            retry_after,
            body,
        })
    }

    /// Whether the status is 2xx.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status is a redirect.
    pub(super) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Whether this is a web page, by its type or, without one, by its first character.
    pub(super) fn is_page(&self) -> bool {
        match &self.content_type {
            Some(kind) => {
                let kind = kind.trim_start().to_ascii_lowercase();
                kind.starts_with("text/html") || kind.starts_with("application/xhtml")
            }
            None => self.body.trim_ascii_start().starts_with(b"<"),
        }
    }

    /// Whether somebody between us and the API answered, as a hotel network does: with a redirect
    /// to elsewhere, a page in place of data, or the status made for it (RFC 6585 section 6).
    pub(super) fn is_captive(&self) -> bool {
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
    pub(super) fn succeeded(self) -> Result<Self, Error> {
        if self.is_captive() {
            return Err(Error::Captive);
        }
        if !self.is_success() {
            return Err(Error::Status {
                status: self.status,
                retry_after: self.retry_after,
                words: words::of(&self),
            });
        }
        Ok(self)
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &reqwest::header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The innermost cause in the words of the library, without the address.
pub(super) fn network(error: reqwest::Error) -> Error {
    if error.is_timeout() {
        return Error::Network("no answer in time".to_owned());
    }
    let error = error.without_url();
    let mut cause = error.to_string();
    let mut next = error.source();
    while let Some(inner) = next {
        cause = inner.to_string();
        next = inner.source();
    }
    Error::Network(cause)
}
