//! Who calls a protected resource: bearer tokens in the `Authorization` header (RFC 6750).

use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde_json::json;

use super::scope;
use super::sessions::Holder;
use super::shared::{self, Shared};

/// The holder of a valid access token.
pub(super) struct Caller(pub(super) Holder);

/// Why a call is refused (RFC 6750 section 3.1).
#[derive(Debug)]
pub(super) enum Unauthorized {
    /// No token was sent.
    Missing,
    /// It is unknown, expired or revoked.
    Invalid,
    /// It does not carry this scope.
    Scope(&'static str),
    /// The server cannot tell.
    Failed,
}

impl IntoResponse for Unauthorized {
    fn into_response(self) -> Response {
        let realm = "Bearer realm=\"vestibule-demo\"";
        let (status, code, words, challenge) = match self {
            Self::Missing => (
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "An access token is needed.",
                realm.to_owned(),
            ),
            Self::Invalid => (
                StatusCode::UNAUTHORIZED,
                "invalid_token",
                "The access token is not known, expired or revoked.",
                format!("{realm}, error=\"invalid_token\""),
            ),
            Self::Scope(scope) => (
                StatusCode::FORBIDDEN,
                "insufficient_scope",
                "The access token was not granted this.",
                format!("{realm}, error=\"insufficient_scope\", scope=\"{scope}\""),
            ),
            Self::Failed => {
                let body = json!({ "error": "server_error" });
                return (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response();
            }
        };
        let body = json!({ "error": code, "error_description": words });
        let challenge = [(header::WWW_AUTHENTICATE, challenge)];
        (status, challenge, Json(body)).into_response()
    }
}

impl Caller {
    /// Insists on a scope.
    ///
    /// # Errors
    /// [`Unauthorized::Scope`].
    pub(super) fn needs(self, name: &'static str) -> Result<Holder, Unauthorized> {
        if scope::has(&self.0.scopes, name) {
            Ok(self.0)
        } else {
            Err(Unauthorized::Scope(name))
        }
    }
}

impl FromRequestParts<Arc<Shared>> for Caller {
    type Rejection = Unauthorized;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Unauthorized> {
        let value = parts.headers.get(header::AUTHORIZATION);
        let value = value.ok_or(Unauthorized::Missing)?;
        let text = value.to_str().map_err(|_| Unauthorized::Invalid)?;
        let token = match text.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => return Err(Unauthorized::Missing),
        };
        let token = SecretString::from(token);
        let holder = shared
            .with_state(move |shared, state| {
                state
                    .sessions
                    .holder(shared::wall(), shared.keys.tokens(), &token)
            })
            .await
            .map_err(|_| Unauthorized::Failed)?;
        holder.map(Self).ok_or(Unauthorized::Invalid)
    }
}
