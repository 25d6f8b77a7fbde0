//! The claims of an ID token, checked with the server's keys.

use std::time::SystemTime;

use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Occasion;
use crate::id_token::{self, Expected, Unverified};
use crate::jwks::{FetchedJwks, Jwks};
use crate::net::{bare, unexpected};
use crate::{Client, Error, TokenSet, wire};

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
            let outage = self.outage_behind(&endpoints).await;
            return Err(outage.unwrap_or_else(|| Error::IdToken(no_keys.into())));
        };
        let reply = self.inner.http.document(url).await?;
        wire::members(&reply)
            .filter(|_| reply.is_success())
            .and_then(|document| Jwks::parse(&document))
            .ok_or_else(|| unexpected(&reply, &bare(url)))
    }
}
