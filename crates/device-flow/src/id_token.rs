//! Whether an ID token may be believed (OpenID Connect Core section 3.1.3.7).
//!
//! Signature by a published key with an asymmetric algorithm, issuer, audience, times. No nonce is
//! looked for: the device grant sends none.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use super::Error;
use super::error::IdTokenError;
use super::json;
use super::jwks::{Jwks, NoKey};
use super::text::bounded;

/// How far two clocks may be apart before `exp` counts.
const LEEWAY: Duration = Duration::from_secs(60);
/// How far in the future a token may have been issued.
const AHEAD: Duration = Duration::from_secs(600);
/// OpenID Connect Core section 2.
const LONGEST_SUBJECT: usize = 255;
const LONGEST_TOKEN: usize = 64 * 1024;

/// What an ID token must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) now: SystemTime,
}

/// An ID token taken apart; nothing in it is believed yet.
pub(super) struct Unverified<'a> {
    message: &'a str,
    signature: &'a str,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    kid: Option<String>,
}

fn refused(why: impl Into<String>) -> Error {
    Error::IdToken(IdTokenError::Refused(why.into()))
}

/// Takes a compact JWS apart.
///
/// # Errors
/// [`Error::IdToken`] when it is none, or signed in a way that is never accepted.
pub(super) fn parse(token: &str) -> Result<Unverified<'_>, Error> {
    let malformed = || refused("it is not a signed JWT");
    if token.len() > LONGEST_TOKEN {
        return Err(refused("it is too long"));
    }
    let (message, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = message.split_once('.').ok_or_else(malformed)?;
    let header = object(header).ok_or_else(malformed)?;
    let claims = object(claims).ok_or_else(malformed)?;
    let name = header
        .get("alg")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let algorithm = algorithm(name).ok_or_else(|| {
        refused(format!(
            "its algorithm {:?} is not accepted",
            bounded(name, 20)
        ))
    })?;
    if header.contains_key("crit") {
        return Err(refused(
            "it has critical extensions that are not known here",
        ));
    }
    let kid = header.get("kid").and_then(Value::as_str).map(str::to_owned);
    Ok(Unverified {
        message,
        signature,
        claims,
        algorithm,
        kid,
    })
}

/// Asymmetric algorithms only. With `none` or a shared secret anybody could have signed: the
/// client has no secret that the world has not.
fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "RS256" => Algorithm::RS256,
        "RS384" => Algorithm::RS384,
        "RS512" => Algorithm::RS512,
        "PS256" => Algorithm::PS256,
        "PS384" => Algorithm::PS384,
        "PS512" => Algorithm::PS512,
        "ES256" => Algorithm::ES256,
        "ES384" => Algorithm::ES384,
        "EdDSA" | "Ed25519" => Algorithm::EdDSA,
        _ => return None,
    })
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let text = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    match json::of_a_server(&text) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

impl Unverified<'_> {
    /// A claim that is text, not to be believed yet.
    pub(super) fn claim(&self, name: &str) -> Option<String> {
        let claim = self.claims.get(name).and_then(Value::as_str)?;
        Some(claim.to_owned())
    }

    /// Whether one of `keys` has signed it.
    ///
    /// # Errors
    /// Why none has.
    pub(super) fn signed_by(&self, keys: &Jwks) -> Result<(), NoKey> {
        let keys = keys.choose(self.kid.as_deref(), self.algorithm)?;
        let good = |key| {
            let message = self.message.as_bytes();
            jsonwebtoken::crypto::verify(self.signature, message, key, self.algorithm)
        };
        match keys.iter().any(|key| matches!(good(key), Ok(true))) {
            true => Ok(()),
            false => Err(NoKey::Another),
        }
    }

    /// The claims, once signature and claims have been found good.
    ///
    /// # Errors
    /// [`Error::IdToken`] says what was not.
    pub(super) fn verify(
        self,
        keys: &Jwks,
        expected: Expected<'_>,
    ) -> Result<Map<String, Value>, Error> {
        self.signed_by(keys).map_err(|no_key| {
            refused(match no_key {
                NoKey::Unknown => "the server has no such key",
                NoKey::Ambiguous => "it does not say which of the server's keys signed it",
                NoKey::Another => "its signature is not by the server's key",
            })
        })?;
        check(&self.claims, expected)?;
        Ok(self.claims)
    }
}

/// The rules about claims. Times come last: where only they are wrong, a clock is.
fn check(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<(), Error> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return Err(refused(format!(
            "its issuer {:?} is not {:?}",
            bounded(text("iss").unwrap_or_default(), 200),
            expected.issuer
        )));
    }
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !audience.contains(&expected.client_id) {
        return Err(refused("it is meant for another client"));
    }
    let authorized = claims.get("azp").filter(|azp| !azp.is_null());
    let fits = authorized.map(|azp| azp.as_str() == Some(expected.client_id));
    if fits == Some(false) || (fits.is_none() && audience.len() > 1) {
        return Err(refused("it was issued to another client"));
    }
    let subject = text("sub").unwrap_or_default();
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
        return Err(refused("it names no usable subject"));
    }
    times(claims, expected.now)
}

/// A number of seconds in words. A token may say any number.
fn span(seconds: f64) -> String {
    const YEAR: f64 = 366.0 * 86_400.0;
    if seconds > YEAR {
        "more than a year".to_owned()
    } else {
        format!("{seconds:.0} s")
    }
}

fn times(claims: &Map<String, Value>, now: SystemTime) -> Result<(), Error> {
    let time = |name: &str| claims.get(name).and_then(Value::as_f64);
    let now = now
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64());
    let clock = |what: String| Error::IdToken(IdTokenError::ClocksDisagree(what));
    let expires = time("exp").ok_or_else(|| refused("it does not say when it ends"))?;
    let issued = time("iat").ok_or_else(|| refused("it does not say when it was issued"))?;
    let starts = time("nbf").unwrap_or(issued).max(issued);
    if starts > now + AHEAD.as_secs_f64() {
        return Err(clock(format!(
            "it was issued {} in the future",
            span(starts - now)
        )));
    }
    if expires <= now - LEEWAY.as_secs_f64() {
        return Err(clock(format!("it ended {} ago", span(now - expires))));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
