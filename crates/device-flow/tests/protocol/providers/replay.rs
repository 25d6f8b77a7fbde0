//! A provider replayed on loopback, under a clock that moves only from poll to poll.

use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use device_flow::{Client, Error, Identity, Progress, Revocation, TokenSet};
use device_flow::{PollResult, Reason, RetryLimit, UserCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json as value};

use testing::scripted_server::{Asked, Says, Stub, json};
use testing::signer::Signer;

/// A provider, and the client of its preset.
pub(crate) struct Provider {
    pub(crate) stub: Stub,
    pub(crate) client: Client,
    signer: Signer,
    /// Holds the clock until it is dropped.
    _clock: mpsc::Sender<()>,
}

/// What a grant came to.
pub(crate) struct Grant {
    pub(crate) code: UserCode,
    pub(crate) life: u64,
    /// Result, status, and seconds to the next poll.
    pub(crate) polls: Vec<(&'static str, u16, f64)>,
    pub(crate) end: Result<TokenSet, (Reason, Option<String>)>,
}

impl Grant {
    pub(crate) fn tokens(&self) -> &TokenSet {
        self.end.as_ref().expect("tokens")
    }
}

impl Provider {
    /// `lines` of `[provider]`; the endpoints named in `overridden` are moved to the stub: `device`, `token`, `me`,
    /// `revoke`, `jwks`.
    pub(crate) async fn start(lines: &str, overridden: &[&str]) -> Self {
        Self::with(Stub::start().await, lines, overridden)
    }

    /// The same with a stub that is there already.
    pub(crate) fn with(stub: Stub, lines: &str, overridden: &[&str]) -> Self {
        let (clock, held) = mpsc::channel();
        // Work on another thread keeps a paused clock from running ahead by itself.
        let _held = tokio::task::spawn_blocking(move || held.recv());
        tokio::time::pause();
        let mut text = format!("client_id = 'tv'\n{lines}\n");
        for name in overridden {
            let key = match *name {
                "device" => "device_authorization_endpoint",
                "token" => "token_endpoint",
                "me" => "userinfo_endpoint",
                "revoke" => "revocation_endpoint",
                "jwks" => "jwks_uri",
                other => panic!("{other}"),
            };
            text.push_str(&format!("{key} = '{}/{name}'\n", stub.base));
        }
        let signer = Signer::es256();
        stub.on("/jwks", json(200, &value!({"keys": [signer.jwk("k1")]})));
        Self {
            client: crate::config::client(&text),
            signer,
            stub,
            _clock: clock,
        }
    }

    /// The same on a screen in this language.
    pub(crate) fn speaking(self, language: Option<&str>) -> Self {
        let client = self.client.speaking(language);
        Self { client, ..self }
    }

    /// An ID token of this provider for `ada`, with more claims.
    pub(crate) fn id_token(&self, issuer: &str, more: &Value) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let mut claims = value!({"iss": issuer, "aud": "tv", "sub": "ada", "iat": now.as_secs(),
            "exp": now.as_secs() + 3600});
        let claims_of = claims.as_object_mut().unwrap();
        claims_of.extend(more.as_object().unwrap().clone());
        self.signer.sign("k1", &claims)
    }

    /// Runs a grant whose polls are answered with `polls`, in order.
    pub(crate) async fn grant(&self, polls: &[Says]) -> Grant {
        self.stub.forget("/token");
        for says in polls {
            self.stub.on("/token", says.clone());
        }
        let mut grant = self.client.device_grant(RetryLimit::Tries(1));
        let mut shown = None;
        let mut seen = Vec::new();
        while let Some(progress) = grant.next().await {
            match progress {
                Progress::RequestingCode | Progress::Polling => {}
                Progress::Code {
                    code,
                    expires_in,
                    interval,
                    ..
                } => {
                    shown = Some((code, expires_in.as_secs()));
                    let margin = (interval / 5).max(Duration::from_secs(1));
                    pass(interval + margin).await;
                }
                Progress::Polled {
                    result,
                    status,
                    next_in,
                    detail,
                } => {
                    let name = match result {
                        PollResult::AuthorizationPending => "pending",
                        PollResult::SlowDown => "slow_down",
                        PollResult::NetworkError => panic!("{detail:?}"),
                    };
                    seen.push((name, status.unwrap(), next_in.as_secs_f64()));
                    pass(next_in).await;
                }
                Progress::RequestFailed { error, .. } => panic!("{error}"),
            }
        }
        let (code, life) = shown.expect("a code");
        Grant {
            code,
            life,
            polls: seen,
            end: grant
                .finish()
                .await
                .map_err(|failure| (failure.reason, failure.code().map(str::to_owned))),
        }
    }

    /// How a grant ends whose first poll is answered so.
    pub(crate) async fn ending(&self, says: Says) -> (Reason, Option<String>) {
        self.grant(&[says]).await.end.expect_err("no tokens")
    }

    pub(crate) async fn identity(&self, tokens: &TokenSet) -> Identity {
        self.client.identity(tokens).await.unwrap()
    }

    /// Refreshes with the refresh token of `tokens`, which the provider answers so.
    pub(crate) async fn refresh(&self, tokens: &TokenSet, says: Says) -> Result<TokenSet, Error> {
        self.stub.forget("/token").on("/token", says);
        let token = tokens.refresh_token.as_ref().expect("a refresh token");
        self.client
            .refresh(token, None)
            .await
            .map_err(|failed| failed.error)
    }

    pub(crate) async fn revoke(&self, tokens: &TokenSet) -> Revocation {
        let limit = Duration::from_secs(5);
        self.client
            .revoke(
                tokens.refresh_token.as_ref(),
                Some(&tokens.access_token),
                limit,
            )
            .await
    }

    /// The last request to a path, its form as pairs in the order of their names.
    pub(crate) fn last(&self, path: &str) -> (Asked, Vec<(String, String)>) {
        let asked = self.stub.asked(path).pop().expect("a request");
        let form = asked.map().into_iter();
        let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form = form.collect();
        (asked, form)
    }

    /// The value of a parameter of the last request to a path.
    pub(crate) fn sent(&self, path: &str, name: &str) -> Option<String> {
        let (_, form) = self.last(path);
        form.into_iter()
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

/// Lets the time to the next poll pass. Timers are rounded up to whole milliseconds.
async fn pass(time: Duration) {
    tokio::time::advance(time + Duration::from_millis(2)).await;
}

/// An OAuth error as RFC 6749 section 5.2 has it.
pub(crate) fn error(status: u16, code: &str) -> Says {
    json(
        status,
        &value!({"error": code, "error_description": "In the server's words."}),
    )
}

/// Whether a refresh ended so that the session is over.
pub(crate) fn is_over(refresh: Result<TokenSet, Error>) -> bool {
    matches!(refresh, Err(Error::OAuth { code, .. }) if code == "invalid_grant")
}

pub(crate) fn text_of(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(ExposeSecret::expose_secret)
}

pub(crate) fn some(code: &str) -> Option<String> {
    Some(code.to_owned())
}
