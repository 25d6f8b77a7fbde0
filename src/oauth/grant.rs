//! What one device grant asks of the server: a code, then tokens for it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use super::device::{Answer, Authorization};
use super::dpop::{self, Key};
use super::{Client, Error, Failed, TokenSet, poll, wire};

/// For taking back tokens that arrive after the grant was given up.
const LATE_REVOCATION: Duration = Duration::from_secs(20);
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// One device grant of a client, with the key that its tokens will be bound to.
#[derive(Debug, Clone)]
pub(super) struct DeviceGrant {
    client: Client,
    key: Arc<OnceCell<Option<Arc<Key>>>>,
}

impl DeviceGrant {
    pub(super) fn of(client: Client) -> Self {
        Self {
            client,
            key: Arc::default(),
        }
    }

    async fn key(&self) -> Result<Option<&Arc<Key>>, Error> {
        let key = self.key.get_or_try_init(|| self.client.new_key()).await?;
        Ok(key.as_ref())
    }

    async fn ask(&self, device_code: &SecretString) -> Result<Answer, Error> {
        let kind = self.client.kind();
        let scope =
            Some(self.client.scope()).filter(|scope| kind.scope_in_polls && !scope.is_empty());
        let mut form = vec![
            ("grant_type", DEVICE_GRANT),
            ("device_code", device_code.expose_secret()),
        ];
        form.extend(scope.iter().map(|scope| (kind.scope, scope.as_str())));
        let key = self.key().await?;
        let reply = self.client.ask_for_tokens(&form, key).await?;
        Ok(match wire::answer(&reply, kind.aliases) {
            Answer::Tokens(tokens) => match self.client.accept(tokens, key) {
                Ok(tokens) => Answer::Tokens(tokens),
                Err((error, tokens)) => {
                    poll::Server::revoke(self, tokens).await;
                    Answer::Failed(error.into())
                }
            },
            Answer::Failed(failed) => Answer::Failed(Failed {
                error: dpop::explain(failed.error, key.is_some()),
                ..failed
            }),
            other @ (Answer::Pending { .. } | Answer::SlowDown { .. }) => other,
        })
    }
}

impl poll::Server for DeviceGrant {
    async fn authorize(&self) -> Result<Authorization, Failed> {
        let reply = self.client.ask_for_code().await?;
        wire::authorization(&reply, self.client.kind().aliases).map_err(|failed| Failed {
            error: self.client.clean(failed.error, &[]),
            ..failed
        })
    }

    async fn poll(&self, device_code: SecretString) -> Answer {
        let answer = self.ask(&device_code).await;
        match answer.unwrap_or_else(|error| Answer::Failed(error.into())) {
            Answer::Failed(failed) => Answer::Failed(Failed {
                error: self.client.clean(failed.error, &[&device_code]),
                ..failed
            }),
            other => other,
        }
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
