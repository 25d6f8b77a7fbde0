//! Who a set of tokens speaks for: asks the server for its keys and for userinfo.

use std::time::SystemTime;

use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::discovery::Endpoints;
use super::id_token::{self, Expected, Unverified};
use super::jwks::{FetchedJwks, Jwks, Occasion};
use super::net::{Credentials, bare, unexpected};
use super::userinfo::{self, STANDARD_MEMBERS};
use super::{Client, Error, Identity, TokenSet, wire};

impl Client {
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
            self.id_token_claims(tokens, Occasion::SignIn),
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
        Ok(userinfo::identity(
            id_token,
            userinfo,
            &self.provider().members,
        ))
    }

    /// Who refreshed tokens speak for; `None` when the reply had no ID token, as is usual: then
    /// nothing has changed. Userinfo is not asked, so a name that is missing here has not changed
    /// either.
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
        let Some(identity) = self.vouched(tokens, Occasion::Refresh).await? else {
            return Ok(None);
        };
        // Some servers name the subject for the first time on a refresh.
        if !previous_subject.is_empty() && identity.subject != previous_subject {
            return Err(Error::IdToken(
                "it speaks of another person than before".into(),
            ));
        }
        Ok(Some(identity))
    }

    /// Who the ID token alone says that fresh tokens speak for; nobody in particular where there is none.
    ///
    /// # Errors
    /// As [`Client::identity`].
    pub async fn identity_of_id_token(&self, tokens: &TokenSet) -> Result<Identity, Error> {
        let vouched = self.vouched(tokens, Occasion::SignIn).await?;
        Ok(vouched.unwrap_or_default())
    }

    async fn vouched(
        &self,
        tokens: &TokenSet,
        occasion: Occasion,
    ) -> Result<Option<Identity>, Error> {
        let claims = self.id_token_claims(tokens, occasion).await?;
        Ok(claims.map(|claims| userinfo::identity(Some(claims), None, &STANDARD_MEMBERS)))
    }

    async fn id_token_claims(
        &self,
        tokens: &TokenSet,
        occasion: Occasion,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let (Some(token), Some(_)) = (&tokens.id_token, &self.inner.issuer) else {
            return Ok(None);
        };
        let unverified = id_token::parse(token.expose_secret())?;
        let keys = self.keys_for(&unverified, occasion).await?;
        let endpoints = self.endpoints().await?;
        let issuer = endpoints.issuer.as_deref().unwrap_or_default();
        let issuer = self
            .provider()
            .issuer_of_token(&self.inner.config, issuer, |name| unverified.claim(name));
        let expected = Expected {
            issuer: &issuer,
            client_id: self.client_id(),
            now: self.inner.http.server_clock.correct(SystemTime::now()),
        };
        unverified.verify(&keys, expected).map(Some)
    }

    /// Jwks to check a token with. Where none of those in hand has signed it, whatever name it gives, the server is
    /// looked at afresh: it may have changed its keys, and where they are.
    async fn keys_for(&self, token: &Unverified<'_>, occasion: Occasion) -> Result<Jwks, Error> {
        let mut cache = self.inner.keys.lock().await;
        let (mut fetched, is_fresh) = match cache.take() {
            Some(fetched) if !fetched.are_old(Instant::now()) => (fetched, false),
            old => match (self.fetch_keys().await, old) {
                (Ok(keys), _) => (FetchedJwks::new(keys, Instant::now()), true),
                (Err(error), Some(old)) => {
                    tracing::debug!(%error, "the server's old keys stay in use");
                    (old, false)
                }
                (Err(error), None) => return Err(error),
            },
        };
        if !is_fresh
            && token.signed_by(&fetched.keys).is_err()
            && fetched.may_look_again(occasion, Instant::now())
        {
            self.look_up_again().await;
            match self.fetch_keys().await {
                Ok(keys) => fetched = FetchedJwks::again(keys, Instant::now()),
                Err(error) => {
                    *cache = Some(fetched);
                    return Err(error);
                }
            }
        }
        Ok(cache.insert(fetched).keys.clone())
    }

    async fn fetch_keys(&self) -> Result<Jwks, Error> {
        let endpoints = self.endpoints().await?;
        let Some(url) = endpoints.jwks.as_ref() else {
            let no_keys = "the server publishes no keys (jwks_uri) to check it with";
            let outage = self.outage_behind(&endpoints).await;
            return Err(outage.unwrap_or_else(|| Error::IdToken(no_keys.into())));
        };
        let reply = self.inner.http.document(url).await?;
        wire::members(&reply)
            .filter(|_| reply.is_success())
            .and_then(|document| Jwks::parse(&document))
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
            let outage = match asked {
                true => self.outage_behind(endpoints).await,
                false => None,
            };
            return outage.map_or(Ok(None), Err);
        };
        let credentials = Credentials::Token(&tokens.token_type, &tokens.access_token);
        let http = &self.inner.http;
        let reply = http
            .get_proved(url, credentials, tokens.key.as_deref())
            .await?;
        match userinfo::claims(&reply) {
            Some(claims) => Ok(Some(claims)),
            None => Err(unexpected(&reply, &bare(url))),
        }
    }
}
