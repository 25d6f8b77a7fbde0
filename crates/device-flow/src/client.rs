//! One authorization server, spoken to over HTTP.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::discovery::{Endpoints, discover};
use super::driver::{self, DeviceGrant};
use super::exchange::Exchange;
use super::exchange_log::{ExchangeLog, LogEntry};
use super::grant::{GrantError, RetryLimit};
use super::grant_exchange::GrantExchange;
use super::jitter::Jitter;
#[cfg(feature = "id-token")]
use super::jwks::FetchedJwks;
use super::net::{self, Http};
use super::pace::DAY;
use super::progress::Progress;
use super::provider::Provider;
use super::{Error, TokenSet, client_authentication, pkce, secret};
use crate::config::ClientConfig;

/// How long the answer to a poll is waited for: it may hold tokens.
pub(super) const POLL_LIMIT: Duration = Duration::from_secs(30);

/// How long endpoints are believed that are not all that a server should name.
const MOMENT: Duration = Duration::from_secs(30);

/// A client of one authorization server. Cheap to clone; clones share connections and discovery.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
    /// For the server's own sentences to people.
    pub(super) language: Option<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) config: ClientConfig,
    secret: RwLock<Secret>,
    pub(super) issuer: Option<String>,
    /// Endpoints that need no look-up, the configuration's own not among them.
    known: Endpoints,
    pub(super) http: Http,
    /// What was looked up, and until when that is good.
    pub(super) discovered: Mutex<Option<(Instant, Arc<Endpoints>)>>,
    #[cfg(feature = "id-token")]
    pub(super) keys: Mutex<Option<FetchedJwks>>,
    /// How the server was seen to take the client secret.
    pub(super) authentication: client_authentication::Seen,
    /// What the server has shown of PKCE.
    pub(super) pkce: pkce::Seen,
    pub(super) log: ExchangeLog,
}

/// The client secret, which another may follow while the client is in use.
#[derive(Debug, Default)]
struct Secret {
    now: Option<SecretString>,
    /// The one before, which an answer that is still on its way may repeat.
    before: Option<SecretString>,
}

impl Client {
    /// Prepares a client; opens no connection and reads no certificate yet.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] when the issuer or an endpoint is unusable.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        let issuer = config.provider.issuer(&config)?;
        let known = config.provider.endpoints(&config)?;
        let endpoints = known.clone().configured(&config.endpoints);
        let addresses = [
            &endpoints.device_authorization,
            &endpoints.token,
            &endpoints.userinfo,
            &endpoints.revocation,
            &endpoints.jwks,
        ];
        for url in addresses.into_iter().flatten() {
            net::check(url)?;
        }
        Ok(Self {
            inner: Arc::new(Inner {
                issuer,
                known,
                http: Http::new(&config),
                secret: RwLock::new(Secret {
                    now: config.client_secret.clone(),
                    before: None,
                }),
                config,
                discovered: Mutex::new(None),
                #[cfg(feature = "id-token")]
                keys: Mutex::new(None),
                authentication: client_authentication::Seen::default(),
                pkce: pkce::Seen::default(),
                log: ExchangeLog::default(),
            }),
            language: None,
        })
    }

    /// The same client, which asks servers that can for sentences in this language (BCP 47).
    #[must_use]
    pub fn speaking(self, language: Option<&str>) -> Self {
        let language = language.map(Arc::from);
        Self { language, ..self }
    }

    /// The issuer all identities of this client belong to; for plain OAuth 2.0 the token endpoint.
    pub fn issuer(&self) -> String {
        let token = || self.known_endpoints().token.map(String::from);
        self.inner.issuer.clone().or_else(token).unwrap_or_default()
    }

    /// Closes the connections to the server once what is under way has been answered. Their buffers hold what was sent last,
    /// a token say, until the next request: for when a session has ended and this process goes on.
    pub fn close_connections(&self) {
        self.inner.http.close_connections();
    }

    /// The client identifier.
    pub fn client_id(&self) -> &str {
        &self.inner.config.client_id
    }

    /// From its next request on this client, its clones and all sessions that use them prove themselves with `secret`: for
    /// an owner who has had the server make a new one. A client that has none yet stays without: its server would take it
    /// for another.
    pub fn replace_secret(&self, secret: SecretString) {
        let mut held = self
            .inner
            .secret
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if held.now.is_some() {
            held.before = held.now.replace(secret);
        }
    }

    /// Scopes that are asked for.
    pub fn scopes(&self) -> &[String] {
        &self.inner.config.scopes
    }

    /// Whether the client proves itself with a secret (RFC 6749 section 2.1): its refresh tokens are bound to that.
    pub fn is_confidential(&self) -> bool {
        self.secret().is_some()
    }

    /// Whether revoking the tokens of one sign-in leaves other sign-ins of the same person alone.
    pub fn revokes_one_session(&self) -> bool {
        self.provider().revokes_one_session
    }

    /// The provider's row.
    pub fn provider(&self) -> &'static Provider {
        self.inner.config.provider
    }

    /// Looks up where a code is asked for and readies the connection, so that the code comes sooner.
    ///
    /// Asks for no code: that takes a person's wish (RFC 8628 section 3.1). What fails here is told when
    /// the code is asked for.
    pub async fn make_ready(&self) {
        if let Ok(endpoints) = self.endpoints().await
            && let Some(url) = &endpoints.device_authorization
        {
            let _ = self.inner.http.make_ready(url).await;
        }
    }

    /// Runs the device grant (RFC 8628) to its end, and tells `report` of every step on the way: the first that matters
    /// is [`Progress::Code`], which has to be shown. Tries until the server can be reached.
    ///
    /// Dropping the future cancels the grant; tokens that arrive after that are revoked.
    ///
    /// # Errors
    /// Why there are no tokens.
    pub async fn sign_in(&self, mut report: impl FnMut(Progress)) -> Result<TokenSet, GrantError> {
        let mut grant = self.device_grant(RetryLimit::Forever);
        while let Some(progress) = grant.next().await {
            report(progress);
        }
        grant.finish().await
    }

    /// The device grant as a stream of [`Progress`], in a task of its own. `limit` is how often a code is asked for
    /// while the server can't be reached.
    pub fn device_grant(&self, limit: RetryLimit) -> DeviceGrant {
        let jitter = Jitter::new(Duration::ZERO);
        DeviceGrant::new(GrantExchange::of(self.clone()), limit, jitter)
    }

    /// The same in the task of the caller: for programs that have one already, which goes on when a screen has gone.
    /// When `cancelled` is ready the grant is cancelled, and this returns once no poll is in flight any more; tokens that
    /// one still brings are revoked. `jitter` keeps apart what many machines do by themselves: where a person asked for
    /// the code, let its spread be zero.
    ///
    /// # Errors
    /// Why there are no tokens.
    pub async fn run_device_grant(
        &self,
        limit: RetryLimit,
        jitter: Jitter,
        report: impl FnMut(Progress),
        cancelled: impl Future<Output = ()>,
    ) -> Result<TokenSet, GrantError> {
        let server = GrantExchange::of(self.clone());
        driver::run(&server, limit, jitter, report, cancelled).await
    }

    /// What the last exchange of this kind came to.
    pub fn last(&self, exchange: Exchange) -> Option<LogEntry> {
        self.inner.log.last(exchange)
    }

    pub(super) async fn endpoints(&self) -> Result<Arc<Endpoints>, Error> {
        let Inner { config, known, .. } = &*self.inner;
        let own = &config.endpoints;
        let (true, Some(issuer)) = (config.provider.discovery, &self.inner.issuer) else {
            return Ok(Arc::new(self.known_endpoints()));
        };
        let mut cache = self.inner.discovered.lock().await;
        if let Some((until, endpoints)) = &*cache
            && Instant::now() < *until
        {
            return Ok(Arc::clone(endpoints));
        }
        let old = cache
            .take()
            .filter(|(_, old)| old.outage.is_none())
            .map(|(_, old)| old);
        let (endpoints, lasts) = match (discover(&self.inner.http, issuer, own).await, old) {
            (Ok(found), _) => {
                let found = found.completed_by(known.clone()).configured(own);
                found.tell_what_is_refused();
                // What is missing may be switched on any minute.
                let lasts = if found.serve_a_sign_in() { DAY } else { MOMENT };
                (Arc::new(found), lasts)
            }
            (Err(error), Some(old)) => {
                tracing::debug!(%error, "the server's old endpoints stay in use");
                (old, DAY)
            }
            (Err(error @ Error::Network(_)), None) => {
                let own = Endpoints::default().configured(own);
                if !own.serve_a_sign_in() {
                    return Err(error);
                }
                tracing::debug!(%error, "the configuration's own endpoints are used meanwhile");
                let outage = Some(error);
                let known = self.known_endpoints();
                (Arc::new(Endpoints { outage, ..known }), MOMENT)
            }
            (Err(error), None) => {
                let known = self.known_endpoints();
                if !known.serve_a_sign_in() {
                    return Err(error);
                }
                (Arc::new(known), DAY)
            }
        };
        *cache = Some((Instant::now() + lasts, Arc::clone(&endpoints)));
        Ok(endpoints)
    }

    /// Why what is missing in `endpoints` could not be looked up, if that is why; the next use looks again.
    pub(super) async fn outage_behind(&self, endpoints: &Endpoints) -> Option<Error> {
        let outage = endpoints.outage.clone()?;
        self.look_up_again().await;
        Some(outage)
    }

    /// What was looked up is looked up anew when it is needed next; where that fails, it goes on serving.
    pub(super) async fn look_up_again(&self) {
        if let Some((until, _)) = &mut *self.inner.discovered.lock().await {
            *until = Instant::now();
        }
    }

    /// Endpoints of the provider's row and the configuration, which need no look-up.
    pub(super) fn known_endpoints(&self) -> Endpoints {
        let Inner { known, config, .. } = &*self.inner;
        known.clone().configured(&config.endpoints)
    }

    /// The client secret, where it is ever sent.
    pub(super) fn secret(&self) -> Option<SecretString> {
        let [now, _] = self.secrets();
        now
    }

    /// The same, and the one before it.
    fn secrets(&self) -> [Option<SecretString>; 2] {
        let config = &self.inner.config;
        if !config.client_authentication.sends_secret(self.provider()) {
            return [None, None];
        }
        let held = self
            .inner
            .secret
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        [held.now.clone(), held.before.clone()]
    }

    pub(super) fn scope(&self) -> String {
        self.scopes().join(self.provider().scope_separator)
    }

    pub(super) fn clean(&self, error: Error, secrets: &[&SecretString]) -> Error {
        let own = self.secrets();
        let own: Vec<_> = own.into_iter().flatten().collect();
        let headers = own
            .iter()
            .map(|own| secret::in_basic(self.client_id(), own));
        let headers: Vec<_> = headers.flatten().collect();
        let all = secrets.iter().copied().chain(&headers).chain(&own);
        let all: Vec<&SecretString> = all.collect();
        self.with_the_setting(error.without(&all))
    }
}
