//! A server's public keys (RFC 7517), which of them may have signed a token, and when they are fetched again.

use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::identity::Occasion;
use super::pace::DAY;
use super::signature::Algorithm;

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

/// Why no key has signed a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// None fits: the server may have changed its keys since they were fetched.
    Unknown,
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

    /// The keys that may have signed a token with this header: all that bear its name. Where it has none, as a header may
    /// (RFC 7515 section 4.1.4), every key of its kind; where no key has that name, those without a name.
    ///
    /// A server that changes its key and not the name may publish both for a while.
    pub(super) fn choose(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<Vec<&Jwk>, NoKey> {
        let fitting = || self.0.iter().filter(|key| algorithm.fits(key));
        let named = |name: Option<&str>| -> Vec<&Jwk> {
            fitting()
                .filter(|key| key.common.key_id.as_deref() == name)
                .collect()
        };
        let chosen = match kid {
            None => fitting().collect(),
            Some(kid) => match named(Some(kid)) {
                chosen if chosen.is_empty() => named(None),
                chosen => chosen,
            },
        };
        match chosen.is_empty() {
            true => Err(NoKey::Unknown),
            false => Ok(chosen),
        }
    }
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
