//! A server's public keys (RFC 7517), which of them may have signed a token, and when they are fetched again.

use std::time::Duration;

use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::identity::Occasion;
use super::pace::DAY;

/// No server publishes more; each one costs a look at every token.
const MOST_KEYS: usize = 100;

/// The keys of a JWKS document that are keys to us.
#[derive(Debug, Clone, Default)]
pub(super) struct Jwks(Vec<Jwk>);

/// Keys are not fetched again sooner for what refreshes bring: anybody can make up a key's name.
const REST: Duration = Duration::from_secs(60);

/// Keys as they were fetched.
#[derive(Debug)]
pub(super) struct FetchedJwks {
    pub(super) keys: Jwks,
    at: Instant,
    /// When a token that none of them had signed last led to a fresh look.
    looked_again: Option<Instant>,
}

impl FetchedJwks {
    /// For the first time, or because they were old.
    pub(super) fn new(keys: Jwks, now: Instant) -> Self {
        Self {
            keys,
            at: now,
            looked_again: None,
        }
    }

    /// Because a token had not been signed by any of the keys before.
    pub(super) fn again(keys: Jwks, now: Instant) -> Self {
        Self {
            looked_again: Some(now),
            ..Self::new(keys, now)
        }
    }

    /// Whether they are to be fetched anew even if one of them fits: it may have been withdrawn.
    pub(super) fn are_old(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) >= DAY
    }

    /// Whether a token that none of them has signed is worth a fresh look at the server. It always is once for each
    /// sign-in: a server may change its keys at any moment, and under the same name.
    pub(super) fn may_look_again(&self, occasion: Occasion, now: Instant) -> bool {
        let rested = |at| now.saturating_duration_since(at) >= REST;
        occasion == Occasion::SignIn || self.looked_again.is_none_or(rested)
    }
}

/// Why no key was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// None fits: the server may have changed its keys since they were fetched.
    Unknown,
    /// Several fit and the token does not say which.
    Ambiguous,
    /// The signature is by none that fits.
    Another,
}

impl Jwks {
    /// Reads the document; a key of an unknown kind hides none of the others.
    pub(super) fn parse(document: &Map<String, Value>) -> Option<Self> {
        let keys = document.get("keys")?.as_array()?;
        let known = keys
            .iter()
            .take(MOST_KEYS)
            .filter_map(|key| serde_json::from_value(key.clone()).ok());
        Some(Self(known.collect()))
    }

    /// The keys that may have signed a token with this header: one, or all that bear its name. A server that changes
    /// its key and not the name may publish both for a while.
    pub(super) fn choose(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Vec<DecodingKey>, NoKey> {
        let fitting: Vec<&Jwk> = self.0.iter().filter(|key| fits(key, algorithm)).collect();
        let named = |key: &&Jwk| kid.is_some() && key.common.key_id.as_deref() == kid;
        let named: Vec<&Jwk> = fitting.iter().copied().filter(named).collect();
        let chosen = match (named.as_slice(), kid, fitting.as_slice()) {
            ([_, ..], _, _) => named,
            ([], None, [only]) => vec![*only],
            ([], Some(_), [only]) if only.common.key_id.is_none() => vec![*only],
            ([], None, [_, _, ..]) => return Err(NoKey::Ambiguous),
            ([], _, _) => return Err(NoKey::Unknown),
        };
        let keys: Vec<_> = chosen
            .into_iter()
            .filter_map(|key| DecodingKey::from_jwk(key).ok())
            .collect();
        if keys.is_empty() {
            return Err(NoKey::Unknown);
        }
        Ok(keys)
    }
}

fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let common = &key.common;
    let for_signing = common
        .public_key_use
        .as_ref()
        .is_none_or(|intended| *intended == PublicKeyUse::Signature)
        && common
            .key_operations
            .as_ref()
            .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    let for_algorithm = common.key_algorithm.is_none_or(|named| {
        // RFC 9864 calls EdDSA on this curve "Ed25519", which the library does not know yet; the
        // curve itself is looked at below.
        let newer = algorithm == Algorithm::EdDSA && named == KeyAlgorithm::UNKNOWN_ALGORITHM;
        newer || named == KeyAlgorithm::from(algorithm)
    });
    let of_its_kind = match (&key.algorithm, algorithm) {
        (
            AlgorithmParameters::RSA(_),
            Algorithm::RS256
            | Algorithm::RS384
            | Algorithm::RS512
            | Algorithm::PS256
            | Algorithm::PS384
            | Algorithm::PS512,
        ) => true,
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => {
            curve.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES384) => {
            curve.curve == EllipticCurve::P384
        }
        (AlgorithmParameters::OctetKeyPair(pair), Algorithm::EdDSA) => {
            pair.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    for_signing && for_algorithm && of_its_kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_may_always_look_again_and_a_refresh_once_a_minute() {
        let start = Instant::now();
        let first = FetchedJwks::new(Jwks::default(), start);
        for occasion in [Occasion::SignIn, Occasion::Refresh] {
            assert!(first.may_look_again(occasion, start), "{occasion:?}");
        }
        let again = FetchedJwks::again(Jwks::default(), start);
        let almost = start + REST - Duration::from_millis(1);
        assert!(again.may_look_again(Occasion::SignIn, almost));
        assert!(!again.may_look_again(Occasion::Refresh, almost));
        assert!(again.may_look_again(Occasion::Refresh, start + REST));
        assert!(!again.are_old(start + REST));
        assert!(again.are_old(start + DAY));
    }
}
