//! What a server may answer, read as each request would read it and without a request: the doors that the fuzz
//! targets knock at.

use std::time::{Duration, SystemTime};

use url::Url;

use super::grant::PollAnswer;
use super::id_token::{self, Expected};
use super::jwks::Jwks;
use super::provider::Provider;
use super::signature::Algorithm;
use super::wire::Reply;
use super::{Error, TokenSet, discovery, json, userinfo, wire};

/// What was made of an answer.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Everything in it that a person may be shown.
    pub shown: Vec<String>,
    /// Everything in it that becomes a wait or a life.
    pub spans: Vec<Duration>,
    /// Claims that are kept with an account.
    pub claims: serde_json::Map<String, serde_json::Value>,
}

impl Read {
    fn error(&mut self, error: &Error) {
        self.shown.push(error.to_string());
    }

    fn tokens(&mut self, tokens: TokenSet) {
        self.shown.push(tokens.token_type);
        self.shown.extend(tokens.scopes.unwrap_or_default());
        self.spans.extend(tokens.expires_in);
    }
}

/// Reads an answer as that to a request for a code, a poll, a refresh, for userinfo, keys and metadata.
pub fn reply(provider: &Provider, status: u16, content_type: Option<&str>, body: &[u8]) -> Read {
    let reply = Reply::new(status, content_type, None, body);
    let mut read = Read::default();
    let asked = Url::parse("https://id.example/device")
        .map(|from| wire::authorization(&reply, provider.aliases, &from));
    match asked.unwrap_or_else(|_| Err(Error::Misconfigured(String::new()).into())) {
        Ok(authorization) => {
            let code = authorization.code;
            read.shown.extend([code.user_code, code.verification_uri]);
            read.shown.extend(code.verification_uri_complete);
            read.shown.extend(code.message);
            read.spans
                .extend([authorization.expires_in, authorization.interval]);
        }
        Err(failed) => read.error(&failed.error),
    }
    match wire::answer(&reply, provider.aliases) {
        PollAnswer::Tokens(tokens) => read.tokens(tokens),
        PollAnswer::SlowDown { asked, .. } => read.spans.extend(asked),
        PollAnswer::Failed(failed) | PollAnswer::AskAgain(failed) => read.error(&failed.error),
        PollAnswer::Pending { .. } => {}
    }
    match wire::tokens(&reply, provider.aliases) {
        Ok(tokens) => read.tokens(tokens),
        Err(failed) => read.error(&failed.error),
    }
    if let Some(claims) = userinfo::claims(&reply) {
        let identity = userinfo::identity(None, Some(claims), &provider.members);
        read.shown.extend(identity.name);
        read.shown.extend(identity.email);
        read.claims = identity.claims;
    }
    if let Some(document) = wire::members(&reply) {
        if let Err(error) = discovery::endpoints(&document, "https://id.example") {
            read.error(&error);
        }
        if let Some(keys) = Jwks::parse(&document) {
            for name in ["RS256", "ES256", "ES512", "EdDSA"] {
                // Whether there is one, and whether it has signed that, is all the same here.
                let algorithm = Algorithm::named(name);
                for key in algorithm
                    .and_then(|it| keys.choose(None, it).ok())
                    .into_iter()
                    .flatten()
                {
                    let _ = algorithm.map(|it| it.verifies(key, b"message", "c2lnbmF0dXJl"));
                }
            }
        }
    }
    read
}

/// The subject of an ID token, by the keys of a JWKS document.
///
/// # Errors
/// Why it must not be believed.
pub fn id_token(
    token: &str,
    keys: &[u8],
    (issuer, client_id): (&str, &str),
    now: SystemTime,
) -> Result<String, Error> {
    let refused = |why: &str| Error::IdToken(why.into());
    let unverified = id_token::parse(token)?;
    let keys = json::of_a_server(keys).ok();
    let keys = keys
        .as_ref()
        .and_then(serde_json::Value::as_object)
        .and_then(Jwks::parse)
        .unwrap_or_default();
    let expected = Expected {
        issuer,
        client_id,
        now,
    };
    let claims = unverified.verify(&keys, expected)?;
    let subject = claims.get("sub").and_then(serde_json::Value::as_str);
    subject
        .map(str::to_owned)
        .ok_or_else(|| refused("no subject"))
}
