//! The token endpoint: the device grant (RFC 8628 section 3.4) and refresh (RFC 6749 section 6).

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::State;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::client::{Client, FromClient};
use super::devices::{Outcome, Polled};
use super::sessions::{Holder, Minted, Refused};
use super::shared::{self, Shared};
use super::wire::{Form, Refusal};
use super::{scope, secret};

/// The grant type of RFC 8628.
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The grant type of RFC 6749 section 6.
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

/// `POST /oauth/token`.
pub(super) async fn token(
    State(shared): State<Arc<Shared>>,
    FromClient { client, form }: FromClient,
) -> Result<Json<Value>, Refusal> {
    let minted = match form.text("grant_type") {
        Some(DEVICE_CODE) => device_grant(&shared, client, &form).await?,
        Some(REFRESH_TOKEN) => refresh(&shared, client, &form).await?,
        Some(_) => {
            return Err(Refusal::new(
                "unsupported_grant_type",
                "Only device codes and refresh tokens are exchanged here.",
            ));
        }
        None => return Err(Refusal::new("invalid_request", "grant_type is missing.")),
    };
    reply(&shared, &minted)
}

async fn device_grant(
    shared: &Arc<Shared>,
    client: &'static Client,
    form: &Form,
) -> Result<Minted, Refusal> {
    let code = secret_parameter(form, "device_code")?;
    let (polled, minted) = shared
        .with_state(move |shared, state| {
            let now = Instant::now();
            let polled = state.devices.poll(now, client, &code);
            let approval = match polled.outcome {
                Outcome::Allowed => state.devices.redeem(now, &code),
                _ => None,
            };
            let minted = approval.map(|approval| {
                let holder = Holder {
                    client,
                    person: approval.person,
                    scopes: approval.scopes,
                    auth_time: approval.auth_time,
                };
                state.sessions.begin(
                    shared::wall(),
                    shared.keys.tokens(),
                    shared.lifetimes,
                    holder,
                )
            });
            (polled, minted)
        })
        .await?;
    log(&polled);
    let (code, description) = match polled.outcome {
        Outcome::Allowed => return minted.ok_or_else(Refusal::server_error),
        Outcome::Pending => ("authorization_pending", "Nobody has decided yet."),
        Outcome::SlowDown => ("slow_down", "Wait five seconds longer from now on."),
        Outcome::Denied => ("access_denied", "The person declined."),
        Outcome::Expired => ("expired_token", "The code has expired."),
        Outcome::Invalid => (
            "invalid_grant",
            "This device code is not known or is spent.",
        ),
    };
    Err(Refusal::new(code, description))
}

/// One line per poll with the pace, for presenters and tests.
fn log(polled: &Polled) {
    let result = match polled.outcome {
        Outcome::Allowed => "tokens",
        Outcome::Pending => "authorization_pending",
        Outcome::SlowDown => "slow_down",
        Outcome::Denied => "access_denied",
        Outcome::Expired => "expired_token",
        Outcome::Invalid => "invalid_grant",
    };
    match polled.gap {
        Some(gap) => tracing::info!(result, gap_ms = gap.as_millis(), "poll"),
        None => tracing::info!(result, "poll"),
    }
}

async fn refresh(
    shared: &Arc<Shared>,
    client: &'static Client,
    form: &Form,
) -> Result<Minted, Refusal> {
    let token = secret_parameter(form, "refresh_token")?;
    // Unlike in the first request, a scope that is unknown here is one that was not granted.
    let wanted: Option<Vec<String>> = form
        .text("scope")
        .map(|list| list.split_ascii_whitespace().map(str::to_owned).collect());
    let minted = shared
        .with_state(move |shared, state| {
            state.sessions.refresh(
                shared::wall(),
                shared.keys.tokens(),
                shared.lifetimes,
                client,
                &token,
                wanted.as_deref(),
            )
        })
        .await?;
    minted.map_err(|refused| match refused {
        Refused::Scope => Refusal::new("invalid_scope", "More was asked for than was granted."),
        Refused::Grant { reused } => {
            if reused {
                tracing::warn!("a spent refresh token was used again: session ended");
            }
            Refusal::new(
                "invalid_grant",
                "This refresh token is not known, spent or revoked.",
            )
        }
    })
}

fn secret_parameter(form: &Form, name: &'static str) -> Result<SecretString, Refusal> {
    form.get(name).cloned().ok_or_else(|| {
        Refusal::new(
            "invalid_request",
            "The code or token to exchange is missing.",
        )
    })
}

/// The token response (RFC 6749 section 5.1), with an ID token where `openid` was granted.
fn reply(shared: &Shared, minted: &Minted) -> Result<Json<Value>, Refusal> {
    let access = minted.access.expose_secret();
    let mut body = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": minted.expires_in.as_secs(),
        "scope": minted.holder.scopes.join(" "),
    });
    if let Some(refresh) = &minted.refresh {
        body["refresh_token"] = json!(refresh.expose_secret());
    }
    if scope::has(&minted.holder.scopes, scope::OPENID) {
        let token = id_token(shared, &minted.holder).ok_or_else(Refusal::server_error)?;
        body["id_token"] = json!(token);
    }
    Ok(Json(body))
}

/// An ID token (OpenID Connect Core 1.0 section 2). Lives as long as an access token.
fn id_token(shared: &Shared, holder: &Holder) -> Option<String> {
    let now = shared::wall() / 1000;
    let mut claims = holder.person.claims(&shared.issuer, &holder.scopes);
    let expires = now.saturating_add(shared.lifetimes.access.as_secs().max(60));
    for (name, value) in [
        ("iss", json!(shared.issuer)),
        ("aud", json!(holder.client.id)),
        ("iat", json!(now)),
        ("exp", json!(expires)),
        ("auth_time", json!(holder.auth_time)),
        ("jti", json!(secret::encode(&secret::random::<12>()))),
    ] {
        let _ = claims.insert(name.to_owned(), value);
    }
    let algorithm = holder.client.id_token_signed_response_alg;
    shared.keys.sign(algorithm, &claims)
}
