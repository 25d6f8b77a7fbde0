//! How a token is presented, and what servers say about proofs.

use reqwest::header::{self, HeaderMap};
use secrecy::SecretString;
use url::Url;

use super::Key;
use crate::{Error, NetworkFailure, scheme, secret};

/// What a server says that wants a nonce (RFC 9449 section 8).
pub(crate) const USE_DPOP_NONCE: &str = "use_dpop_nonce";
/// What a server says that does not take a proof, as where its time is wrong (RFC 9449 section 5).
pub(crate) const INVALID_DPOP_PROOF: &str = "invalid_dpop_proof";

/// Whose nonce it is: the two kinds of server make them up independently, even on one origin
/// (RFC 9449 sections 8 and 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The token endpoint.
    Authorization,
    /// Userinfo and the API.
    Resource,
}

/// Whether tokens of this type need a proof with every use.
pub(crate) fn is_dpop(token_type: &str) -> bool {
    token_type.eq_ignore_ascii_case("dpop")
}

/// The headers that present an access token: `Authorization`, and the proof where the token is bound.
///
/// `nonce` is what [`nonce_wanted`] returned for the same request, if it is the second try.
///
/// # Errors
/// [`Error::Misconfigured`] for a token of a type that is not known ([`scheme`]), or that no header can carry.
pub fn authorization(
    token_type: &str,
    token: &SecretString,
    key: Option<&Key>,
    (method, url): (&str, &Url),
    nonce: Option<&str>,
) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    let value = secret::presented(scheme(token_type)?, token)
        .map_err(|_| Error::Misconfigured("a token no header can carry".to_owned()))?;
    let _ = headers.insert(header::AUTHORIZATION, value);
    if let Some(key) = key.filter(|_| is_dpop(token_type)) {
        let (name, proof) = key.prove(Role::Resource, method, url, Some(token), nonce)?;
        let _ = headers.insert(name, proof);
    }
    Ok(headers)
}

/// Takes note of the nonce in an answer to a request with a token. Returns it where the request was refused
/// only for want of it (RFC 9449 section 9): send it again at once, once, and then say that it was `sent`.
pub fn nonce_wanted(
    key: Option<&Key>,
    url: &Url,
    answer: (u16, &HeaderMap),
    sent: Option<&str>,
) -> Option<String> {
    key?.heard(Role::Resource, url, answer, sent)
}

/// Errors of the token endpoint that speak of proofs, in words that help. `proved` tells whether the
/// request carried one. None of them ends a session.
pub(crate) fn explain(error: Error, proved: bool) -> Error {
    let Error::OAuth {
        status,
        code,
        description,
    } = error
    else {
        return error;
    };
    match (code.as_str(), proved) {
        (INVALID_DPOP_PROOF | USE_DPOP_NONCE, false) => Error::Misconfigured(format!(
            "the server gives tokens only to clients that prove a key ({code}): set provider.dpop = \"require\" and \
             sign in again"
        )),
        (USE_DPOP_NONCE, true) => Error::network(
            NetworkFailure::Unavailable,
            "the server asked for a nonce and did not take the one it gave (use_dpop_nonce)",
        ),
        (INVALID_DPOP_PROOF, true) => Error::OAuth {
            status,
            code,
            description: Some(format!(
                "most likely this box's clock is wrong, for its time stands in every proof (iat){}",
                description.map_or_else(String::new, |said| format!("; the server says: {said}"))
            )),
        },
        _ => Error::OAuth {
            status,
            code,
            description,
        },
    }
}
