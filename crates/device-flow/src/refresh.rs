//! New tokens for a refresh token (RFC 6749 section 6), and whether what comes may be used.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::config::{Dpop, Request};
use super::dpop::{self, Key};
use super::exchange::Exchange;
use super::{Client, Error, Failed, TokenSet, scheme, secret, wire};

/// How long the answer to a refresh is waited for, connecting included. Much longer than for any other: a server
/// that has rotated the token takes its next use for a theft, and whoever hangs up early never sees the new one.
pub const REFRESH_LIMIT: Duration = Duration::from_secs(45);

impl Client {
    /// Looks up where a refresh goes, so that whatever fails in [`Client::refresh`] has to do with the token.
    ///
    /// # Errors
    /// As a refresh would meet them; nothing was presented.
    pub async fn find_token_endpoint(&self) -> Result<(), Error> {
        self.endpoints().await?.token().map(|_| ())
    }

    /// Exchanges a refresh token (RFC 6749 section 6), with a proof of the session's `key` if it has one.
    /// Sends exactly one request that the server looks at, and waits for its answer up to [`REFRESH_LIMIT`].
    /// Where a success brings a refresh token and no access token that can be used, the access token is empty: the refresh
    /// token is to be kept all the same.
    ///
    /// # Errors
    /// [`Error::OAuth`] with code `invalid_grant` is the only one that ends a session.
    /// [`Error::Misconfigured`] where [`Dpop::Require`] is set and this session has no key: nothing
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
            Ok(reply) => match wire::tokens(&reply, self.provider().aliases) {
                Err(failed) => wire::refresh_token_alone(&reply).ok_or(failed),
                tokens => tokens,
            },
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
        self.inner.log.note(Exchange::Refresh, (&outcome).into());
        tokens
    }

    /// Whether an access token of this type may be used, by a session that has a key or none.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] for a type that is not known ([`scheme`]), and where [`Dpop::Require`] is set and this is
    /// no token that is bound to a key.
    pub fn admit(&self, token_type: &str, has_key: bool) -> Result<(), Error> {
        let _ = scheme(token_type)?;
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
        let is_bound = dpop::is_dpop(&tokens.token_type);
        if is_bound && key.is_none() {
            return Err((bound_to_nothing(), tokens));
        }
        if self.requires_dpop() && !is_bound && scheme(&tokens.token_type).is_ok() {
            return Err((not_bound(&tokens.token_type), tokens));
        }
        let key = key.cloned();
        Ok(TokenSet { key, ..tokens })
    }
}

fn without_key() -> Error {
    Error::Misconfigured(
        "this sign-in is not bound to a key and provider.dpop is \"require\": sign out and in again"
            .to_owned(),
    )
}

/// A token of type DPoP is presented with a proof of the key that was proved for it (RFC 9449 section 7.1).
fn bound_to_nothing() -> Error {
    Error::Misconfigured(
        "the server gave a token of type DPoP, and no key was proved when it was asked for: set provider.dpop = \
         \"require\", or have the server give this client bearer tokens"
            .to_owned(),
    )
}

fn not_bound(token_type: &str) -> Error {
    Error::Misconfigured(format!(
        "provider.dpop is \"require\" and the server gave a token of type {token_type}: it does not bind tokens to a \
         key (DPoP), or not for this client"
    ))
}
