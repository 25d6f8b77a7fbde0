//! Whether an ID token may be believed (OpenID Connect Core section 3.1.3.7).
//!
//! Signature by a published key with an asymmetric algorithm, issuer, audience, times. No nonce is
//! looked for: the device grant sends none.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::Error;
use super::error::IdTokenError;
use super::json;
use super::jwks::{Jwks, NoKey};
use super::signature::Algorithm;
use super::text::bounded;
use super::userinfo;

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
    let algorithm = Algorithm::named(name).ok_or_else(|| {
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
        let message = self.message.as_bytes();
        let mut keys = keys
            .choose(self.kid.as_deref(), self.algorithm)?
            .into_iter();
        match keys.any(|key| self.algorithm.verifies(key, message, self.signature)) {
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
        self.is_signed_by_the_server(keys)?;
        check(&self.claims, expected)?;
        Ok(self.claims)
    }

    /// The same of a userinfo response (OpenID Connect Core section 5.3.2), which need not say whom it is from, for whom
    /// it is and how long it counts; what it does say must be right.
    ///
    /// # Errors
    /// As [`Unverified::verify`].
    pub(super) fn verify_userinfo(
        self,
        keys: &Jwks,
        expected: Expected<'_>,
    ) -> Result<Map<String, Value>, Error> {
        self.is_signed_by_the_server(keys)?;
        let claims = self.claims;
        let says = |name: &str| claims.get(name).is_some_and(|claim| !claim.is_null());
        // Where no issuer is known (plain OAuth 2.0) there is none to compare with.
        if says("iss") && !expected.issuer.is_empty() {
            issuer(&claims, expected)?;
        }
        if says("aud") && !audience(&claims).contains(&expected.client_id) {
            return Err(for_another(&claims));
        }
        if says("exp") {
            end(&claims, unix(expected.now))?;
        }
        Ok(claims)
    }

    fn is_signed_by_the_server(&self, keys: &Jwks) -> Result<(), Error> {
        self.signed_by(keys).map_err(|no_key| {
            refused(match no_key {
                NoKey::Unknown => "the server has no such key",
                NoKey::Another => "its signature is not by the server's key",
            })
        })
    }
}

fn issuer(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<(), Error> {
    let said = claims.get("iss").and_then(Value::as_str);
    if said == Some(expected.issuer) {
        return Ok(());
    }
    Err(refused(format!(
        "its issuer {:?} is not {:?}",
        bounded(said.unwrap_or_default(), 200),
        expected.issuer
    )))
}

/// Whom the token is for, each named once.
fn audience(claims: &Map<String, Value>) -> Vec<&str> {
    let mut audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut seen = std::collections::HashSet::new();
    audience.retain(|one| seen.insert(*one));
    audience
}

fn for_another(claims: &Map<String, Value>) -> Error {
    refused(match list(&audience(claims)) {
        none if none.is_empty() => "it does not say which client it is meant for (aud)".to_owned(),
        others => format!("it is meant for another client (aud {others})"),
    })
}

/// The first few of what a token names, in quotes.
fn list(names: &[&str]) -> String {
    let shown = names
        .iter()
        .take(4)
        .map(|name| format!("{:?}", bounded(name, 100)));
    let mut shown: Vec<_> = shown.collect();
    if names.len() > shown.len() {
        shown.push("\u{2026}".to_owned());
    }
    shown.join(", ")
}

/// The rules about claims. Times come last: where only they are wrong, a clock is.
fn check(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<(), Error> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    issuer(claims, expected)?;
    let audience = audience(claims);
    if !audience.contains(&expected.client_id) {
        return Err(for_another(claims));
    }
    match claims.get("azp").filter(|azp| !azp.is_null()) {
        Some(azp) if azp.as_str() == Some(expected.client_id) => {}
        Some(azp) => {
            let other = azp.as_str().unwrap_or_default();
            return Err(refused(format!(
                "it was issued to another client (azp {:?})",
                bounded(other, 100)
            )));
        }
        // Errata set 2 leaves it to the client; a token for others as well, which may have been issued to any of them, is
        // not one to sign in with.
        None if audience.len() > 1 => {
            return Err(refused(format!(
                "it is meant for several audiences ({}) and does not say to which client it was issued (azp): have the \
                 server name this client alone, or add azp",
                list(&audience)
            )));
        }
        None => {}
    }
    // Some servers count their people (OpenID Connect Core section 2 wants a text); userinfo is read the same way.
    let subject = match claims.get("sub") {
        Some(Value::Number(number)) => userinfo::whole(number).unwrap_or_default(),
        _ => text("sub").unwrap_or_default().to_owned(),
    };
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
    let now = unix(now);
    let issued = time("iat").ok_or_else(|| refused("it does not say when it was issued"))?;
    let starts = time("nbf").unwrap_or(issued).max(issued);
    if starts > now + AHEAD.as_secs_f64() {
        return Err(clock(format!(
            "it was issued {} in the future",
            span(starts - now)
        )));
    }
    end(claims, now)
}

fn end(claims: &Map<String, Value>, now: f64) -> Result<(), Error> {
    let expires = claims.get("exp").and_then(Value::as_f64);
    let expires = expires.ok_or_else(|| refused("it does not say when it ends"))?;
    match expires <= now - LEEWAY.as_secs_f64() {
        true => Err(clock(format!("it ended {} ago", span(now - expires)))),
        false => Ok(()),
    }
}

fn clock(what: String) -> Error {
    Error::IdToken(IdTokenError::ClocksDisagree(what))
}

fn unix(now: SystemTime) -> f64 {
    now.duration_since(UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64())
}

#[cfg(test)]
mod tests;
