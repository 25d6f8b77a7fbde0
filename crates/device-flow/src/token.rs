//! Tokens as they come from the token endpoint, and who they speak for.

#[cfg(feature = "driver")]
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::Error;
#[cfg(feature = "driver")]
use super::dpop;
use super::text::bounded;

/// A type of token is shown only as far as this.
pub(super) const LONGEST_TYPE: usize = 40;

/// A successful token response (RFC 6749 section 5.1).
#[derive(Debug, Clone)]
pub struct TokenSet {
    /// The access token, opaque to clients (RFC 6749 section 1.4).
    pub access_token: SecretString,
    /// How the access token is presented: `Bearer`, or `DPoP` where it is bound to the key. Any other is as the server
    /// wrote it, and [`scheme`] refuses it.
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

/// The scheme that presents an access token of this type. A client must not use a token whose type it does not understand
/// (RFC 6749 section 7.1): it would be sent in a way that its issuer did not mean. Types ignore case (section 5.1); not
/// every API does, so that the scheme has its usual spelling.
///
/// # Errors
/// [`Error::Misconfigured`] for any type but `Bearer` and `DPoP`.
pub fn scheme(token_type: &str) -> Result<&'static str, Error> {
    ["Bearer", "DPoP"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(token_type))
        .ok_or_else(|| {
            Error::Misconfigured(format!(
                "the server gave an access token of type {:?}, and only Bearer and DPoP are known here (RFC 6749 section \
                 7.1)",
                bounded(token_type, LONGEST_TYPE)
            ))
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bearer_and_dpop_are_types_of_token_that_are_used() {
        for (said, scheme_of_it) in [
            ("Bearer", "Bearer"),
            ("bearer", "Bearer"),
            ("BEARER", "Bearer"),
            ("dpop", "DPoP"),
            ("DPoP", "DPoP"),
        ] {
            assert_eq!(scheme(said), Ok(scheme_of_it));
        }
        for said in [
            "mac",
            "Basic",
            "N_A",
            "access_token",
            "urn:x",
            "Bearer,DPoP",
            "",
            "Bear\u{435}r",
        ] {
            let refusal = scheme(said).unwrap_err().to_string();
            assert!(
                refusal.contains(said) && refusal.contains("7.1"),
                "{refusal}"
            );
        }
    }
}
