//! The keys that sign ID tokens, published as a JWK Set: RS256, which every client knows, and ES256.

use aws_lc_rs::digest;
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Map, Value, json};

use super::secret::{TokenKey, encode};

/// How an ID token is signed (RFC 7518 section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256; OpenID Connect Discovery 1.0 section 3 wants it of every server.
    Rs256,
    /// ECDSA with P-256 and SHA-256.
    Es256,
}

impl Algorithm {
    /// All of them, the one for clients that do not say first.
    pub(super) const ALL: [Self; 2] = [Self::Rs256, Self::Es256];

    /// Its name in JOSE.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }
}

/// The server's keys.
pub(super) struct Keys {
    rs256: SigningKey,
    es256: SigningKey,
    tokens: TokenKey,
}

/// A key for one algorithm.
pub(super) struct SigningKey {
    pair: Pair,
    /// RFC 7638.
    thumbprint: String,
    jwk: Value,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Elliptic(EcdsaKeyPair),
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl SigningKey {
    /// Makes a key; also returns it in PKCS #8 to be kept.
    pub(super) fn generate(algorithm: Algorithm) -> Option<(Self, Vec<u8>)> {
        let bytes = match algorithm {
            Algorithm::Rs256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).ok()?;
                pair.as_der().ok()?.as_ref().to_vec()
            }
            Algorithm::Es256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok()?;
                pair.to_pkcs8v1().ok()?.as_ref().to_vec()
            }
        };
        Some((Self::from_pkcs8(algorithm, &bytes)?, bytes))
    }

    /// Takes a key that was kept; `None` when it is none.
    pub(super) fn from_pkcs8(algorithm: Algorithm, bytes: &[u8]) -> Option<Self> {
        // The canonical form has the required members in lexical order, without white space (RFC 7638).
        let (pair, canonical, mut jwk) = match algorithm {
            Algorithm::Rs256 => {
                let pair = RsaKeyPair::from_pkcs8(bytes).ok()?;
                let public = PublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                let (n, e) = (encode(&public.n), encode(&public.e));
                let canonical = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
                let jwk = json!({ "kty": "RSA", "n": n, "e": e });
                (Pair::Rsa(Box::new(pair)), canonical, jwk)
            }
            Algorithm::Es256 => {
                let pair =
                    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes).ok()?;
                // An uncompressed point: 0x04, then x and y of 32 bytes each (SEC 1 section 2.3.3).
                let point = pair.public_key().as_ref();
                let (x, y) = (encode(point.get(1..33)?), encode(point.get(33..65)?));
                let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
                let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
                (Pair::Elliptic(pair), canonical, jwk)
            }
        };
        let thumbprint = encode(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(algorithm.name());
        jwk["kid"] = json!(thumbprint);
        Some(Self {
            pair,
            thumbprint,
            jwk,
        })
    }

    fn signature(&self, message: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .ok()?;
                Some(signature)
            }
            Pair::Elliptic(pair) => Some(pair.sign(&random, message).ok()?.as_ref().to_vec()),
        }
    }
}

impl Keys {
    /// Keys that were made or kept, and what the tokens that only this server reads follow from.
    pub(super) fn new(rs256: SigningKey, es256: SigningKey, tokens: TokenKey) -> Self {
        Self {
            rs256,
            es256,
            tokens,
        }
    }

    /// Signs claims: a JWS in compact form (RFC 7515 section 7.1). `None` when the key is unusable, which
    /// [`SigningKey::from_pkcs8`] has ruled out.
    pub(super) fn sign(&self, algorithm: Algorithm, claims: &Map<String, Value>) -> Option<String> {
        let key = match algorithm {
            Algorithm::Rs256 => &self.rs256,
            Algorithm::Es256 => &self.es256,
        };
        let header = json!({ "typ": "JWT", "alg": algorithm.name(), "kid": key.thumbprint });
        let claims = encode(&serde_json::to_vec(claims).ok()?);
        let message = format!("{}.{claims}", encode(header.to_string().as_bytes()));
        let signature = encode(&key.signature(message.as_bytes())?);
        Some(format!("{message}.{signature}"))
    }

    /// The public halves (RFC 7517).
    pub(super) fn jwks(&self) -> Value {
        json!({ "keys": [self.rs256.jwk, self.es256.jwk] })
    }

    /// The key for tokens that only this server reads.
    pub(super) fn tokens(&self) -> &TokenKey {
        &self.tokens
    }
}
