//! One authorization server, spoken to over HTTP.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::BoxStream;
use secrecy::SecretString;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::device::Patience;
use super::discovery::{Endpoints, discover};
use super::dpop::{self, Key};
use super::grant::DeviceGrant;
use super::http::{self, Http};
use super::journal::{Entry, Exchange, Journal};
use super::keys::Fetched;
use super::pace::DAY;
use super::provider::Provider;
use super::{Error, Failed, TokenSet, pkce, poll, secret, wire};
use crate::config::{ClientConfig, Dpop, Request};

/// How long the answer to a refresh is waited for, connecting included. Much longer than for any other: a server
/// that has rotated the token takes its next use for a theft, and whoever hangs up early never sees the new one.
pub const REFRESH_LIMIT: Duration = Duration::from_secs(45);

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
    pub(super) issuer: Option<String>,
    /// Endpoints that need no look-up, the configuration's own not among them.
    known: Endpoints,
    pub(super) http: Http,
    /// What was looked up, and until when that is good.
    pub(super) discovered: Mutex<Option<(Instant, Arc<Endpoints>)>>,
    pub(super) keys: Mutex<Option<Fetched>>,
    /// What the server has shown of PKCE.
    pub(super) pkce: pkce::Seen,
    pub(super) journal: Journal,
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
            http::check(url)?;
        }
        Ok(Self {
            inner: Arc::new(Inner {
                issuer,
                known,
                http: Http::new(&config),
                config,
                discovered: Mutex::new(None),
                keys: Mutex::new(None),
                pkce: pkce::Seen::default(),
                journal: Journal::default(),
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

    /// The client identifier.
    pub fn client_id(&self) -> &str {
        &self.inner.config.client_id
    }

    /// Scopes that are asked for.
    pub fn scopes(&self) -> &[String] {
        &self.inner.config.scopes
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
            let _ = self.inner.http.client(url).await;
        }
    }

    /// Runs the device grant to its end. The last item is [`poll::Event::Ended`].
    ///
    /// `patience` is how often a code is asked for while the server can't be reached. Dropping the
    /// stream cancels the grant; tokens that arrive after that are revoked. The stream has to be
    /// polled inside a tokio runtime.
    pub fn device_grant(&self, patience: Patience) -> BoxStream<'static, poll::Event> {
        poll::run(DeviceGrant::of(self.clone()), patience)
    }

    /// Looks up where a refresh goes, so that whatever fails in [`Client::refresh`] has to do with the token.
    ///
    /// # Errors
    /// As a refresh would meet them; nothing was presented.
    pub async fn find_token_endpoint(&self) -> Result<(), Error> {
        self.endpoints().await?.token().map(|_| ())
    }

    /// Exchanges a refresh token (RFC 6749 section 6), with a proof of the account's `key` if it has one.
    /// Sends exactly one request that the server looks at, and waits for its answer up to [`REFRESH_LIMIT`].
    ///
    /// # Errors
    /// [`Error::OAuth`] with code `invalid_grant` is the only one that ends a session.
    /// [`Error::Misconfigured`] where `provider.dpop` requires a key and this account has none: nothing
    /// was sent. What the answer is bound to is for [`Client::admit`] to judge, once its refresh token is
    /// kept.
    pub async fn refresh(
        &self,
        refresh_token: &SecretString,
        key: Option<&Arc<Key>>,
    ) -> Result<TokenSet, Failed> {
        if key.is_none() && self.requires_dpop() {
            return Err(without_key().into());
        }
        let form = [
            ("grant_type", "refresh_token"),
            secret::field("refresh_token", refresh_token),
        ];
        let asked = self.ask_for_tokens(Request::Refresh, &form, key, REFRESH_LIMIT);
        let tokens = match asked.await {
            Ok(reply) => wire::tokens(&reply, self.provider().aliases),
            Err(error) => Err(error.into()),
        };
        let tokens = tokens
            .map_err(|failed| Failed {
                error: self.clean(dpop::explain(failed.error, key.is_some()), &[refresh_token]),
                ..failed
            })
            .map(|tokens| TokenSet {
                key: key.cloned(),
                ..tokens
            });
        let outcome = tokens.as_ref().map_err(|failed| failed.error.clone());
        self.inner
            .journal
            .note(Exchange::Refresh, (&outcome).into());
        tokens
    }

    /// What the last exchange of this kind came to.
    pub fn last(&self, exchange: Exchange) -> Option<Entry> {
        self.inner.journal.last(exchange)
    }

    /// Whether an access token of this type may be used, by an account that has a key or none.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where `provider.dpop` requires tokens that are bound to a key and this is not one.
    pub fn admit(&self, token_type: &str, has_key: bool) -> Result<(), Error> {
        match (self.requires_dpop(), has_key) {
            (true, true) if !dpop::is_dpop(token_type) => Err(not_bound(token_type)),
            (true, false) => Err(without_key()),
            _ => Ok(()),
        }
    }

    /// Whether tokens must be bound to a key.
    pub(super) fn requires_dpop(&self) -> bool {
        self.inner.config.dpop == Dpop::Require
    }

    /// Whether tokens may be bound to a key.
    pub(super) fn allows_dpop(&self) -> bool {
        self.inner.config.dpop != Dpop::Off
    }

    /// Tokens with the key that was proved for them; refused, and given back, where they had to be bound
    /// to it and are not.
    pub(super) fn accept(
        &self,
        tokens: TokenSet,
        key: Option<&Arc<Key>>,
    ) -> Result<TokenSet, (Error, TokenSet)> {
        if self.requires_dpop() && !dpop::is_dpop(&tokens.token_type) {
            return Err((not_bound(&tokens.token_type), tokens));
        }
        let key = key.cloned();
        Ok(TokenSet { key, ..tokens })
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
                // What is missing may be switched on any minute.
                let lasts = if found.serve_a_sign_in() { DAY } else { MOMENT };
                (Arc::new(found), lasts)
            }
            (Err(error), Some(old)) => {
                tracing::debug!(%error, "the server's old endpoints stay in use");
                (old, DAY)
            }
            (Err(error @ Error::Network { .. }), None) => {
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
    pub(super) fn secret(&self) -> Option<&SecretString> {
        let secret = self.inner.config.client_secret.as_ref();
        secret.filter(|_| self.provider().takes_secret())
    }

    pub(super) fn scope(&self) -> String {
        self.scopes().join(self.provider().scope_separator)
    }

    pub(super) fn clean(&self, error: Error, secrets: &[&SecretString]) -> Error {
        let own = self.secret().into_iter();
        let all: Vec<&SecretString> = secrets.iter().copied().chain(own).collect();
        error.without(&all)
    }
}

fn without_key() -> Error {
    Error::Misconfigured(
        "this sign-in is not bound to a key and provider.dpop is \"require\": sign out and in again"
            .to_owned(),
    )
}

fn not_bound(token_type: &str) -> Error {
    Error::Misconfigured(format!(
        "provider.dpop is \"require\" and the server gave a token of type {token_type}: it does not bind tokens to a \
         key (DPoP), or not for this client"
    ))
}
