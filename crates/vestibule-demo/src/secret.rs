//! Random secrets, their hashes, and refresh tokens that prove which server made them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::{digest, hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};

/// Base64url without padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 of a secret, in base64url. Only this form is stored or used as a key of a table, so that
/// neither the disk nor the time of a look-up tells about the secret.
pub(super) fn hash(secret: &str) -> String {
    encode(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref())
}

/// The same of a token or code that is kept from sight.
pub(super) fn hash_of(secret: &SecretString) -> String {
    hash(secret.expose_secret())
}

/// Random bytes from the operating system's generator.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // aws-lc aborts rather than hand out weak randomness; the Result is a formality of its interface.
    if rand::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

/// A 256-bit random secret in base64url.
pub(super) fn fresh() -> SecretString {
    encode(&random::<32>()).into()
}

/// Compares two strings in a time that tells nothing about where they differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

/// The server's symmetric key, derived from its signing key.
#[derive(Clone)]
pub(super) struct TokenKey(hmac::Key);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey")
    }
}

impl TokenKey {
    /// Derives the key from the private part of the signing key.
    pub(super) fn derive(private: &[u8]) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, private);
        let tag = hmac::sign(&root, b"vestibule demo: tokens");
        Self(hmac::Key::new(hmac::HMAC_SHA256, tag.as_ref()))
    }

    /// A secret that follows from `parts`, for whoever holds the key.
    ///
    /// Successors of refresh tokens are made this way. A repeated request within the leeway gets the
    /// same answer, also after a restart, although the disk holds only hashes: neither the disk nor an
    /// old token alone is enough to know the successor.
    pub(super) fn follow(&self, parts: &[&str]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.sign().as_ref());
        bytes
    }
}

/// Length of a session's identifier in bytes.
const SESSION_ID: usize = 16;
/// Length of the part that proves the server's hand.
const MAC: usize = 16;

/// A token taken apart: session, generation within the session, secret.
///
/// The session lets a token be found without a table of all tokens; the generation, which the MAC makes
/// trustworthy, lets a spent token be known as spent without a table of all spent ones.
pub(super) struct Token {
    /// Which session it belongs to.
    pub(super) session: String,
    /// How many rotations came before it.
    pub(super) generation: u32,
}

/// Writes a token down: 16 bytes session, 4 generation, 32 secret, 16 MAC, in base64url.
pub(super) fn write_token(
    key: &TokenKey,
    kind: &str,
    session: &str,
    generation: u32,
    secret: [u8; 32],
) -> SecretString {
    let mut bytes = URL_SAFE_NO_PAD.decode(session).unwrap_or_default();
    bytes.resize(SESSION_ID, 0);
    bytes.extend(generation.to_be_bytes());
    bytes.extend(secret);
    let mac = key.follow(&[kind, &encode(&bytes)]);
    bytes.extend(&mac[..MAC]);
    encode(&bytes).into()
}

/// Reads a token of this server and `kind`; `None` for anything else.
pub(super) fn read_token(key: &TokenKey, kind: &str, token: &SecretString) -> Option<Token> {
    let bytes = URL_SAFE_NO_PAD.decode(token.expose_secret()).ok()?;
    let (body, mac) = bytes.split_at_checked(SESSION_ID + 4 + 32)?;
    let expected = key.follow(&[kind, &encode(body)]);
    verify_slices_are_equal(mac, &expected[..MAC]).ok()?;
    let generation = body.get(SESSION_ID..SESSION_ID + 4)?.try_into().ok()?;
    Some(Token {
        session: encode(body.get(..SESSION_ID)?),
        generation: u32::from_be_bytes(generation),
    })
}

/// A new identifier for a session.
pub(super) fn new_session() -> String {
    encode(&random::<SESSION_ID>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_a_forged_one_is_not() {
        let key = TokenKey::derive(b"one");
        let session = new_session();
        let token = write_token(&key, "refresh", &session, 7, random());
        let read = read_token(&key, "refresh", &token).unwrap();
        assert_eq!((read.session, read.generation), (session, 7));

        assert!(
            read_token(&key, "access", &token).is_none(),
            "kind is bound"
        );
        assert!(read_token(&TokenKey::derive(b"two"), "refresh", &token).is_none());
        for junk in ["", "a", "####", &"A".repeat(91), &"A".repeat(4000)] {
            assert!(read_token(&key, "refresh", &junk.to_owned().into()).is_none());
        }
    }

    #[test]
    fn parts_are_kept_apart() {
        let key = TokenKey::derive(b"one");
        assert_ne!(key.follow(&["ab", "c"]), key.follow(&["a", "bc"]));
        assert_eq!(key.follow(&["ab", "c"]), key.follow(&["ab", "c"]));
    }
}
