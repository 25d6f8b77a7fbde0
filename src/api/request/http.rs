//! One exchange over HTTP, with every limit that keeps a bad server from hurting us.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use device_flow::net::{self, BodyError, Connections, Response, Settings, TrustAnchors};
use device_flow::wire::is_web_page;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, LOCATION};
use secrecy::SecretString;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::api_message;
use crate::api::Error;
use crate::config;
use crate::host::clock::build_day;
use crate::host::log;

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
pub(crate) fn trust_anchors(ca_file: Option<&Path>) -> Result<Option<TrustAnchors>, Error> {
    let anchors = ca_file.map(config::trust_anchors);
    if let Some(anchors) = &anchors {
        let _ = anchors.certificates()?;
    }
    Ok(anchors)
}

/// Connections to an API and to what it names. Opens none yet.
/// `user_agent` is what they are told of who asks.
pub(crate) fn connections(
    user_agent: String,
    trust_anchors: Option<TrustAnchors>,
    timeouts: Timeouts,
) -> Connections {
    Connections::new(Settings {
        user_agent,
        trust_anchors,
        clock_floor: build_day(),
        connect_timeout: timeouts.connect,
        read_timeout: Some(timeouts.read),
        timeout: timeouts.total,
        compressed: true,
    })
}

/// What an answer is, once read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Where it came from.
    pub address: Url,
    /// HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The secrets that were sent along, which the API may repeat.
    pub secrets: Vec<SecretString>,
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
        mut response: Response<'_>,
        limit: usize,
        large: Option<&Arc<Semaphore>>,
    ) -> Result<Self, Error> {
        let mut body = Vec::new();
        let mut turn = None;
        loop {
            match response.read_into(&mut body, limit).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(BodyError::TooLarge) => return Err(Error::TooLarge { limit }),
                Err(BodyError::Network(error)) => {
                    return Err(device_flow::Error::from(error).into());
                }
            }
            if body.len() > LARGE
                && turn.is_none()
                && let Some(large) = large
            {
                // The semaphore is never closed.
                turn = large.clone().acquire_owned().await.ok();
            }
        }
        Ok(Self {
            address: response.url().clone(),
            status: response.status(),
            headers: response.headers().clone(),
            body,
            secrets: Vec::new(),
            _turn: turn,
        })
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `Content-Type`, where sent.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.header(&CONTENT_TYPE)
    }

    /// Where a redirect leads.
    pub(crate) fn redirect(&self) -> Option<Url> {
        let to = self.header(&LOCATION).filter(|_| self.is_redirect())?;
        self.address.join(to).ok()
    }

    /// Seconds to wait by `Retry-After`. What is left of a second counts as a whole one: too early is a refusal more.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        let wait = net::retry_after(&self.headers, SystemTime::now())?;
        Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    }

    /// Whether the status is 2xx.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status is a redirect.
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Whether a captive portal between us and the API answered, as a hotel network does: with a redirect
    /// to elsewhere, a page in place of data, or the status made for it (RFC 6585 section 6).
    pub(crate) fn is_captive(&self) -> bool {
        let leads_away = self
            .redirect()
            .is_some_and(|to| to.origin() != self.address.origin());
        let is_page = || is_web_page(self.content_type(), &self.body);
        self.status == 511 || leads_away || (self.is_success() && is_page())
    }

    /// The error where [`Answer::is_captive`], with what answered.
    pub(crate) fn captive(&self) -> Error {
        let what = match self.redirect() {
            Some(to) => format!("a redirect to {}", log::address(&to)),
            None if is_web_page(self.content_type(), &self.body) => "a web page".to_owned(),
            None => "no data".to_owned(),
        };
        let (status, at) = (self.status, log::address(&self.address));
        Error::Captive(api_message::without_secrets(
            self,
            format!("HTTP {status} at {at} with {what}"),
        ))
    }

    /// What a redirect that is not followed says, where this is one.
    pub(crate) fn redirect_in_words(&self) -> Option<String> {
        let to = log::address(&self.redirect()?);
        let words = format!("a redirect to {to}, which is not followed");
        Some(api_message::without_secrets(self, words))
    }

    /// The answer of a call that had to succeed.
    ///
    /// # Errors
    /// [`Error::Captive`] and [`Error::Status`].
    pub(crate) fn succeeded(self) -> Result<Self, Error> {
        if self.is_captive() {
            return Err(self.captive());
        }
        if !self.is_success() {
            return Err(Error::Status {
                status: self.status,
                retry_after: self.retry_after(),
                message: api_message::of(&self),
            });
        }
        Ok(self)
    }
}
