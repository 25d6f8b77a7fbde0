//! One authorization server, spoken to over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::stream::BoxStream;
use jsonwebtoken::DecodingKey;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use url::Url;

use super::device::{Answer, Authorization, Patience};
use super::discovery::{Endpoints, discover};
use super::http::{Credentials, Http, Reply, bare, unexpected};
use super::id_token::{self, Expected, Unverified};
use super::keys::{Keys, NoKey};
use super::pace::DAY;
use super::provider::{Authentication, Kind};
use super::revocation::{Outcome, outcome};
use super::{Error, Failed, Identity, NetworkFailure, Revocation, TokenSet, poll, userinfo, wire};
use crate::config;

/// Keys are not fetched again sooner, whatever `kid` a token names.
const KEYS_REST: Duration = Duration::from_secs(60);
/// For taking back tokens that arrive after the grant was given up.
const LATE_REVOCATION: Duration = Duration::from_secs(20);
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A client of one authorization server. Cheap to clone; clones share connections and discovery.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    provider: config::Provider,
    kind: &'static Kind,
    issuer: Option<String>,
    scopes: Vec<String>,
    secret: Option<SecretString>,
    http: Http,
    discovered: Mutex<Option<(Instant, Arc<Endpoints>)>>,
    keys: Mutex<Option<(Instant, Keys)>>,
}

impl Client {
    /// Prepares a client; opens no connection and reads no certificate yet.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] when the client secret, the issuer or an endpoint is unusable.
    pub fn new(provider: &config::Provider) -> Result<Self, Error> {
        Self::build(provider, None)
    }

    /// The same for the demo on the local network: `own` may be spoken to without TLS.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn of_demo(provider: &config::Provider, own: &Url) -> Result<Self, Error> {
        Self::build(provider, Some(own))
    }

    fn build(provider: &config::Provider, plain: Option<&Url>) -> Result<Self, Error> {
        let kind = Kind::of(provider.preset);
        let issuer = kind.issuer(provider)?;
        let http = Http::new(provider.ca_file.clone(), plain.map(Url::origin));
        let endpoints = kind.endpoints(issuer.as_deref()).configured(provider);
        let known = [
            &endpoints.device_authorization,
            &endpoints.token,
            &endpoints.userinfo,
            &endpoints.revocation,
            &endpoints.jwks,
        ];
        for url in known.into_iter().flatten() {
            http.check(url)?;
        }
        let secret = match kind.authentication {
            Authentication::None => None,
            Authentication::Form | Authentication::Metadata => provider
                .client_secret()
                .map_err(|error| Error::Misconfigured(error.to_string()))?,
        };
        Ok(Self {
            inner: Arc::new(Inner {
                kind,
                issuer,
                scopes: kind.scopes(provider),
                secret,
                http,
                provider: provider.clone(),
                discovered: Mutex::new(None),
                keys: Mutex::new(None),
            }),
        })
    }

    /// The issuer all identities of this client belong to; for plain OAuth 2.0 the token endpoint.
    pub fn issuer(&self) -> String {
        let token = || {
            self.inner
                .provider
                .token_endpoint
                .as_ref()
                .map(Url::to_string)
        };
        self.inner.issuer.clone().or_else(token).unwrap_or_default()
    }

    /// The client identifier.
    pub fn client_id(&self) -> &str {
        &self.inner.provider.client_id
    }

    /// Scopes that are asked for: the configured ones, or the preset's where none are.
    pub fn scopes(&self) -> &[String] {
        &self.inner.scopes
    }

    /// What to look at when the server rejects this client, in words for who looks after it.
    pub fn help(&self) -> &'static str {
        self.inner.kind.help
    }

    /// Runs the device grant to its end. The last item is [`poll::Event::Ended`].
    ///
    /// `patience` is how often a code is asked for while the server can't be reached. Dropping the
    /// stream cancels the grant; tokens that arrive after that are revoked. The stream has to be
    /// polled inside a tokio runtime.
    pub fn device_grant(&self, patience: Patience) -> BoxStream<'static, poll::Event> {
        poll::run(self.clone(), patience)
    }

    /// Exchanges a refresh token (RFC 6749 section 6). Sends exactly one request.
    ///
    /// # Errors
    /// [`Error::OAuth`] with code `invalid_grant` is the only one that ends a session.
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<TokenSet, Error> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.expose_secret()),
        ];
        let tokens = match self.ask_for_tokens(&form).await {
            Ok(reply) => wire::tokens(&reply),
            Err(error) => Err(error),
        };
        tokens.map_err(|error| self.clean(error, &[refresh_token]))
    }

    /// Who the tokens speak for: the validated ID token, completed by userinfo.
    ///
    /// A failing userinfo is not an error where the ID token already names the subject. Without an
    /// ID token, a server that refuses userinfo leaves the subject empty.
    ///
    /// # Errors
    /// [`Error::IdToken`] when there is an ID token that must not be believed (see
    /// [`Error::is_clock`]); [`Error::Network`] when the keys, or without an ID token userinfo,
    /// can't be reached.
    pub async fn identity(&self, tokens: &TokenSet) -> Result<Identity, Error> {
        let endpoints = self.endpoints().await?;
        let (id_token, userinfo) = futures::join!(
            self.id_token_claims(tokens),
            self.userinfo(&endpoints, tokens)
        );
        let id_token = id_token?;
        let userinfo = match userinfo {
            Ok(claims) => claims,
            Err(error @ Error::Network { .. }) if id_token.is_none() => return Err(error),
            Err(error) => {
                tracing::debug!(%error, "no userinfo");
                None
            }
        };
        Ok(userinfo::identity(id_token, userinfo))
    }

    /// Who refreshed tokens speak for; `None` when the reply had no ID token, as is usual: then
    /// nothing has changed. Userinfo is not asked.
    ///
    /// # Errors
    /// [`Error::IdToken`] when there is an ID token that must not be believed, or one of another
    /// subject than `previous_subject` (OpenID Connect Core section 12.2); [`Error::Network`] when
    /// the keys can't be reached.
    pub async fn identity_after_refresh(
        &self,
        tokens: &TokenSet,
        previous_subject: &str,
    ) -> Result<Option<Identity>, Error> {
        let Some(claims) = self.id_token_claims(tokens).await? else {
            return Ok(None);
        };
        let identity = userinfo::identity(Some(claims), None);
        // Some servers name the subject for the first time on a refresh.
        if !previous_subject.is_empty() && identity.subject != previous_subject {
            return Err(Error::IdToken(
                "it speaks of another person than before".to_owned(),
            ));
        }
        Ok(Some(identity))
    }

    /// Revokes the refresh token, then the access token (RFC 7009); best effort within `limit`.
    pub async fn revoke(
        &self,
        refresh_token: Option<&SecretString>,
        access_token: Option<&SecretString>,
        limit: Duration,
    ) -> Revocation {
        let all = async {
            let endpoints = match self.endpoints().await {
                Ok(endpoints) => endpoints,
                Err(error) => return Revocation::Failed(error),
            };
            let Some(url) = endpoints.revocation.as_ref() else {
                return Revocation::NotOffered;
            };
            let mut failed = None;
            let tokens = [
                ("refresh_token", refresh_token),
                ("access_token", access_token),
            ];
            for (hint, token) in tokens {
                let Some(token) = token else { continue };
                if let Err(error) = self.revoke_one(url, hint, token, access_token).await {
                    failed = failed.or(Some(error));
                }
            }
            failed.map_or(Revocation::Revoked, Revocation::Failed)
        };
        timeout(limit, all).await.unwrap_or_else(|_| {
            Revocation::Failed(Error::Network {
                failure: NetworkFailure::Timeout,
                detail: format!("not revoked within {} s", limit.as_secs()),
            })
        })
    }

    async fn revoke_one(
        &self,
        url: &Url,
        hint: &str,
        token: &SecretString,
        access_token: Option<&SecretString>,
    ) -> Result<(), Error> {
        let form = [("token", token.expose_secret()), ("token_type_hint", hint)];
        let clean = |error| self.clean(error, &[token]);
        let reply = self.post(url, &form).await.map_err(clean)?;
        let refusal = match outcome(&reply) {
            Outcome::Done => return Ok(()),
            Outcome::Failed(error) => return Err(clean(error)),
            Outcome::WantsToken(error) => clean(error),
        };
        let Some(bearer) = access_token else {
            return Err(refusal);
        };
        let credentials = Credentials::Token("Bearer", bearer);
        let reply = self
            .inner
            .http
            .post(url, &form, credentials)
            .await
            .map_err(clean)?;
        match outcome(&reply) {
            Outcome::Done => Ok(()),
            Outcome::Failed(_) | Outcome::WantsToken(_) => Err(refusal),
        }
    }

    async fn endpoints(&self) -> Result<Arc<Endpoints>, Error> {
        let Inner { kind, provider, .. } = &*self.inner;
        let known = || {
            kind.endpoints(self.inner.issuer.as_deref())
                .configured(provider)
        };
        let (true, Some(issuer)) = (kind.discovery, &self.inner.issuer) else {
            return Ok(Arc::new(known()));
        };
        let mut cache = self.inner.discovered.lock().await;
        if let Some((since, endpoints)) = &*cache
            && since.elapsed() < DAY
        {
            return Ok(Arc::clone(endpoints));
        }
        let endpoints = match (discover(&self.inner.http, issuer).await, &*cache) {
            (Ok(found), _) => Arc::new(found.configured(provider)),
            (Err(error), Some((_, old))) => {
                tracing::debug!(%error, "the server's old endpoints stay in use");
                Arc::clone(old)
            }
            (Err(error), None) => {
                let known = known();
                let enough = known.device_authorization.is_some() && known.token.is_some();
                if matches!(error, Error::Network { .. }) || !enough {
                    return Err(error);
                }
                Arc::new(known)
            }
        };
        *cache = Some((Instant::now(), Arc::clone(&endpoints)));
        Ok(endpoints)
    }

    /// POSTs as this client. `form` must not hold `client_id` or `client_secret`.
    async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<Reply, Error> {
        let mut form = form.to_vec();
        let id = self.client_id();
        let mut credentials = Credentials::None;
        match &self.inner.secret {
            Some(secret) if self.secret_in_form().await => {
                form.extend([("client_id", id), ("client_secret", secret.expose_secret())]);
            }
            // RFC 6749 section 2.3: not more than one method in a request.
            Some(secret) => credentials = Credentials::Basic(id, secret),
            None => form.push(("client_id", id)),
        }
        self.inner.http.post(url, &form, credentials).await
    }

    async fn secret_in_form(&self) -> bool {
        match self.inner.kind.authentication {
            Authentication::None | Authentication::Form => true,
            Authentication::Metadata => self
                .endpoints()
                .await
                .is_ok_and(|endpoints| endpoints.secret_in_form),
        }
    }

    async fn ask_for_tokens(&self, form: &[(&str, &str)]) -> Result<Reply, Error> {
        let endpoints = self.endpoints().await?;
        let extra = &self.inner.provider.extra_params;
        let repeated = self.inner.kind.repeated.iter();
        let repeated = repeated.filter_map(|&name| Some((name, extra.get(name)?.as_str())));
        let form: Vec<_> = form.iter().copied().chain(repeated).collect();
        self.post(endpoints.token()?, &form).await
    }

    async fn ask_for_code(&self) -> Result<Reply, Error> {
        let endpoints = self.endpoints().await?;
        let Inner {
            provider,
            kind,
            scopes,
            ..
        } = &*self.inner;
        let scope = scopes.join(kind.scope_separator);
        // A map: no parameter may be sent twice (RFC 8628 section 3.1).
        let mut form: BTreeMap<&str, &str> = provider
            .extra_params
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| !matches!(*name, "client_id" | "client_secret"))
            .collect();
        if !scope.is_empty() {
            let _ = form.insert("scope", &scope);
        }
        if let Some(audience) = &provider.audience {
            let _ = form.insert(kind.audience, audience);
        }
        let form: Vec<_> = form.into_iter().collect();
        self.post(endpoints.device_authorization()?, &form).await
    }

    async fn id_token_claims(
        &self,
        tokens: &TokenSet,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let (Some(token), Some(_)) = (&tokens.id_token, &self.inner.issuer) else {
            return Ok(None);
        };
        let unverified = id_token::parse(token.expose_secret())?;
        let key = self.key_for(&unverified).await?;
        let endpoints = self.endpoints().await?;
        let expected = Expected {
            issuer: endpoints.issuer.as_deref().unwrap_or_default(),
            client_id: self.client_id(),
            now: SystemTime::now(),
        };
        unverified.verify(&key, expected).map(Some)
    }

    /// The key a token names. An unknown one leads to a fresh look at the server, but not more
    /// often than once in [`KEYS_REST`]: anybody can make up key names.
    async fn key_for(&self, token: &Unverified<'_>) -> Result<DecodingKey, Error> {
        let refused = |why: &str| Error::IdToken(why.to_owned());
        let mut cache = self.inner.keys.lock().await;
        if let Some((since, keys)) = &*cache {
            match keys.choose(token.kid.as_deref(), token.algorithm) {
                Ok(key) => return Ok(key),
                Err(NoKey::Unknown) if since.elapsed() >= KEYS_REST => {
                    *self.inner.discovered.lock().await = None;
                }
                Err(NoKey::Unknown) => return Err(refused("the server has no such key")),
                Err(NoKey::Ambiguous) => {}
            }
        }
        let keys = self.fetch_keys().await?;
        let (_, keys) = cache.insert((Instant::now(), keys));
        keys.choose(token.kid.as_deref(), token.algorithm)
            .map_err(|no_key| match no_key {
                NoKey::Unknown => refused("the server has no such key"),
                NoKey::Ambiguous => refused("it does not say which of the server's keys signed it"),
            })
    }

    async fn fetch_keys(&self) -> Result<Keys, Error> {
        let endpoints = self.endpoints().await?;
        let Some(url) = endpoints.jwks.as_ref() else {
            return Err(Error::IdToken(
                "the server publishes no keys (jwks_uri) to check it with".to_owned(),
            ));
        };
        let reply = self.inner.http.get(url, Credentials::None).await?;
        wire::members(&reply)
            .filter(|_| reply.is_success())
            .and_then(|document| Keys::parse(&document))
            .ok_or_else(|| unexpected(&reply, &bare(url)))
    }

    async fn userinfo(
        &self,
        endpoints: &Endpoints,
        tokens: &TokenSet,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let asked =
            self.inner.issuer.is_none() || self.scopes().iter().any(|scope| scope == "openid");
        let Some(url) = endpoints.userinfo.as_ref().filter(|_| asked) else {
            return Ok(None);
        };
        let credentials = Credentials::Token(&tokens.token_type, &tokens.access_token);
        let reply = self.inner.http.get(url, credentials).await?;
        match userinfo::claims(&reply) {
            Some(claims) => Ok(Some(claims)),
            None => Err(unexpected(&reply, &bare(url))),
        }
    }

    fn clean(&self, error: Error, secrets: &[&SecretString]) -> Error {
        let own = self.inner.secret.as_slice().iter();
        let all: Vec<&SecretString> = secrets.iter().copied().chain(own).collect();
        error.without(&all)
    }
}

impl poll::Server for Client {
    async fn authorize(&self) -> Result<Authorization, Failed> {
        let reply = self.ask_for_code().await?;
        wire::authorization(&reply).map_err(|failed| Failed {
            error: self.clean(failed.error, &[]),
            ..failed
        })
    }

    async fn poll(&self, device_code: SecretString) -> Answer {
        let form = [
            ("grant_type", DEVICE_GRANT),
            ("device_code", device_code.expose_secret()),
        ];
        let answer = match self.ask_for_tokens(&form).await {
            Ok(reply) => wire::answer(&reply),
            Err(error) => Answer::Failed(error.into()),
        };
        match answer {
            Answer::Failed(failed) => Answer::Failed(Failed {
                error: self.clean(failed.error, &[&device_code]),
                ..failed
            }),
            other => other,
        }
    }

    async fn revoke(&self, tokens: TokenSet) {
        let refresh_token = tokens.refresh_token.as_ref();
        let access_token = Some(&tokens.access_token);
        let outcome = Client::revoke(self, refresh_token, access_token, LATE_REVOCATION).await;
        tracing::info!(?outcome, "tokens arrived after the sign-in was given up");
    }
}
