//! A bad API on loopback, and sessions to call it with.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Response, header};
use futures::future::BoxFuture;
use secrecy::SecretString;
use url::Url;

use super::Client;
use crate::api::cache::ResponseCache;
use crate::api::request::api_origin::ApiOrigins;
use crate::api::request::http::Timeouts;
use crate::api::request::token_source::TokenSource;
use crate::config;
use crate::session::reveal;
use crate::session::{self, AccessToken};

/// As long as a busy machine may need for what does come.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(60),
    read: Duration::from_secs(60),
    total: Duration::from_secs(60),
    picture: Duration::from_secs(60),
    pause: Duration::from_millis(1),
};

/// Gives `token-0`, and the next number for each replacement that was not made already.
#[derive(Debug, Default, Clone)]
pub(super) struct Numbered(pub(super) Arc<tokio::sync::Mutex<usize>>);

pub(super) fn numbered(number: usize) -> AccessToken {
    AccessToken {
        secret: SecretString::from(format!("token-{number}")),
        token_type: "bearer".to_owned(),
        key: None,
    }
}

impl TokenSource for Numbered {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, session::Error>> {
        Box::pin(async { Ok(numbered(*self.0.lock().await)) })
    }

    fn replace<'a>(
        &'a self,
        refused: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, session::Error>> {
        Box::pin(async {
            let mut number = self.0.lock().await;
            if reveal(&refused.secret) == format!("token-{number}") {
                *number += 1;
            }
            Ok(numbered(*number))
        })
    }
}

/// A session whose token the API refuses, and which has no better one.
pub(super) struct Stuck;

impl TokenSource for Stuck {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, session::Error>> {
        Box::pin(async { Ok(numbered(0)) })
    }

    fn replace<'a>(
        &'a self,
        _refused: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, session::Error>> {
        Box::pin(async { Err(session::Error::Refused("no refresh token".to_owned())) })
    }
}

/// A session that is over.
pub(super) struct Over;

impl TokenSource for Over {
    fn access_token(&self) -> BoxFuture<'_, Result<AccessToken, session::Error>> {
        Box::pin(async { Err(session::Error::Ended("invalid_grant".to_owned())) })
    }

    fn replace<'a>(
        &'a self,
        _refused: &'a AccessToken,
    ) -> BoxFuture<'a, Result<AccessToken, session::Error>> {
        self.access_token()
    }
}

/// One request as the stub saw it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) token: Option<String>,
    pub(super) accept: Option<String>,
    pub(super) accept_language: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) if_none_match: Option<String>,
    pub(super) idempotency_key: Option<String>,
    pub(super) headers: axum::http::HeaderMap,
    pub(super) body: Bytes,
}

#[derive(Clone)]
pub(super) struct Stub {
    pub(super) address: SocketAddr,
    pub(super) seen: Arc<Mutex<Vec<Seen>>>,
}

pub(super) type Answering =
    Arc<dyn Fn(&Seen, usize) -> BoxFuture<'static, Response<Body>> + Send + Sync>;

impl Stub {
    /// Starts a server that answers by `answering`, which gets the request and its number.
    pub(super) async fn start<F, R>(answering: F) -> Self
    where
        F: Fn(&Seen, usize) -> R + Send + Sync + 'static,
        R: Future<Output = Response<Body>> + Send + 'static,
    {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stub = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
        };
        let answering: Answering = Arc::new(move |seen, number| Box::pin(answering(seen, number)));
        let router = Router::new()
            .fallback(answer)
            .with_state((stub.seen.clone(), answering));
        let _server = tokio::spawn(async move { axum::serve(listener, router).await });
        stub
    }

    pub(super) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn client(&self) -> Client {
        self.client_with(Box::new(Numbered::default()))
    }

    pub(super) fn client_with(&self, tokens: Box<dyn TokenSource>) -> Client {
        self.client_keeping(tokens, None)
    }

    /// A client of APIs that are configured so; `BASE` is this server.
    pub(super) fn client_of(
        &self,
        config: &str,
        tokens: Box<dyn TokenSource>,
        kept: Option<ResponseCache>,
    ) -> Client {
        let text = "[provider]\npreset = 'oidc'\nissuer = 'https://id.example'\nclient_id = 'tv'\n";
        let config = config.replace("BASE", &format!("http://{}", self.address));
        let config = config::parse(&format!("{text}{config}"), Path::new("/x.toml")).unwrap();
        let api = config.api.unwrap();
        let origins = ApiOrigins::of(&api, &config.apis).unwrap();
        Client::with(
            &api,
            origins,
            "test".to_owned(),
            None,
            tokens,
            PATIENT,
            kept,
        )
    }

    /// A client that soon gives up, for what never comes.
    pub(super) fn impatient_client(&self) -> Client {
        let timeouts = Timeouts {
            read: Duration::from_millis(300),
            picture: Duration::from_secs(2),
            ..PATIENT
        };
        self.client_waiting(timeouts, Box::new(Numbered::default()), None)
    }

    /// A client that keeps answers in this folder.
    pub(super) fn client_keeping(
        &self,
        tokens: Box<dyn TokenSource>,
        kept: Option<ResponseCache>,
    ) -> Client {
        self.client_waiting(PATIENT, tokens, kept)
    }

    fn client_waiting(
        &self,
        timeouts: Timeouts,
        tokens: Box<dyn TokenSource>,
        kept: Option<ResponseCache>,
    ) -> Client {
        let api = config::Api {
            base_url: self.url("/v1/"),
            headers: BTreeMap::new(),
            token: config::TokenPlace::Bearer,
            picture_memory_mib: 64,
            rows: Vec::new(),
        };
        let origins = ApiOrigins::of(&api, &BTreeMap::new()).unwrap();
        Client::with(
            &api,
            origins,
            "test".to_owned(),
            None,
            tokens,
            timeouts,
            kept,
        )
    }
}

pub(super) async fn answer(
    State((log, answering)): State<(Arc<Mutex<Vec<Seen>>>, Answering)>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let text = |name| {
        parts
            .headers
            .get(name)
            .map(|value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned())
    };
    let seen = Seen {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        token: text(header::AUTHORIZATION),
        accept: text(header::ACCEPT),
        accept_language: text(header::ACCEPT_LANGUAGE),
        content_type: text(header::CONTENT_TYPE),
        if_none_match: text(header::IF_NONE_MATCH),
        idempotency_key: text(header::HeaderName::from_static("idempotency-key")),
        headers: parts.headers.clone(),
        body: axum::body::to_bytes(body, 1 << 20).await.unwrap(),
    };
    let number = {
        let mut log = log.lock().unwrap();
        log.push(seen.clone());
        log.len() - 1
    };
    answering(&seen, number).await
}
