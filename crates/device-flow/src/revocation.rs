//! Taking tokens back at the server (RFC 7009), best effort.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::timeout;
use url::Url;

use super::net::{Credentials, Repeat};
use super::wire::Reply;
use super::{Client, Error, NetworkFailure, Revocation, provider, secret, wire};
use crate::config::ClientConfig;

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

/// Reads a reply. RFC 7009 section 2.2 answers 200 for unknown tokens too, whatever the body; a 400 means the same
/// only where it speaks of the token. One that says nothing has revoked nothing that anybody could know of.
fn outcome(reply: &Reply, aliases: &wire::Aliases) -> Outcome {
    if reply.is_success() {
        return Outcome::Done;
    }
    let error = wire::error(reply, aliases);
    match (reply.status, &error) {
        // A 400 without a word (glewlwyd has none for anything) may want the same, and has revoked nothing.
        (401 | 403, _) | (400, Error::Unexpected { .. }) => Outcome::WantsToken(error),
        (
            400 | 404,
            Error::OAuth {
                code, description, ..
            },
        ) if is_of_an_unknown_token(code, description.as_deref()) => Outcome::Done,
        _ => Outcome::Failed(error),
    }
}

/// Whether an error says that there is no such token.
fn is_of_an_unknown_token(code: &str, description: Option<&str>) -> bool {
    let code = code.to_ascii_lowercase();
    if matches!(
        code.as_str(),
        "invalid_token" | "invalid_grant" | "token_not_found"
    ) {
        return true;
    }
    let words = description.unwrap_or_default().to_ascii_lowercase();
    let speaks_of_it = |words: &str| {
        const GONE: [&str; 7] = [
            "not found",
            "unknown",
            "invalid",
            "expired",
            "revoked",
            "not exist",
            "not active",
        ];
        // What is wrong with the type, the hint or a parameter leaves the token as it was.
        words.contains("token")
            && !["type", "hint", "param", "missing", "client"]
                .iter()
                .any(|word| words.contains(word))
            && GONE.iter().any(|word| words.contains(word))
    };
    // Better Auth and others name the request and describe the token.
    matches!(code.as_str(), "invalid_request" | "not_found") && speaks_of_it(&words)
        || code.contains(' ') && speaks_of_it(&code)
}

impl Client {
    /// Revokes the refresh token, then the access token (RFC 7009 section 2), best effort: all of it ends within
    /// `limit`, and what could not be revoked is said in [`Revocation::Failed`].
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
                let why = self.outage_behind(&endpoints).await;
                let why = why.or_else(|| endpoints.refusal("revocation_endpoint"));
                return why.map_or(Revocation::NotOffered, Revocation::Failed);
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
            Revocation::Failed(Error::network(
                NetworkFailure::Timeout,
                format!("not revoked within {} s", limit.as_secs()),
            ))
        })
    }

    /// The same for the tokens (refresh, access) of a session of this issuer and client, which may be others than
    /// those that are configured. They go to the server of that issuer alone: nothing that is configured for the present
    /// one, no endpoint and no secret, counts for another.
    pub async fn revoke_for(
        &self,
        (issuer, client_id): (&str, &str),
        (refresh_token, access_token): (Option<&SecretString>, Option<&SecretString>),
        limit: Duration,
    ) -> Revocation {
        let client = if issuer.trim_end_matches('/') != self.issuer().trim_end_matches('/') {
            self.of_issuer(issuer, client_id)
        } else if client_id != self.client_id() {
            let config = self.inner.config.clone().client_secret(None);
            Self::new(ClientConfig {
                client_id: client_id.to_owned(),
                ..config
            })
        } else {
            Ok(self.clone())
        };
        match client {
            Ok(client) => client.revoke(refresh_token, access_token, limit).await,
            Err(error) => Revocation::Failed(error),
        }
    }

    /// A client without a secret of whatever server calls itself so, on the same machine as this one.
    fn of_issuer(&self, issuer: &str, client_id: &str) -> Result<Self, Error> {
        let issuer = Url::parse(issuer).map_err(|_| {
            Error::Misconfigured("its issuer is no address where it could be asked".to_owned())
        })?;
        let own = &self.inner.config;
        Self::new(ClientConfig {
            trust_anchors: own.trust_anchors.clone(),
            user_agent: own.user_agent.clone(),
            clock_floor: own.clock_floor,
            ..ClientConfig::new(&provider::OIDC, client_id).issuer(issuer)
        })
    }

    async fn revoke_one(
        &self,
        url: &Url,
        hint: &str,
        token: &SecretString,
        access_token: Option<&SecretString>,
    ) -> Result<(), Error> {
        let aliases = self.provider().aliases;
        let form = [secret::field("token", token), ("token_type_hint", hint)];
        let clean = |error| self.clean(error, &[token]);
        let reply = self
            .post(url, &form, Repeat::Safe, None, None)
            .await
            .map_err(clean)?;
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
            .post(url, &form, Repeat::Safe, credentials, None, None)
            .await
            .map_err(clean)?;
        match outcome(&reply, aliases) {
            Outcome::Done => Ok(()),
            Outcome::Failed(_) | Outcome::WantsToken(_) => Err(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: u16, body: &str) -> Outcome {
        let reply = Reply::new(status, None, None, body);
        outcome(&reply, &[])
    }

    #[test]
    fn a_refusal_counts_as_done_only_where_it_speaks_of_an_unknown_token() {
        for body in [
            r#"{"error":"invalid_token"}"#,
            r#"{"error":"invalid_grant","error_description":"no such token"}"#,
            r#"{"error":"invalid_request","error_description":"Token not found"}"#,
            r#"{"error":"invalid_request","error_description":"The token is unknown or expired"}"#,
            r#"{"error":"Token not found"}"#,
        ] {
            assert_eq!(said(400, body), Outcome::Done, "{body}");
        }
        for body in [
            r#"{"error":"invalid_client"}"#,
            r#"{"error":"unauthorized_client"}"#,
            r#"{"error":"unsupported_token_type"}"#,
            r#"{"error":"invalid_request"}"#,
            r#"{"error":"invalid_request","error_description":"client authentication required"}"#,
            r#"{"error":"invalid_request","error_description":"Missing parameter: token"}"#,
            r#"{"error":"invalid_request","error_description":"invalid token_type_hint"}"#,
        ] {
            assert!(matches!(said(400, body), Outcome::Failed(_)), "{body}");
        }
    }

    #[test]
    fn a_success_is_one_whatever_it_holds_and_a_challenge_wants_a_token() {
        for body in ["", "null", "{}", "<html></html>"] {
            assert_eq!(said(200, body), Outcome::Done, "{body}");
        }
        for (status, body) in [(401, ""), (403, "{}"), (400, ""), (400, "<html></html>")] {
            assert!(
                matches!(said(status, body), Outcome::WantsToken(_)),
                "{status} {body}"
            );
        }
        assert!(matches!(said(503, ""), Outcome::Failed(_)));
    }
}
