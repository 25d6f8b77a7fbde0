//! The way to the collector: over [`Connections`] like every other request of the program, so with its trust, its proxy
//! and its limits. Headers of the owner go along; headers and addresses out of the environment do not.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use device_flow::net::{self, BodyError, Connections, Repeat, Settings, deepest_cause};
use device_flow::wire::is_web_page;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;
use url::Url;

use super::Error;
use crate::config;
use crate::host::clock::build_day;

/// For a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// For a whole exchange.
const TOTAL: Duration = Duration::from_secs(10);
/// What is read of an answer, in which nothing stands that is used.
const LIMIT: usize = 16 * 1024;

/// The collector.
#[derive(Debug)]
pub(super) struct Collector {
    connections: Connections,
    headers: HeaderMap,
    host: String,
    /// Why what was sent last was not taken.
    refusal: Mutex<Option<Refusal>>,
}

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// In words for the log.
    pub(super) why: String,
    /// The pause that the collector asks for.
    pub(super) retry_after: Option<Duration>,
}

impl Refusal {
    fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            retry_after: None,
        }
    }
}

impl Collector {
    /// Opens no connection; reads the files with headers.
    pub(super) fn new(config: &config::Telemetry, user_agent: String) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in config.header_values()? {
            // Both were looked at when the configuration was read.
            if let (Ok(name), Ok(mut value)) = (
                HeaderName::try_from(name),
                HeaderValue::from_str(value.expose_secret()),
            ) {
                value.set_sensitive(true);
                let _ = headers.insert(name, value);
            }
        }
        let connections = Connections::new(Settings {
            user_agent,
            trust_anchors: config.ca_file.as_deref().map(config::trust_anchors),
            clock_floor: build_day(),
            connect_timeout: CONNECT,
            read_timeout: None,
            timeout: TOTAL,
            compressed: false,
        });
        Ok(Self {
            connections,
            headers,
            host: config
                .otlp_endpoint
                .host_str()
                .unwrap_or_default()
                .to_owned(),
            refusal: Mutex::default(),
        })
    }

    /// The collector's host, for the log.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Why something that was sent since the last look was not taken.
    pub(super) fn take_refusal(&self) -> Option<Refusal> {
        self.refusal().take()
    }

    fn refusal(&self) -> MutexGuard<'_, Option<Refusal>> {
        self.refusal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends to `url`; what is refused is remembered, with its signal.
    pub(super) async fn send(&self, url: &str, body: Bytes) -> Result<u16, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let signal = url.path_segments().and_then(|mut path| path.next_back());
        let sent = self.post(&url, body).await;
        sent.map_err(|refusal| {
            let why = format!("{}: {}", signal.unwrap_or_default(), refusal.why);
            let refusal = Refusal {
                why: why.clone(),
                ..refusal
            };
            *self.refusal() = Some(refusal);
            why
        })
    }

    async fn post(&self, url: &Url, body: Bytes) -> Result<u16, Refusal> {
        let request = || {
            let mut request = reqwest::Request::new(reqwest::Method::POST, url.clone());
            request.headers_mut().extend(self.headers.clone());
            let kind = HeaderValue::from_static("application/x-protobuf");
            let _ = request.headers_mut().insert(CONTENT_TYPE, kind);
            *request.body_mut() = Some(body.clone().into());
            Ok::<_, device_flow::Error>(request)
        };
        // The next sending is at least ten seconds away: no connection is kept.
        let answered = self.connections.exchange(Repeat::OwnConnection, request);
        let mut response = answered
            .await
            .map_err(|error| Refusal::new(deepest_cause(&error)))?;
        let status = response.status();
        let retry_after = net::retry_after(response.headers(), SystemTime::now());
        let kind = response.headers().get(CONTENT_TYPE).cloned();
        let mut answer = Vec::new();
        loop {
            match response.read_into(&mut answer, LIMIT).await {
                Ok(true) => {}
                // What is behind the limit is not missed.
                Ok(false) | Err(BodyError::TooLarge) => break,
                Err(BodyError::Network(error)) => return Err(Refusal::new(error.to_string())),
            }
        }
        let kind = kind.as_ref().and_then(|kind| kind.to_str().ok());
        match status {
            // A captive portal answers everything with its page.
            200..300 if is_web_page(kind, &answer) => Err(Refusal::new("a web page answered")),
            200..300 => Ok(status),
            _ => Err(Refusal {
                why: format!("HTTP {status}"),
                retry_after,
            }),
        }
    }
}

impl HttpClient for Collector {
    /// As the attribute of the crate async-trait has it.
    fn send_bytes<'a, 'b>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(async move {
            let url = request.uri().to_string();
            let status = self.send(&url, request.into_body()).await?;
            Ok(Response::builder().status(status).body(Bytes::new())?)
        })
    }
}
