//! How a client with a secret proves itself (RFC 6749 section 2.3.1), at a server of which nobody has said how it wants
//! that.
//!
//! Metadata lists methods that then are refused, or none at all, and some servers read `client_id` in the form alone. A
//! refusal of the client is no answer to the request itself: it is sent once more in another way, and what the server
//! took is remembered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::config::ClientAuthentication;
use super::provider::Authentication;
use super::wire::{self, Reply};
use super::{Client, Error};

/// A way to prove who the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// HTTP Basic, and nothing in the form.
    Basic,
    /// HTTP Basic with `client_id` in the form: identifying is no second method of authenticating.
    BasicWithId,
    /// `client_id` and `client_secret` in the form.
    Form,
}

/// What a server was seen to take.
#[derive(Debug, Default)]
pub(super) struct Seen {
    taken: Mutex<Option<Method>>,
    /// Whether the last request was refused in each way that may be tried.
    is_refused: AtomicBool,
}

impl Seen {
    fn method(&self) -> Option<Method> {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What else a server may want that answers so to a request that was sent in the ways of `tried`.
fn instead(tried: &[Method], reply: &Reply) -> Option<Method> {
    let refusal = Refusal::of(reply)?;
    let order = match (tried.first()?, refusal) {
        (Method::Form, _) => [Method::Basic, Method::BasicWithId],
        (_, Refusal::WithoutId | Refusal::Unclear) => [Method::BasicWithId, Method::Form],
        (_, Refusal::OfTheProof) => [Method::Form, Method::BasicWithId],
    };
    order.into_iter().find(|way| !tried.contains(way))
}

/// How a server refuses a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// It speaks of `client_id`.
    WithoutId,
    /// It speaks of the secret, or that the client is not who it says.
    OfTheProof,
    /// It says no more than that it will not take the request.
    Unclear,
}

impl Refusal {
    /// `None` for any other answer: about the code, a token, or what else was asked for.
    fn of(reply: &Reply) -> Option<Self> {
        if reply.is_success() {
            return None;
        }
        let error = wire::error(reply, &[]);
        let (code, said) = match &error {
            Error::OAuth {
                code, description, ..
            } => (code.as_str(), description.as_deref().unwrap_or_default()),
            Error::Unexpected { status: 401, .. } => ("invalid_client", ""),
            Error::Unexpected {
                status: 400 | 403 | 422,
                is_page: false,
                ..
            } => ("", ""),
            _ => return None,
        };
        // "client_id", "client-id", "clientId" and "Client ID" are one.
        let said: String = said
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let speaks_of = |words: &[&str]| words.iter().any(|words| said.contains(words));
        let of_id = speaks_of(&["clientid"]);
        let of_proof = speaks_of(&["clientsecret", "clientauth", "credentials"]);
        match code {
            "invalid_client" | "incorrect_client_credentials" if of_id => Some(Self::WithoutId),
            "invalid_client" | "incorrect_client_credentials" => Some(Self::OfTheProof),
            _ if is_of_the_grant(code) => None,
            _ if of_id => Some(Self::WithoutId),
            _ if of_proof => Some(Self::OfTheProof),
            "" => Some(Self::Unclear),
            "invalid_request" if !speaks_of(&OTHER_PARAMETERS) => Some(Self::Unclear),
            _ => None,
        }
    }
}

/// What a request that is invalid may lack besides.
const OTHER_PARAMETERS: [&str; 12] = [
    "challenge",
    "verifier",
    "pkce",
    "scope",
    "granttype",
    "devicecode",
    "refreshtoken",
    "audience",
    "resource",
    "dpop",
    "nonce",
    "tenant",
];

/// Whether an error is about a code or a token, or how they are asked for: the client itself was taken.
fn is_of_the_grant(code: &str) -> bool {
    wire::refuses_the_grant(code)
        || matches!(
            code,
            "authorization_pending" | "slow_down" | "use_dpop_nonce" | "invalid_dpop_proof"
        )
}

impl Client {
    /// How the next request is authenticated, where there is a secret.
    pub(super) async fn authentication(&self) -> Method {
        let by_row = match self.inner.config.client_authentication {
            ClientAuthentication::Post => return Method::Form,
            // Most servers pass over an identifier besides, and some want it.
            ClientAuthentication::Basic => return self.seen_method().unwrap_or(Method::Basic),
            ClientAuthentication::Auto | ClientAuthentication::None => {
                self.provider().authentication
            }
        };
        if let Some(seen) = self.seen_method() {
            return seen;
        }
        let in_form = match by_row {
            Authentication::None | Authentication::Form => true,
            Authentication::Basic => false,
            Authentication::Metadata => self
                .endpoints()
                .await
                .is_ok_and(|endpoints| endpoints.secret_in_form),
        };
        match in_form {
            true => Method::Form,
            false => Method::Basic,
        }
    }

    /// In which other way a request is worth sending that was sent in those of `tried` and answered so.
    pub(super) fn other_authentication(&self, tried: &[Method], reply: &Reply) -> Option<Method> {
        if self.seen_method().is_some() {
            return None;
        }
        match self.inner.config.client_authentication {
            ClientAuthentication::Auto => instead(tried, reply),
            ClientAuthentication::Basic if tried == [Method::Basic] => {
                Refusal::of(reply).map(|_| Method::BasicWithId)
            }
            _ => None,
        }
    }

    /// Remembers what the server took.
    pub(super) fn learn_authentication(&self, method: Method) {
        tracing::info!(
            ?method,
            "the server takes the client secret in this way alone; provider.client_authentication says so at once"
        );
        let seen = &self.inner.authentication.taken;
        *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(method);
    }

    /// Whether the server refuses the client so; remembered of the last request with a secret.
    pub(super) fn note_refusal(&self, reply: &Reply) -> bool {
        let is_refused = Refusal::of(reply).is_some();
        self.inner
            .authentication
            .is_refused
            .store(is_refused, Ordering::Relaxed);
        is_refused
    }

    /// An error with what the owner can set, where the client was refused with its secret.
    pub(super) fn with_the_setting(&self, error: Error) -> Error {
        const SETTING: &str = "how the client secret is sent is set with client_authentication";
        if !self.inner.authentication.is_refused.load(Ordering::Relaxed) {
            return error;
        }
        match error {
            Error::OAuth {
                status,
                code,
                description,
            } => Error::OAuth {
                status,
                code,
                description: Some(match description {
                    Some(said) => format!("{said} ({SETTING})"),
                    None => SETTING.to_owned(),
                }),
            },
            Error::Unexpected {
                status,
                detail,
                is_page: false,
            } => Error::Unexpected {
                status,
                detail: format!("{detail} ({SETTING})"),
                is_page: false,
            },
            other => other,
        }
    }

    fn seen_method(&self) -> Option<Method> {
        self.inner.authentication.method()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_is_refused_proves_itself_in_the_other_ways() {
        use Method::{Basic, BasicWithId, Form};
        // In which ways a request is sent to a server that answers so to each.
        let ways = |first: Method, status, body: &str| {
            let mut tried = vec![first];
            while let Some(next) = instead(
                &tried,
                &Reply::new(status, Some("application/json"), None, body),
            ) {
                tried.push(next);
            }
            tried
        };
        let proof = [Basic, Form, BasicWithId];
        let id = [Basic, BasicWithId, Form];
        let said = |code: &str, words: &str| {
            serde_json::json!({"error": code, "error_description": words}).to_string()
        };
        for (status, body, all) in [
            (401, r#"{"error":"invalid_client"}"#.to_owned(), proof),
            (401, String::new(), proof),
            (
                400,
                said("invalid_request", "Missing parameter: client_secret"),
                proof,
            ),
            (401, said("invalid_client", "client_id is required"), id),
            (
                400,
                said("invalid_client", "Missing client_id parameter"),
                id,
            ),
            (400, said("invalid_request", "client_id is missing"), id),
            (
                400,
                said("invalid_request", "Missing parameters: client-id"),
                id,
            ),
            (
                400,
                said("invalid_request", "A parameter is missing: clientId"),
                id,
            ),
            (400, r#"{"error":"invalid_request"}"#.to_owned(), id),
            (400, said("unauthorized_client", "client_id not found"), id),
            (400, said("missing_parameter", "client_id"), id),
            (400, r#"{"message":"client_id is required"}"#.to_owned(), id),
            (
                422,
                r#"{"detail":[{"loc":["body","client_id"]}]}"#.to_owned(),
                id,
            ),
        ] {
            assert_eq!(ways(Basic, status, &body), all, "{status} {body}");
            assert_eq!(
                ways(Form, status, &body),
                [Form, Basic, BasicWithId],
                "{body}"
            );
        }
        for (status, body) in [
            (200, r#"{"error":"invalid_client"}"#.to_owned()),
            (400, r#"{"error":"authorization_pending"}"#.to_owned()),
            (401, r#"{"error":"invalid_grant"}"#.to_owned()),
            (400, said("access_denied", "client_id of another")),
            (400, said("invalid_request", "no scope")),
            (400, said("invalid_request", "code_challenge is required")),
            (
                403,
                "<!doctype html><html><title>Sign in</title>".to_owned(),
            ),
            (404, String::new()),
            (503, String::new()),
        ] {
            for first in [Basic, Form] {
                assert_eq!(ways(first, status, &body), [first], "{status} {body}");
            }
        }
    }
}
