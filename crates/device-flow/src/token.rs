//! Tokens as they come from the token endpoint, and who they speak for.

#[cfg(feature = "driver")]
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

#[cfg(feature = "driver")]
use super::dpop;

/// A successful token response (RFC 6749 section 5.1).
#[derive(Debug, Clone)]
pub struct TokenSet {
    /// The access token, opaque to clients (RFC 6749 section 1.4).
    pub access_token: SecretString,
    /// How the access token is presented: `Bearer`, or `DPoP` where it is bound to the key.
    pub token_type: String,
    /// Absent when the server grants none, or, on refresh, keeps the old one valid.
    pub refresh_token: Option<SecretString>,
    /// The ID token as it came (OpenID Connect Core section 2). Nothing in it may be believed before a `Client` has checked
    /// it.
    pub id_token: Option<SecretString>,
    /// Life of the access token from now; `None` when the server does not say.
    pub expires_in: Option<Duration>,
    /// Scopes granted; `None` when the server does not say (then they are those asked for).
    pub scopes: Option<Vec<String>>,
    /// The key that was proved when they were asked for: the refresh token is bound to it, and the access
    /// token too where its type says so (RFC 9449 section 5).
    #[cfg(feature = "driver")]
    pub key: Option<Arc<dpop::Key>>,
}

/// The person a set of tokens speaks for, from a validated ID token and from userinfo.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// Subject identifier; empty when the server gives no identity at all (plain OAuth 2.0).
    pub subject: String,
    /// Name for the greeting: `name`, else `given_name`, `nickname`, `preferred_username`, `email`.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address of a picture.
    pub picture: Option<url::Url>,
    /// All other claims about the person, as far as they are small: 8 KiB each, 64 KiB together.
    pub claims: serde_json::Map<String, serde_json::Value>,
}

/// What became of a revocation (RFC 7009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revocation {
    /// The server confirmed it.
    Revoked,
    /// The server has no revocation endpoint.
    NotOffered,
    /// It could not be revoked; the reason.
    Failed(super::Error),
}
