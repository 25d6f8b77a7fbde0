//! The way to the server: one request, one bounded reply, no surprises.
//!
//! No redirect is followed, no body over 1 MiB is read, nothing but https leaves this box (loopback
//! apart), and every failure is named by the part of the way that failed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::Method;
use reqwest::header;
use reqwest::redirect::Policy;
use secrecy::SecretString;
use tokio::sync::OnceCell;
use url::Url;

use super::dpop::{self, Key, Role};
use super::http_failure::{Resolver, network};
use super::pace::DAY;
use super::server_clock::ServerClock;
use super::{Error, NetworkFailure, secret, wire};
use crate::config::is_loopback;

/// No honest reply of an authorization server is larger.
const LARGEST_BODY: usize = 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(15);

/// How a request proves who sends it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Credentials<'a> {
    /// Not at all, or in the form.
    None,
    /// A client identifier and secret (RFC 6749 section 2.3.1).
    Basic(&'a str, &'a SecretString),
    /// An access token with its type.
    Token(&'a str, &'a SecretString),
}

/// What came back.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    /// `Retry-After`, as a wait.
    pub(super) retry_after: Option<Duration>,
    /// `Date`, where the server proved who it is: plain HTTP tells no time.
    pub(super) date: Option<SystemTime>,
    /// Host of `Location`, where the reply is a redirect.
    pub(super) redirect: Option<String>,
    pub(super) body: Vec<u8>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Reply {
    /// What kind of answer this is, for a person; never what it says.
    pub(super) fn describe(&self) -> String {
        if let Some(host) = &self.redirect {
            return format!("a redirect to {host}, which is not followed");
        }
        match self.start() {
            None => "an empty body".to_owned(),
            Some(b'{' | b'[') => "JSON without the members that belong there".to_owned(),
            Some(_) if self.is_page() => "an HTML page".to_owned(),
            Some(_) => "a body that is not JSON".to_owned(),
        }
    }

    /// Whether this is what a browser is sent: a redirect, or an HTML page.
    pub(super) fn is_page(&self) -> bool {
        let html = self.content_type.as_deref().is_some_and(|kind| {
            let kind = kind.to_ascii_lowercase();
            kind.starts_with("text/html") || kind.starts_with("application/xhtml")
        });
        (300..400).contains(&self.status)
            || match self.start() {
                // Some servers call their JSON HTML.
                None | Some(b'{' | b'[') => false,
                Some(first) => html || first == b'<',
            }
    }

    /// The first byte that is no space.
    fn start(&self) -> Option<u8> {
        let mut bytes = self.body.iter().copied();
        bytes.find(|byte| !byte.is_ascii_whitespace())
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Clients of three kinds of address, each built at its first use.
#[derive(Debug)]
pub(super) struct Http {
    ca_file: Option<PathBuf>,
    /// For a whole exchange, from the connection to the last byte.
    limit: Duration,
    /// The time as the server tells it.
    pub(super) server_clock: Arc<ServerClock>,
    /// Without TLS. Loads no certificates: it is the demo's start-up path.
    clear: OnceCell<reqwest::Client>,
    /// TLS to this box, past any proxy.
    near: OnceCell<reqwest::Client>,
    /// TLS to everywhere else, through the proxy of the environment.
    far: OnceCell<reqwest::Client>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Clear,
    Near,
    Far,
}

impl Http {
    pub(super) fn new(ca_file: Option<PathBuf>) -> Self {
        Self {
            ca_file,
            limit: TOTAL_TIMEOUT,
            server_clock: Arc::default(),
            clear: OnceCell::new(),
            near: OnceCell::new(),
            far: OnceCell::new(),
        }
    }

    /// The client for this address, built where this is its first use.
    pub(super) async fn client(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let way = way(url)?;
        let cell = match way {
            Way::Clear => &self.clear,
            Way::Near => &self.near,
            Way::Far => &self.far,
        };
        cell.get_or_try_init(|| async {
            let ca_file = self.ca_file.clone();
            // Reading the system's certificates takes some tens of milliseconds of disk and parsing.
            tokio::task::spawn_blocking(move || build(way, ca_file.as_deref()))
                .await
                .map_err(|error| Error::Misconfigured(format!("TLS set-up failed: {error}")))?
        })
        .await
    }

    /// GETs a document.
    pub(super) async fn get(
        &self,
        url: &Url,
        credentials: Credentials<'_>,
    ) -> Result<Reply, Error> {
        self.get_proved(url, credentials, None).await
    }

    /// GETs a document, with a proof of `key` where the token is bound to it.
    pub(super) async fn get_proved(
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
    pub(super) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        credentials: Credentials<'_>,
    ) -> Result<Reply, Error> {
        self.post_proved(url, form, credentials, None).await
    }

    /// POSTs a form, with a proof of `key` if there is one.
    pub(super) async fn post_proved(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        let request = self.client(url).await?.post(url.clone()).form(form);
        self.exchange(request.timeout(self.limit), credentials, key)
            .await
    }

    /// One request, or two: a server that wants a nonce in the proof has not looked at the first
    /// (RFC 9449 section 8), and one that found the time in it wrong has just told the right one.
    async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        credentials: Credentials<'_>,
        key: Option<&Key>,
    ) -> Result<Reply, Error> {
        let request = request.header(header::ACCEPT, "application/json");
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
        let nonce = nonce.filter(|_| with_token || wire::wants_nonce(&reply));
        let learnt = !told && self.server_clock.now().is_some() && wire::refuses_proof(&reply);
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
        let mut request = request.map_err(network)?;
        let (method, url) = (request.method().clone(), request.url().clone());
        let (role, headers) = authorize(credentials, key, (method.as_str(), &url), nonce)?;
        request.headers_mut().extend(headers);
        let response = client.execute(request).await.map_err(network)?;
        let status = response.status().as_u16();
        tracing::debug!(address = %bare(response.url()), status, "answered");
        let wanted = key.and_then(|key| key.heard(role, &url, (status, response.headers()), nonce));
        let reply = read(response).await?;
        // Answers to a POST only: those to a GET may come from a cache, with the date they were made.
        if method == Method::POST {
            self.server_clock.heard(reply.date);
        }
        Ok((reply, wanted))
    }
}

/// Refuses addresses that would send secrets over the network in the clear.
pub(super) fn check(url: &Url) -> Result<(), Error> {
    way(url).map(|_| ())
}

fn way(url: &Url) -> Result<Way, Error> {
    let loopback = is_loopback(url);
    match url.scheme() {
        "https" if loopback => Ok(Way::Near),
        "https" => Ok(Way::Far),
        "http" if loopback => Ok(Way::Clear),
        _ => Err(Error::Misconfigured(format!(
            "{}: only https addresses are used, except on this machine itself",
            bare(url)
        ))),
    }
}

/// The address without user, query and fragment: what may stand in an error or a log.
pub(super) fn bare(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

fn build(way: Way, ca_file: Option<&Path>) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("vestibule/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        // Replies here are short. What is never unpacked cannot grow.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(CONNECT_TIMEOUT)
        .dns_resolver(Resolver);
    let builder = match way {
        Way::Clear => builder.no_proxy().tls_certs_only([]),
        Way::Near => builder.no_proxy(),
        Way::Far => builder,
    };
    let builder = match ca_file {
        Some(path) if way != Way::Clear => builder.tls_certs_merge(certificates(path)?),
        _ => builder,
    };
    builder
        .build()
        .map_err(|error| Error::Misconfigured(format!("TLS set-up failed: {}", deepest(&error))))
}

fn certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, Error> {
    let refuse = |why: String| Error::Misconfigured(format!("ca_file {}: {why}", path.display()));
    let pem = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    let certificates = reqwest::Certificate::from_pem_bundle(&pem)
        .map_err(|error| refuse(format!("not PEM certificates: {}", deepest(&error))))?;
    if certificates.is_empty() {
        return Err(refuse("holds no PEM certificate".to_owned()));
    }
    Ok(certificates)
}

fn deepest(error: &(dyn std::error::Error + 'static)) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
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

/// Reads a reply, as much of it as an honest server sends.
async fn read(mut response: reqwest::Response) -> Result<Reply, Error> {
    let status = response.status().as_u16();
    let text = |name| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let content_type = text(header::CONTENT_TYPE);
    let retry_after = text(header::RETRY_AFTER)
        .and_then(|value| retry_after(&value, text(header::DATE).as_deref()));
    let date = text(header::DATE)
        .filter(|_| response.url().scheme() == "https")
        .and_then(|date| httpdate::parse_http_date(&date).ok());
    let redirect = text(header::LOCATION)
        .filter(|_| (300..400).contains(&status))
        .map(|location| host_of(response.url(), &location));
    let too_large = || Error::Unexpected {
        status,
        detail: format!("a body of more than {LARGEST_BODY} bytes"),
    };
    if response
        .content_length()
        .is_some_and(|length| length > LARGEST_BODY as u64)
    {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(network)? {
        if body.len() + chunk.len() > LARGEST_BODY {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply {
        status,
        content_type,
        retry_after,
        date,
        redirect,
        body,
    })
}

/// Seconds, or a date. A date is read against the reply's own `Date`: this box's clock may be wrong.
fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    let wait = match value.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 => {
            Duration::try_from_secs_f64(seconds.min(DAY.as_secs_f64())).ok()?
        }
        Ok(_) => return None,
        Err(_) => {
            let until = httpdate::parse_http_date(value).ok()?;
            let now = httpdate::parse_http_date(date?).ok()?;
            until.duration_since(now).ok()?
        }
    };
    Some(wait.min(DAY))
}

fn host_of(from: &Url, location: &str) -> String {
    from.join(location)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| "an unreadable address".to_owned())
}

/// For a refusal to build on a reply: what stood where something else belongs.
pub(super) fn unexpected(reply: &Reply, what: &str) -> Error {
    match reply.status {
        407 | 408 | 425 | 429 | 500..=599 => Error::Network {
            failure: NetworkFailure::Unavailable,
            detail: format!("{what}: HTTP {} with {}", reply.status, reply.describe()),
        },
        status => Error::Unexpected {
            status,
            detail: format!("{what}: {}", reply.describe()),
        },
    }
}

#[cfg(test)]
mod tests;
