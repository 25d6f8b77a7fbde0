//! The userinfo endpoint (OpenID Connect Core 1.0 section 5.3) and the pictures it points at.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::bearer::{Caller, Unauthorized};
use super::shared::Shared;
use super::{artwork, people, scope};

/// `GET` or `POST /userinfo`.
pub(super) async fn userinfo(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
) -> Result<Json<Map<String, Value>>, Unauthorized> {
    let holder = caller.needs(scope::OPENID)?;
    Ok(Json(holder.person.claims(&shared.issuer, &holder.scopes)))
}

/// `GET /avatars/{person}.png`: public, as the pictures of most providers are.
pub(super) async fn avatar(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let person = file.strip_suffix(".png").and_then(people::find);
    match person {
        Some(person) => artwork::serve(&shared, artwork::Picture::Avatar(person), &headers).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
