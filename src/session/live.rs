//! A signed-in account in use.

use std::time::Duration;

use secrecy::SecretString;

use super::{Account, Error};
use crate::oauth::Revocation;

/// An access token to present to the API.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token.
    pub secret: SecretString,
    /// How it is presented, normally `Bearer`.
    pub token_type: String,
}

/// A signed-in account. Cheap to clone; clones share one set of tokens.
#[derive(Debug, Clone)]
pub struct Session {}

/// What became of a sign-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOut {
    /// At the server.
    pub revocation: Revocation,
    /// On this device: why the file could not be removed, if so.
    pub not_removed: Option<String>,
}

impl Session {
    /// Who is signed in.
    pub fn account(&self) -> Account {
        unreachable!()
    }

    /// An access token that is good for now, refreshed first when it is due.
    ///
    /// # Errors
    /// See [`Error`]; only [`Error::Ended`] means that the person must sign in again.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        std::future::pending().await
    }

    /// The token to retry with after the API answered 401 to `refused`. Many callers share one refresh.
    ///
    /// # Errors
    /// As [`Session::access_token`].
    pub async fn replace(&self, refused: &AccessToken) -> Result<AccessToken, Error> {
        let _ = refused;
        std::future::pending().await
    }

    /// Waits for a refresh in flight to be written, at most `limit`.
    pub async fn settle(&self, limit: Duration) {
        let _ = limit;
        std::future::pending().await
    }

    /// Revokes at the server (best effort), then forgets the account on this device. Works offline.
    pub async fn sign_out(&self) -> SignOut {
        std::future::pending().await
    }
}
