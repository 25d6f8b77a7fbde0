//! The claims of an ID token, checked with the server's keys.

use std::time::SystemTime;

use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Occasion;
use crate::id_token::{self, Expected, Unverified};
use crate::jwks::{FetchedJwks, Jwks};
use crate::net::{bare, unexpected};
use crate::wire::Reply;
use crate::{Client, Error, TokenSet, userinfo, wire};

const ENCRYPTED: &str = "it is encrypted, and this client has no key to read it with: have the server send it signed, or as \
                         JSON (userinfo_encrypted_response_alg of the client)";

impl Client {
    /// The claims of the ID token, where there is one.
    pub(super) async fn id_token_claims(
        &self,
        tokens: &TokenSet,
        occasion: Occasion,
    ) -> Result<Option<Map<String, Value>>, Error> {
        let (Some(token), Some(_)) = (&tokens.id_token, &self.inner.issuer) else {
            return Ok(None);
        };
        let unverified = id_token::parse(token.expose_secret())?;
        let keys = self.keys_for(&unverified, occasion).await?;
        let issuer = self.issuer_of(&unverified).await?;
        unverified.verify(&keys, self.expected(&issuer)).map(Some)
    }

    /// The claims of a userinfo reply that is a JWT (OpenID Connect Core section 5.3.2), checked with the same keys; nothing
    /// where it is none.
    pub(super) async fn signed_userinfo(
        &self,
        reply: &Reply,
    ) -> Option<Result<Map<String, Value>, Error>> {
        let token = userinfo::jwt(reply)?;
        let claims = self.claims_of_userinfo(&token).await;
        let claims = claims.map_err(|error| match error {
            Error::IdToken(why) => Error::Unexpected {
                status: reply.status,
                detail: format!("userinfo is a JWT that is not believed: {why}"),
                is_page: false,
            },
            error => error,
        });
        if let Err(error) = &claims {
            tracing::warn!(%error, "no userinfo");
        }
        Some(claims)
    }

    async fn claims_of_userinfo(&self, token: &str) -> Result<Map<String, Value>, Error> {
        if token.matches('.').count() == 4 {
            return Err(Error::IdToken(ENCRYPTED.into()));
        }
        let unverified = id_token::parse(token)?;
        let keys = self.keys_for(&unverified, Occasion::SignIn).await?;
        let issuer = self.issuer_of(&unverified).await?;
        unverified.verify_userinfo(&keys, self.expected(&issuer))
    }

    async fn issuer_of(&self, token: &Unverified<'_>) -> Result<String, Error> {
        let endpoints = self.endpoints().await?;
        let issuer = endpoints.issuer.as_deref().unwrap_or_default();
        let claim = |name: &str| token.claim(name);
        Ok(self
            .provider()
            .issuer_of_token(&self.inner.config, issuer, claim))
    }

    fn expected<'a>(&'a self, issuer: &'a str) -> Expected<'a> {
        Expected {
            issuer,
            client_id: self.client_id(),
            now: self.inner.http.server_clock.correct(SystemTime::now()),
        }
    }

    /// Keys to check a token with. Where none of those in hand has signed it, whatever name it gives, the server is
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
            let why = self.outage_behind(&endpoints).await;
            let why = why.or_else(|| endpoints.refusal("jwks_uri"));
            return Err(why.unwrap_or_else(|| Error::IdToken(no_keys.into())));
        };
        let reply = self.inner.http.document(url).await?;
        wire::members(&reply)
            .filter(|_| reply.is_success())
            .and_then(|document| Jwks::parse(&document))
            .ok_or_else(|| unexpected(&reply, &bare(url)))
    }
}
