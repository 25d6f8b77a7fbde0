//! The device authorization endpoint (RFC 8628 sections 3.1 and 3.2).

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::client::FromClient;
use super::scope;
use super::shared::Shared;
use super::wire::Refusal;

/// `POST /oauth/device/code`.
pub(super) async fn device_code(
    State(shared): State<Arc<Shared>>,
    FromClient { client, form }: FromClient,
) -> Result<Json<Value>, Refusal> {
    let scopes = scope::asked(form.text("scope"));
    let scopes = scopes.ok_or_else(|| Refusal::new("invalid_scope", "No such scope is known."))?;
    let issued = shared
        .with_state(move |shared, state| {
            let (interval, lifetime) = (shared.interval, shared.code_lifetime);
            state
                .devices
                .issue(Instant::now(), client, scopes, interval, lifetime)
        })
        .await?;
    // Whole seconds, and never less than what is enforced.
    let interval = shared.interval.as_millis().div_ceil(1000).max(1);
    Ok(Json(json!({
        "device_code": issued.device_code.expose_secret(),
        "user_code": issued.user_code,
        "verification_uri": shared.phone_url,
        "verification_uri_complete": format!("{}?user_code={}", shared.phone_url, issued.user_code),
        "expires_in": shared.code_lifetime.as_secs(),
        "interval": u64::try_from(interval).unwrap_or(u64::MAX),
    })))
}
