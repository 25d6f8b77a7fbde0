//! Proof Key for Code Exchange (PKCE, RFC 7636) in the device grant: the request for a code goes with the hash of a
//! secret, each poll with the secret itself. Whoever gets hold of the device code alone gets no tokens for it.
//!
//! The device grant does not need it (RFC 8628 has none); some servers want it all the same, Keycloak where the client's
//! "Proof Key for Code Exchange Code Challenge Method" is set. Metadata tells of the server and mostly means the code
//! grant (RFC 8414 section 2), so that with `auto` neither what it lists nor what it does not is the last word: an
//! answer that speaks of PKCE, or that refuses a request with it, leads to one more request the other way.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use super::provider::PKCE_WORDS;
use super::{Client, Error, secret};
use crate::config::Pkce;

/// Random bytes of a verifier (RFC 7636 section 4.1): 43 characters of base64url.
const BYTES: usize = 32;

/// The secret behind one code.
#[derive(Debug, Clone)]
pub(super) struct Verifier {
    verifier: SecretString,
    challenge: String,
}

impl Verifier {
    /// A new one, for one request for a code.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where the system has no random numbers to give.
    pub(super) fn generate() -> Result<Self, Error> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes)
            .map_err(|_| Error::Misconfigured("no secret for PKCE could be made".to_owned()))?;
        let verifier = SecretString::from(URL_SAFE_NO_PAD.encode(bytes));
        let challenge = secret::hash(&verifier);
        Ok(Self {
            verifier,
            challenge,
        })
    }

    /// What goes with the request for a code.
    pub(super) fn challenge(&self) -> [(&str, &str); 2] {
        [
            ("code_challenge", &self.challenge),
            ("code_challenge_method", "S256"),
        ]
    }

    /// What goes with each poll.
    pub(super) fn field(&self) -> (&str, &str) {
        secret::field("code_verifier", &self.verifier)
    }

    /// The secret, for taking it out of what the server says.
    pub(super) fn secret(&self) -> &SecretString {
        &self.verifier
    }
}

/// What a server has shown: that it wants PKCE, or that it does not take it.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<Option<bool>>);

impl Seen {
    fn wanted(&self) -> Option<bool> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, wanted: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(wanted);
    }
}

impl Client {
    /// Whether the next code is asked for with a challenge.
    ///
    /// # Errors
    /// Where that is for the server's metadata to tell: as a sign-in would meet them.
    pub(super) async fn uses_pkce(&self) -> Result<bool, Error> {
        Ok(match (self.inner.config.pkce, self.inner.pkce.wanted()) {
            (Pkce::Require, _) => true,
            (Pkce::Off, _) => false,
            (Pkce::Auto, Some(wanted)) => wanted,
            (Pkce::Auto, None) => self.provider().pkce || self.endpoints().await?.pkce,
        })
    }

    /// Whether a request that failed with `error` is worth another, with a proof where it went `without` one and the
    /// other way round.
    pub(super) fn may_turn_pkce(&self, with: bool, error: &Error) -> bool {
        self.inner.config.pkce == Pkce::Auto
            && match with {
                true => is_refused(error),
                false => is_asked_for(error),
            }
    }

    /// Remembers what the server has shown. Tells nothing where the owner has decided.
    pub(super) fn learn_pkce(&self, wanted: bool) {
        self.inner.pkce.learn(wanted);
    }
}

/// Whether the server speaks of PKCE.
pub(super) fn is_asked_for(error: &Error) -> bool {
    let Error::OAuth {
        code, description, ..
    } = error
    else {
        return false;
    };
    let said = format!("{code} {}", description.as_deref().unwrap_or_default()).to_lowercase();
    PKCE_WORDS.iter().any(|words| said.contains(words))
}

/// Whether parameters that it does not know may be what the server has against a request (RFC 6749 section 3.2 wants them
/// ignored; not every server does).
fn is_refused(error: &Error) -> bool {
    match error {
        Error::OAuth { code, .. } => code == "invalid_request" || is_asked_for(error),
        Error::Unexpected { status, .. } => matches!(status, 400 | 422),
        Error::Network(_) | Error::IdToken(_) | Error::Misconfigured(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oauth(code: &str, description: &str) -> Error {
        Error::OAuth {
            status: 400,
            code: code.to_owned(),
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        }
    }

    #[test]
    fn a_verifier_is_as_long_as_it_must_be_and_never_the_same() {
        let [one, two] = [(); 2].map(|()| Verifier::generate().unwrap());
        let (name, verifier) = one.field();
        assert_eq!((name, verifier.len()), ("code_verifier", 43));
        assert_ne!(verifier, two.field().1);
        assert!(!format!("{one:?}").contains(verifier));
        // RFC 7636 appendix B.
        let known = SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(secret::hash(&known), challenge);
    }

    #[test]
    fn servers_that_ask_for_it_are_heard() {
        for (code, description) in [
            (
                "invalid_request",
                "Missing parameter: code_challenge_method",
            ),
            ("invalid_request", "PKCE is required"),
            ("invalid_grant", "PKCE code verifier not specified"),
            ("invalid_request", "Proof Key for Code Exchange is needed"),
            ("pkce_required", ""),
        ] {
            assert!(
                is_asked_for(&oauth(code, description)),
                "{code} {description}"
            );
        }
        for (code, description) in [
            ("invalid_request", "missing audience"),
            ("unauthorized_client", "Grant type not allowed"),
            ("invalid_grant", "the device code is over"),
        ] {
            assert!(
                !is_asked_for(&oauth(code, description)),
                "{code} {description}"
            );
        }
    }
}
