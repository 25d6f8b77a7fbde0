//! What the server says about itself: OpenID Connect Discovery 1.0, RFC 8414, and the JWK Set.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde_json::json;

use super::keys::Algorithm;
use super::shared::Shared;
use super::token::{DEVICE_CODE, REFRESH_TOKEN};
use super::{routes, scope};

/// Both well-known documents are the same.
pub(super) async fn discovery(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let at = |path: &str| format!("{}{path}", shared.issuer);
    let document = json!({
        "issuer": shared.issuer,
        "device_authorization_endpoint": at(routes::DEVICE_CODE),
        "token_endpoint": at(routes::TOKEN),
        "userinfo_endpoint": at(routes::USERINFO),
        "revocation_endpoint": at(routes::REVOKE),
        "jwks_uri": at(routes::JWKS),
        "scopes_supported": scope::all(),
        "claims_supported": [
            "iss", "sub", "aud", "exp", "iat", "auth_time", "name", "given_name", "picture",
            "email", "email_verified", "https://vestibule.example/plan",
        ],
        // Required and not empty, also where there is no authorization endpoint (RFC 8414 section 2). This one hands
        // out nothing there (OAuth 2.0 Multiple Response Type Encoding Practices section 4).
        "response_types_supported": ["none"],
        "grant_types_supported": [DEVICE_CODE, REFRESH_TOKEN],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": Algorithm::ALL.map(Algorithm::name),
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
    });
    ([(CACHE_CONTROL, "public, max-age=60")], Json(document))
}

/// `GET /.well-known/jwks.json`.
pub(super) async fn jwks(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let jwks = shared.keys.jwks();
    ([(CACHE_CONTROL, "public, max-age=60")], Json(jwks))
}
