//! The revocation endpoint (RFC 7009).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::client::FromClient;
use super::shared::{self, Shared};
use super::wire::Refusal;

/// `POST /oauth/revoke`: 200 also for tokens that nobody knows (section 2.2).
pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    FromClient { client, form }: FromClient,
) -> Result<StatusCode, Refusal> {
    let token = form.get("token").cloned();
    let token = token.ok_or_else(|| Refusal::new("invalid_request", "token is missing."))?;
    let revoked = shared
        .with_state(move |shared, state| {
            let (now, key) = (shared::wall(), shared.keys.tokens());
            state.sessions.revoke(now, key, client, &token)
        })
        .await?;
    match revoked {
        true => Ok(StatusCode::OK),
        false => Err(Refusal::new(
            "invalid_grant",
            "This token was issued to another client.",
        )),
    }
}
