//! The key of a session: its proofs, and the nonces that servers want in them.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::Role;
use super::nonce::{self, Nonces};
use super::proof::{Point, Proof};
use crate::net::server_clock::ServerClock;
use crate::{Error, secret};

/// The proof's own header (RFC 9449 section 4.1).
const DPOP: HeaderName = HeaderName::from_static("dpop");

/// An ES256 key of one session, and the nonces that servers have handed out for its proofs.
pub struct Key {
    pair: EcdsaKeyPair,
    point: Point,
    pkcs8: SecretString,
    thumbprint: String,
    nonces: Mutex<Nonces>,
    /// Of the authorization server, once it was spoken to with this key.
    clock: OnceLock<Arc<ServerClock>>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("thumbprint", &self.thumbprint)
            .finish_non_exhaustive()
    }
}

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where the system has no random numbers to give.
    pub fn generate() -> Result<Self, Error> {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .map_err(|_| Error::Misconfigured("no key could be made for DPoP".to_owned()))?;
        Self::restore(&URL_SAFE_NO_PAD.encode(document.as_ref()).into())
    }

    /// A key as [`Key::pkcs8`] gave it.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] for anything else.
    pub fn restore(pkcs8: &SecretString) -> Result<Self, Error> {
        let refuse = || Error::Misconfigured("not a P-256 key in PKCS#8".to_owned());
        let bytes = URL_SAFE_NO_PAD
            .decode(pkcs8.expose_secret())
            .map_err(|_| refuse())?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes)
            .map_err(|_| refuse())?;
        let point = Point::of(pair.public_key().as_ref()).ok_or_else(refuse)?;
        Ok(Self {
            thumbprint: hashed(point.canonical().as_bytes()),
            pkcs8: pkcs8.clone(),
            pair,
            point,
            nonces: Mutex::default(),
            clock: OnceLock::new(),
        })
    }

    /// The private key as PKCS#8 in base64url, to be kept.
    pub fn pkcs8(&self) -> &SecretString {
        &self.pkcs8
    }

    /// The public key's name (RFC 7638), as servers bind tokens to it. No secret.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Takes the time in proofs from this clock from now on. A box whose own is wrong could not use its tokens
    /// else, at the API neither.
    pub(crate) fn follow(&self, clock: &Arc<ServerClock>) {
        let _ = self.clock.get_or_init(|| Arc::clone(clock));
    }

    fn now(&self) -> u64 {
        let local = SystemTime::now();
        let now = match self.clock.get() {
            Some(clock) => clock.as_the_server_sees_it(local),
            None => local,
        };
        now.duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    }

    /// The `DPoP` header for one request. `nonce` is the one an answer has just asked for; without
    /// it the last one heard of this server is used.
    pub(crate) fn prove(
        &self,
        role: Role,
        method: &str,
        url: &Url,
        token: Option<&SecretString>,
        nonce: Option<&str>,
    ) -> Result<(HeaderName, HeaderValue), Error> {
        let refuse = || Error::Misconfigured("no proof could be signed for DPoP".to_owned());
        let mut id = [0; 16];
        rand::fill(&mut id).map_err(|_| refuse())?;
        let remembered = self.nonces().of(role, url);
        let proof = Proof {
            method,
            url,
            id: &URL_SAFE_NO_PAD.encode(id),
            issued_at: self.now(),
            token_hash: token.map(secret::hash),
            nonce: nonce.or(remembered.as_deref()),
        };
        let message = proof.message(&self.point);
        let signature = self
            .pair
            .sign(&SystemRandom::new(), message.as_bytes())
            .map_err(|_| refuse())?;
        let jwt = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        Ok((DPOP, HeaderValue::try_from(jwt).map_err(|_| refuse())?))
    }

    /// Takes note of an answer's nonce. Returns it where the answer may be a refusal for want of it: the
    /// request is then to be sent again at once, with it, and only once. `sent` is the one that was asked for
    /// before, on the second try.
    ///
    /// An API's refusal is not remembered before its nonce has served: a server may take each nonce once,
    /// and calls go out side by side.
    pub(crate) fn heard(
        &self,
        role: Role,
        url: &Url,
        (status, headers): (u16, &HeaderMap),
        sent: Option<&str>,
    ) -> Option<String> {
        let offered = nonce::offered(headers);
        let is_refusal = nonce::is_refusal(role, status, headers);
        if (role == Role::Authorization || !is_refusal)
            && let Some(nonce) = offered.as_deref().or(sent)
        {
            self.nonces().learn(role, url, nonce);
        }
        offered.filter(|_| is_refusal)
    }

    fn nonces(&self) -> std::sync::MutexGuard<'_, Nonces> {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// SHA-256 in base64url: a thumbprint (RFC 7638), or `ath`.
fn hashed(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, bytes))
}

#[cfg(test)]
mod tests;
