//! What a session asks of the authorization server.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use secrecy::SecretString;

use crate::oauth::dpop::Key;
use crate::oauth::{self, Client, Identity, Revocation, TokenSet};

/// The part of [`Client`] that a session needs; tests put a scripted one in its place.
pub(super) trait Server: Debug + Send + Sync {
    /// As [`Client::refresh`].
    fn refresh<'a>(
        &'a self,
        refresh_token: &'a SecretString,
        key: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, oauth::Error>>;

    /// As [`Client::identity`].
    fn identity<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, oauth::Error>>;

    /// Whether refreshed tokens still speak for `subject`, as [`Client::identity_after_refresh`].
    fn still<'a>(
        &'a self,
        tokens: &'a TokenSet,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<(), oauth::Error>>;

    /// As [`Client::revoke`].
    fn revoke<'a>(
        &'a self,
        refresh_token: Option<&'a SecretString>,
        access_token: Option<&'a SecretString>,
        limit: Duration,
    ) -> BoxFuture<'a, Revocation>;
}

impl Server for Client {
    fn refresh<'a>(
        &'a self,
        refresh_token: &'a SecretString,
        key: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, oauth::Error>> {
        Box::pin(Client::refresh(self, refresh_token, key))
    }

    fn identity<'a>(
        &'a self,
        tokens: &'a TokenSet,
    ) -> BoxFuture<'a, Result<Identity, oauth::Error>> {
        Box::pin(Client::identity(self, tokens))
    }

    fn still<'a>(
        &'a self,
        tokens: &'a TokenSet,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<(), oauth::Error>> {
        Box::pin(async move {
            self.identity_after_refresh(tokens, subject)
                .await
                .map(|_unchanged| ())
        })
    }

    fn revoke<'a>(
        &'a self,
        refresh_token: Option<&'a SecretString>,
        access_token: Option<&'a SecretString>,
        limit: Duration,
    ) -> BoxFuture<'a, Revocation> {
        Box::pin(Client::revoke(self, refresh_token, access_token, limit))
    }
}
