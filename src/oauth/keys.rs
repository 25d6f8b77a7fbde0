//! A server's public keys (RFC 7517), and which of them may have signed a token.

use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};

/// No server publishes more; each one costs a look at every token.
const MOST_KEYS: usize = 100;

/// The keys of a JWKS document that are keys to us.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys(Vec<Jwk>);

/// Why no key was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// None fits: the server may have changed its keys since they were fetched.
    Unknown,
    /// Several fit and the token does not say which.
    Ambiguous,
}

impl Keys {
    /// Reads the document; a key of an unknown kind hides none of the others.
    pub(super) fn parse(document: &Map<String, Value>) -> Option<Self> {
        let keys = document.get("keys")?.as_array()?;
        let known = keys
            .iter()
            .take(MOST_KEYS)
            .filter_map(|key| serde_json::from_value(key.clone()).ok());
        Some(Self(known.collect()))
    }

    /// The key that signed a token with this header.
    pub(super) fn choose(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<DecodingKey, NoKey> {
        let fitting: Vec<&Jwk> = self.0.iter().filter(|key| fits(key, algorithm)).collect();
        let named = |key: &&&Jwk| kid.is_some() && key.common.key_id.as_deref() == kid;
        let chosen = match (fitting.iter().find(named), kid, fitting.as_slice()) {
            (Some(key), _, _) => key,
            (None, None, [only]) => only,
            (None, Some(_), [only]) if only.common.key_id.is_none() => only,
            (None, None, [_, _, ..]) => return Err(NoKey::Ambiguous),
            (None, _, _) => return Err(NoKey::Unknown),
        };
        DecodingKey::from_jwk(chosen).map_err(|_| NoKey::Unknown)
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
