//! The key that signs ID tokens: ES256, published as a JWK Set.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use super::secret::{TokenKey, encode};

/// The server's keys.
pub(super) struct Keys {
    signing: EncodingKey,
    key_id: String,
    jwks: Value,
    tokens: TokenKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Keys {
    /// Makes a key; also returns it in PKCS #8 to be kept.
    pub(super) fn generate() -> Option<(Self, Vec<u8>)> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
        let bytes = pair.to_pkcs8v1().ok()?.as_ref().to_vec();
        Some((Self::from_pkcs8(&bytes)?, bytes))
    }

    /// Takes a key that was kept; `None` when it is none.
    pub(super) fn from_pkcs8(bytes: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes).ok()?;
        // An uncompressed point: 0x04, then x and y of 32 bytes each (SEC 1 section 2.3.3).
        let point = pair.public_key().as_ref();
        let (x, y) = (encode(point.get(1..33)?), encode(point.get(33..65)?));
        // RFC 7638: the required members in lexical order, without white space.
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let key_id = encode(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
        let jwks = json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "x": x, "y": y,
            "use": "sig", "alg": "ES256", "kid": key_id,
        }]});
        Some(Self {
            signing: EncodingKey::from_ec_der(bytes),
            key_id,
            jwks,
            tokens: TokenKey::derive(bytes),
        })
    }

    /// Signs claims; `None` when the key is unusable, which [`Self::from_pkcs8`] has ruled out.
    pub(super) fn sign(&self, claims: &Map<String, Value>) -> Option<String> {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.key_id.clone());
        jsonwebtoken::encode(&header, claims, &self.signing).ok()
    }

    /// The public half (RFC 7517).
    pub(super) fn jwks(&self) -> &Value {
        &self.jwks
    }

    /// The key for tokens that only this server reads.
    pub(super) fn tokens(&self) -> &TokenKey {
        &self.tokens
    }

    /// Thumbprint of the key.
    #[cfg(test)]
    pub(super) fn key_id(&self) -> &str {
        &self.key_id
    }
}
