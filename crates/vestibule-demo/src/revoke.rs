//! The revocation endpoint (RFC 7009).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::shared::{self, Shared};
use super::wire::{Form, Refusal};

/// `POST /oauth/revoke`: 200 also for tokens that nobody knows (section 2.2).
pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    form: Form,
) -> Result<StatusCode, Refusal> {
    form.check_client()?;
    let token = form.get("token").cloned();
    let token = token.ok_or_else(|| Refusal::new("invalid_request", "token is missing."))?;
    shared
        .with_state(move |shared, state| {
            state
                .sessions
                .revoke(shared::wall(), shared.keys.tokens(), &token);
        })
        .await?;
    Ok(StatusCode::OK)
}
