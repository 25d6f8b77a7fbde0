//! Which signatures of tokens are taken (RFC 7518 section 3), and by which of a server's keys.

use aws_lc_rs::signature::{ECDSA_P521_SHA512_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};

/// Bytes of a coordinate on the curve P-521.
const P521: usize = 66;

/// An asymmetric algorithm. With `none` or a shared secret anybody could have signed: the client has no secret that the
/// world has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// One that the library knows.
    Known(jsonwebtoken::Algorithm),
    /// ECDSA on P-521, which it does not.
    Es512,
}

impl Algorithm {
    /// The algorithm of a header's `alg`, where it is one that is accepted.
    pub(super) fn named(name: &str) -> Option<Self> {
        use jsonwebtoken::Algorithm::{
            ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512,
        };
        Some(Self::Known(match name {
            "RS256" => RS256,
            "RS384" => RS384,
            "RS512" => RS512,
            "PS256" => PS256,
            "PS384" => PS384,
            "PS512" => PS512,
            "ES256" => ES256,
            "ES384" => ES384,
            "ES512" => return Some(Self::Es512),
            "EdDSA" | "Ed25519" => EdDSA,
            _ => return None,
        }))
    }

    /// Whether a key may have signed with it.
    pub(super) fn fits(self, key: &Jwk) -> bool {
        let common = &key.common;
        let for_signing = common
            .public_key_use
            .as_ref()
            .is_none_or(|intended| *intended == PublicKeyUse::Signature)
            && common
                .key_operations
                .as_ref()
                .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
        for_signing
            && common.key_algorithm.is_none_or(|named| self.is(named))
            && self.is_of(&key.algorithm)
    }

    /// Whether a key's `alg` means this one.
    fn is(self, named: KeyAlgorithm) -> bool {
        // The library has no name for ES512, and none for EdDSA as RFC 9864 calls it on this curve ("Ed25519"). The curve
        // itself is looked at besides.
        let newer = matches!(
            self,
            Self::Es512 | Self::Known(jsonwebtoken::Algorithm::EdDSA)
        );
        match self {
            _ if newer && named == KeyAlgorithm::UNKNOWN_ALGORITHM => true,
            Self::Known(known) => named == KeyAlgorithm::from(known),
            Self::Es512 => false,
        }
    }

    fn is_of(self, parameters: &AlgorithmParameters) -> bool {
        use jsonwebtoken::Algorithm::{
            ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512,
        };
        match (parameters, self) {
            (
                AlgorithmParameters::RSA(_),
                Self::Known(RS256 | RS384 | RS512 | PS256 | PS384 | PS512),
            ) => true,
            (AlgorithmParameters::EllipticCurve(key), Self::Known(ES256)) => {
                key.curve == EllipticCurve::P256
            }
            (AlgorithmParameters::EllipticCurve(key), Self::Known(ES384)) => {
                key.curve == EllipticCurve::P384
            }
            (AlgorithmParameters::EllipticCurve(key), Self::Es512) => {
                key.curve == EllipticCurve::P521
            }
            (AlgorithmParameters::OctetKeyPair(key), Self::Known(EdDSA)) => {
                key.curve == EllipticCurve::Ed25519
            }
            _ => false,
        }
    }

    /// Whether `key` has signed the message. A key that cannot be read has signed nothing.
    pub(super) fn verifies(self, key: &Jwk, message: &[u8], signature: &str) -> bool {
        match self {
            Self::Known(known) => DecodingKey::from_jwk(key).is_ok_and(|key| {
                matches!(
                    jsonwebtoken::crypto::verify(signature, message, &key, known),
                    Ok(true)
                )
            }),
            Self::Es512 => {
                let (Some(point), Ok(signature)) = (point(key), URL_SAFE_NO_PAD.decode(signature))
                else {
                    return false;
                };
                let key = UnparsedPublicKey::new(&ECDSA_P521_SHA512_FIXED, point);
                key.verify(message, &signature).is_ok()
            }
        }
    }
}

/// A key on P-521 as an uncompressed point (SEC 1 section 2.3.3).
fn point(key: &Jwk) -> Option<Vec<u8>> {
    let AlgorithmParameters::EllipticCurve(key) = &key.algorithm else {
        return None;
    };
    let mut point = vec![4];
    for coordinate in [&key.x, &key.y] {
        let bytes = URL_SAFE_NO_PAD.decode(coordinate).ok()?;
        // RFC 7518 section 6.2.1.2 wants all of them; some servers leave leading zeros out.
        point.resize(point.len() + P521.checked_sub(bytes.len())?, 0);
        point.extend(bytes);
    }
    Some(point)
}
