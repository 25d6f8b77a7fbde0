//! Which address leads where, and what every reply has in common.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, patch, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::chaos::chaos;
use super::idempotency::idempotent;
use super::shared::Shared;
use super::{authorize, cross_site, library, metadata, phone, revoke, series, token, userinfo};

/// Device authorization endpoint.
pub(super) const DEVICE_CODE: &str = "/oauth/device/code";
/// Token endpoint.
pub(super) const TOKEN: &str = "/oauth/token";
/// Revocation endpoint.
pub(super) const REVOKE: &str = "/oauth/revoke";
/// Userinfo endpoint.
pub(super) const USERINFO: &str = "/userinfo";
/// JWK Set.
pub(super) const JWKS: &str = "/.well-known/jwks.json";

/// Largest request body.
const MAX_BODY: usize = 64 * 1024;
/// Longest time for a request, body included.
const TIME: Duration = Duration::from_secs(15);
/// Pages need a stylesheet and pictures from here and nothing else in the world; no script at all.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// All of it, for loopback.
pub(super) fn everything(shared: &Arc<Shared>) -> Router {
    let router = phone_routes()
        .route(
            "/.well-known/openid-configuration",
            get(metadata::discovery),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(metadata::discovery),
        )
        .route(JWKS, get(metadata::jwks))
        .route(DEVICE_CODE, post(authorize::device_code))
        .route(TOKEN, post(token::token))
        .route(REVOKE, post(revoke::revoke))
        .route(USERINFO, get(userinfo::userinfo).post(userinfo::userinfo))
        .layer(in_time())
        .merge(api_routes(shared));
    dress(router, shared)
}

/// The owner's API. Any address of it misbehaves on request, for longer than it may take to be good.
fn api_routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/library/continue", get(library::continue_watching))
        .route("/api/library/my-list", get(library::my_list))
        .route("/api/library/new", get(library::new_this_week))
        .route("/api/library/all", get(library::all))
        .route("/api/library/shelves", get(library::list_of_shelves))
        .route("/api/library/shelves/{number}", get(library::shelf))
        .route("/api/library/series", get(series::series))
        .route("/api/library/series/{id}", get(series::of_series))
        .route(
            "/api/library/series/{id}/seasons/{season}",
            get(series::of_season),
        )
        .route("/api/library/records", get(series::records))
        .route("/api/library/records/{id}", get(series::of_record))
        .route("/api/library/today", get(series::today))
        .route("/api/posters/{file}", get(series::poster))
        .route("/api/covers/{file}", get(series::cover))
        .route("/api/list/{id}", post(library::add).delete(library::remove))
        .route("/api/watched/{id}", put(library::watched))
        .route("/api/titles/{id}", patch(library::change))
        .route("/api/artwork/{file}", get(library::artwork))
        .route("/api/{*rest}", any(library::nothing_here))
        .layer(from_fn_with_state(Arc::clone(shared), idempotent))
        .layer(in_time())
        .layer(from_fn(chaos))
}

/// Nobody holds a connection for longer.
pub(super) fn in_time() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIME)
}

/// What a phone needs, for the LAN.
pub(super) fn phone(shared: &Arc<Shared>) -> Router {
    dress(phone_routes().layer(in_time()), shared)
}

fn phone_routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(phone::front))
        .route(cross_site::PAGE, get(phone::activate).post(phone::decide))
        .route("/activate/done", get(phone::done))
        .route("/activate/declined", get(phone::declined))
        .route("/style.css", get(phone::style))
        .route("/icon.svg", get(phone::icon))
        .route("/avatars/{file}", get(userinfo::avatar))
        .fallback(phone::not_found)
}

fn dress(router: Router<Arc<Shared>>, shared: &Arc<Shared>) -> Router {
    router
        .with_state(Arc::clone(shared))
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(common))
}

/// The log line and the headers of every reply.
async fn common(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The route and not the address: a query or a mistyped path may hold a code.
    let path = request.extensions().get::<MatchedPath>().cloned();
    let mut reply = if !cross_site::is_to_an_address(&request) {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    } else if cross_site::is_refused(&request) {
        StatusCode::FORBIDDEN.into_response()
    } else {
        next.run(request).await
    };
    let set = |reply: &mut Response, name: HeaderName, value: &'static str| {
        let _ = reply
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    if !reply.headers().contains_key(header::CACHE_CONTROL) {
        set(&mut reply, header::CACHE_CONTROL, "no-store");
        set(&mut reply, header::PRAGMA, "no-cache");
    }
    set(&mut reply, header::CONTENT_SECURITY_POLICY, POLICY);
    set(&mut reply, header::X_FRAME_OPTIONS, "DENY");
    set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut reply, header::REFERRER_POLICY, "no-referrer");
    let path = path.as_ref().map_or("(no route)", MatchedPath::as_str);
    tracing::info!(%method, path, status = reply.status().as_u16(), "request");
    reply
}
