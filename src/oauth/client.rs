//! One authorization server, spoken to over HTTP.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::BoxStream;
use secrecy::SecretString;

use super::{Error, Identity, Revocation, TokenSet, poll};
use crate::config;

/// A client of one authorization server. Cheap to clone; clones share connections and discovery.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<config::Provider>,
}

impl Client {
    /// Prepares a client; opens no connection.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] when the TLS set-up or an endpoint is unusable.
    pub fn new(provider: &config::Provider) -> Result<Self, Error> {
        Ok(Self {
            inner: Arc::new(provider.clone()),
        })
    }

    /// The issuer all identities of this client belong to; for plain OAuth 2.0 the token endpoint.
    pub fn issuer(&self) -> String {
        String::new()
    }

    /// The client identifier.
    pub fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    /// Scopes that are asked for.
    pub fn scopes(&self) -> &[String] {
        &self.inner.scopes
    }

    /// Runs the device grant to its end. The last item is [`poll::Event::Ended`].
    ///
    /// Dropping the stream cancels the grant; tokens that arrive after that are revoked.
    pub fn device_grant(&self) -> BoxStream<'static, poll::Event> {
        Box::pin(futures::stream::pending())
    }

    /// Exchanges a refresh token (RFC 6749 section 6). Sends exactly one request.
    ///
    /// # Errors
    /// [`Error::OAuth`] with code `invalid_grant` is the only one that ends a session.
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<TokenSet, Error> {
        let _ = refresh_token;
        std::future::pending().await
    }

    /// Who the tokens speak for: the validated ID token, completed by userinfo.
    ///
    /// A failing userinfo is not an error where the ID token already names the subject.
    ///
    /// # Errors
    /// [`Error::IdToken`] when there is an ID token that must not be believed.
    pub async fn identity(&self, tokens: &TokenSet) -> Result<Identity, Error> {
        let _ = tokens;
        std::future::pending().await
    }

    /// Revokes the refresh token, then the access token (RFC 7009); best effort within `limit`.
    pub async fn revoke(
        &self,
        refresh_token: Option<&SecretString>,
        access_token: Option<&SecretString>,
        limit: Duration,
    ) -> Revocation {
        let _ = (refresh_token, access_token, limit);
        std::future::pending().await
    }
}
