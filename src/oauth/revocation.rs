//! Taking tokens back at the server (RFC 7009), best effort.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::timeout;
use url::Url;

use super::http::{Credentials, Reply};
use super::{Client, Error, NetworkFailure, Revocation, secret, wire};

/// What one revocation request came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// The token is good for nothing any more, or never was.
    Done,
    /// The server wants to see a bearer token instead of a client (glewlwyd).
    WantsToken(Error),
    /// It did not happen.
    Failed(Error),
}

/// Reads a reply. RFC 7009 section 2.2 answers 200 for unknown tokens too, whatever the body;
/// servers that answer them 400 mean the same, unless they speak of the client.
fn outcome(reply: &Reply, aliases: &wire::Aliases) -> Outcome {
    if reply.is_success() {
        return Outcome::Done;
    }
    let error = wire::error(reply, aliases);
    match (reply.status, &error) {
        (401 | 403, _) => Outcome::WantsToken(error),
        (400, Error::OAuth { code, .. }) => match code.as_str() {
            "invalid_client" | "unauthorized_client" | "unsupported_token_type" => {
                Outcome::Failed(error)
            }
            _ => Outcome::Done,
        },
        (400, Error::Unexpected { .. }) => Outcome::Done,
        _ => Outcome::Failed(error),
    }
}

impl Client {
    /// Revokes the refresh token, then the access token (RFC 7009); best effort within `limit`.
    pub async fn revoke(
        &self,
        refresh_token: Option<&SecretString>,
        access_token: Option<&SecretString>,
        limit: Duration,
    ) -> Revocation {
        let all = async {
            let endpoints = match self.endpoints().await {
                Ok(endpoints) => endpoints,
                Err(error) => return Revocation::Failed(error),
            };
            let Some(url) = endpoints.revocation.as_ref() else {
                return Revocation::NotOffered;
            };
            let mut failed = None;
            let tokens = [
                ("refresh_token", refresh_token),
                ("access_token", access_token),
            ];
            for (hint, token) in tokens {
                let Some(token) = token else { continue };
                if let Err(error) = self.revoke_one(url, hint, token, access_token).await {
                    failed = failed.or(Some(error));
                }
            }
            failed.map_or(Revocation::Revoked, Revocation::Failed)
        };
        timeout(limit, all).await.unwrap_or_else(|_| {
            Revocation::Failed(Error::Network {
                failure: NetworkFailure::Timeout,
                detail: format!("not revoked within {} s", limit.as_secs()),
            })
        })
    }

    async fn revoke_one(
        &self,
        url: &Url,
        hint: &str,
        token: &SecretString,
        access_token: Option<&SecretString>,
    ) -> Result<(), Error> {
        let aliases = self.inner.kind.aliases;
        let form = [secret::field("token", token), ("token_type_hint", hint)];
        let clean = |error| self.clean(error, &[token]);
        let reply = self.post(url, &form).await.map_err(clean)?;
        let refusal = match outcome(&reply, aliases) {
            Outcome::Done => return Ok(()),
            Outcome::Failed(error) => return Err(clean(error)),
            Outcome::WantsToken(error) => clean(error),
        };
        let Some(bearer) = access_token else {
            return Err(refusal);
        };
        let credentials = Credentials::Token("Bearer", bearer);
        let reply = self
            .inner
            .http
            .post(url, &form, credentials)
            .await
            .map_err(clean)?;
        match outcome(&reply, aliases) {
            Outcome::Done => Ok(()),
            Outcome::Failed(_) | Outcome::WantsToken(_) => Err(refusal),
        }
    }
}
