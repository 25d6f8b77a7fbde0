//! What one device grant asks of the server: a code, then tokens for it.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use secrecy::SecretString;

use super::client::POLL_LIMIT;
use super::dpop::{self, Key};
use super::exchange::{Exchange, Outcome};
use super::grant::{Authorization, PollAnswer};
use super::pkce::{self, Verifier};
use super::{Client, Error, Failed, TokenSet, driver, secret, wire};
use crate::config::Request;

/// For taking back tokens that arrive after the grant was given up.
const LATE_REVOCATION: Duration = Duration::from_secs(20);
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// One device grant of a client, with the key that its tokens will be bound to and the secret that its code is tied to,
/// if any.
#[derive(Debug, Clone)]
pub(super) struct GrantExchange {
    client: Client,
    key: Arc<OnceLock<Arc<Key>>>,
    verifier: Arc<Mutex<Option<Verifier>>>,
}

impl GrantExchange {
    pub(super) fn of(client: Client) -> Self {
        Self {
            client,
            key: Arc::default(),
            verifier: Arc::default(),
        }
    }

    /// The key of this grant, made now if there was none.
    fn bind(&self) -> Result<&Arc<Key>, Error> {
        if self.key.get().is_none() {
            // One poll at a time: nobody else has set it meanwhile.
            let _ = self.key.set(Arc::new(Key::generate()?));
        }
        self.key
            .get()
            .ok_or_else(|| Error::Misconfigured("no key for DPoP could be made".to_owned()))
    }

    fn verifier(&self) -> MutexGuard<'_, Option<Verifier>> {
        self.verifier.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a code, with PKCE or without, and the other way where the server wants that.
    async fn ask_for_code(&self) -> Result<Authorization, Failed> {
        let with = self.client.uses_pkce().await?;
        let first = self.ask_for_code_once(with).await;
        let Err(failed) = &first else {
            return first;
        };
        if !self.client.may_turn_pkce(with, &failed.error) {
            return first;
        }
        tracing::debug!(error = %failed.error, with, "asking for a code the other way about PKCE");
        let second = self.ask_for_code_once(!with).await;
        match &second {
            Ok(_) => {
                self.client.learn_pkce(!with);
                second
            }
            // Without is not what it wants either: what it had against the first request counts.
            Err(again) if with && pkce::is_asked_for(&again.error) => first,
            Err(_) => second,
        }
    }

    /// A fresh secret for each request: one that was lost on its way is of no more use.
    async fn ask_for_code_once(&self, with: bool) -> Result<Authorization, Failed> {
        let verifier = match with {
            true => Some(Verifier::generate()?),
            false => None,
        };
        let proof = verifier.as_ref().map(Verifier::challenge);
        let asked = self.client.ask_for_code(proof.as_slice().as_flattened());
        let (url, reply) = asked.await?;
        let authorization = wire::authorization(&reply, self.client.provider().aliases, &url)?;
        *self.verifier() = verifier;
        Ok(authorization)
    }

    /// Asks for tokens. A server that wants a key proved and may have one gets it within the same poll.
    ///
    /// A server that only offers DPoP gets none: an API that knows bearer tokens alone would refuse what
    /// is bound, and nothing in the device grant tells what the API takes.
    async fn ask(&self, device_code: &SecretString) -> Result<PollAnswer, Error> {
        if self.client.requires_dpop() {
            let _ = self.bind()?;
        }
        let mut answer = self.ask_once(device_code).await?;
        if self.key.get().is_none() && self.client.allows_dpop() && demands_a_key(&answer) {
            let _ = self.bind()?;
            answer = self.ask_once(device_code).await?;
        }
        answer = self.without_a_verifier(answer, device_code).await?;
        let key = self.key.get();
        Ok(match answer {
            PollAnswer::Tokens(tokens) => match self.client.accept(tokens, key) {
                Ok(tokens) => PollAnswer::Tokens(tokens),
                Err((error, tokens)) => {
                    driver::Server::revoke(self, tokens).await;
                    PollAnswer::Failed(error.into())
                }
            },
            PollAnswer::Failed(failed) => PollAnswer::Failed(Failed {
                error: dpop::explain(failed.error, key.is_some()),
                ..failed
            }),
            other @ (PollAnswer::Pending { .. }
            | PollAnswer::SlowDown { .. }
            | PollAnswer::AskAgain(_)) => other,
        })
    }

    /// A server that has taken the challenge and does not know the verifier gets the same poll without it.
    async fn without_a_verifier(
        &self,
        answer: PollAnswer,
        device_code: &SecretString,
    ) -> Result<PollAnswer, Error> {
        let PollAnswer::Failed(Failed { error, .. }) = &answer else {
            return Ok(answer);
        };
        let taken = self.verifier().clone();
        let Some(verifier) = taken else {
            if !self.client.may_turn_pkce(false, error) {
                return Ok(answer);
            }
            // Too late for this code, and in time for the next.
            self.client.learn_pkce(true);
            return Ok(match answer {
                PollAnswer::Failed(failed) => PollAnswer::AskAgain(failed),
                other => other,
            });
        };
        let is_unknown = matches!(error, Error::OAuth { code, .. } if code == "invalid_request")
            && self.client.may_turn_pkce(true, error);
        if !is_unknown {
            return Ok(answer);
        }
        *self.verifier() = None;
        match self.ask_once(device_code).await? {
            PollAnswer::Failed(_) => {
                *self.verifier() = Some(verifier);
                Ok(answer)
            }
            better => {
                self.client.learn_pkce(false);
                Ok(better)
            }
        }
    }

    async fn ask_once(&self, device_code: &SecretString) -> Result<PollAnswer, Error> {
        let provider = self.client.provider();
        let scope =
            Some(self.client.scope()).filter(|scope| provider.scope_in_polls && !scope.is_empty());
        let mut form = vec![
            ("grant_type", DEVICE_GRANT),
            secret::field("device_code", device_code),
        ];
        form.extend(scope.iter().map(|scope| (provider.scope, scope.as_str())));
        let verifier = self.verifier().clone();
        form.extend(verifier.as_ref().map(Verifier::field));
        let key = self.key.get();
        let asked = self
            .client
            .ask_for_tokens(Request::Token, &form, key, POLL_LIMIT);
        Ok(wire::answer(&asked.await?, provider.aliases))
    }
}

fn demands_a_key(answer: &PollAnswer) -> bool {
    matches!(answer, PollAnswer::Failed(Failed { error: Error::OAuth { code, .. }, .. })
        if matches!(code.as_str(), dpop::INVALID_DPOP_PROOF | dpop::USE_DPOP_NONCE))
}

impl driver::Server for GrantExchange {
    async fn authorize(&self) -> Result<Authorization, Failed> {
        let authorization = self.ask_for_code().await.map_err(|failed| Failed {
            error: self.client.clean(failed.error, &[]),
            ..failed
        });
        let outcome = match &authorization {
            Ok(_) => Outcome::Done,
            Err(failed) => Outcome::Failed(failed.error.clone()),
        };
        self.client.inner.log.note(Exchange::Code, outcome);
        authorization
    }

    async fn poll(&self, device_code: SecretString) -> PollAnswer {
        let answer = self.ask(&device_code).await;
        let verifier = self.verifier().clone();
        let secrets: Vec<_> = std::iter::once(&device_code)
            .chain(verifier.as_ref().map(Verifier::secret))
            .collect();
        let clean = |failed: Failed| Failed {
            error: self.client.clean(failed.error, &secrets),
            ..failed
        };
        let answer = match answer.unwrap_or_else(|error| PollAnswer::Failed(error.into())) {
            PollAnswer::Failed(failed) => PollAnswer::Failed(clean(failed)),
            PollAnswer::AskAgain(failed) => PollAnswer::AskAgain(clean(failed)),
            other => other,
        };
        let outcome = match &answer {
            PollAnswer::Tokens(_) => Outcome::Done,
            PollAnswer::Pending { .. } => Outcome::Waiting,
            PollAnswer::SlowDown { .. } => Outcome::SlowDown,
            PollAnswer::Failed(failed) | PollAnswer::AskAgain(failed) => {
                Outcome::Failed(failed.error.clone())
            }
        };
        self.client.inner.log.note(Exchange::Poll, outcome);
        answer
    }

    async fn returned(&self) {
        self.client.returned().await;
    }

    async fn revoke(&self, tokens: TokenSet) {
        let refresh_token = tokens.refresh_token.as_ref();
        let access_token = Some(&tokens.access_token);
        let revoked = self
            .client
            .revoke(refresh_token, access_token, LATE_REVOCATION);
        let outcome = revoked.await;
        tracing::info!(?outcome, "tokens that nobody will use");
    }
}
