//! Misbehaviour on request: `?chaos=…` on any address of the API, so that a presenter or a test sees what
//! the screen makes of it. Only the demo has it.

use std::io::Write;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream;
use serde_json::json;

/// The longest wait that can be asked for.
const LONGEST: Duration = Duration::from_secs(60);
/// What a small compressed answer unfolds to.
const BOMB: usize = 256 * 1024 * 1024;
/// Items of an answer of ten megabytes.
const HUGE: usize = 10_000;
/// Characters of each of them.
const HUGE_TEXT: usize = 1_000;

/// What may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Latency(Duration),
    Drip,
    Reset,
    Truncated,
    Html,
    Redirect,
    Status(u16),
    WrongType,
    Huge,
    Bomb,
}

/// Passes a request on, unless its address asks for chaos.
pub(super) async fn chaos(request: Request, next: Next) -> Response {
    match fault(request.uri().query().unwrap_or_default()) {
        None => next.run(request).await,
        Some(Fault::Latency(wait)) => {
            tokio::time::sleep(wait).await;
            next.run(request).await
        }
        Some(Fault::Drip) => drip(whole(next.run(request).await).await),
        Some(Fault::Reset) => reset(&whole(next.run(request).await).await),
        Some(Fault::Truncated) => {
            let bytes = whole(next.run(request).await).await;
            json_of(bytes.slice(..bytes.len() / 2))
        }
        Some(Fault::Html) => {
            let page =
                "<!doctype html><title>Welcome</title><p>Please accept our terms to go online.";
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
        Some(Fault::Redirect) => {
            let to = "http://login.hotel.example/";
            (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
        }
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let detail =
                json!({ "status": status.as_u16(), "detail": "The demo was asked to fail." });
            let about = [
                (header::CONTENT_TYPE, "application/problem+json"),
                (header::RETRY_AFTER, "2"),
            ];
            (status, about, detail.to_string()).into_response()
        }
        Some(Fault::WrongType) => json_of(Bytes::from_static(b"{\"items\": \"none\"}")),
        Some(Fault::Huge) => huge(),
        Some(Fault::Bomb) => bomb(),
    }
}

fn fault(query: &str) -> Option<Fault> {
    let asked = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "chaos")?
        .1;
    let (name, value) = asked.split_once(':').unwrap_or((&asked, ""));
    Some(match name {
        "latency" => {
            let milliseconds = value.parse().unwrap_or(2000);
            Fault::Latency(Duration::from_millis(milliseconds).min(LONGEST))
        }
        "drip" => Fault::Drip,
        "reset" => Fault::Reset,
        "truncated" => Fault::Truncated,
        "html" => Fault::Html,
        "redirect" => Fault::Redirect,
        "wrong-type" => Fault::WrongType,
        "huge" => Fault::Huge,
        "bomb" => Fault::Bomb,
        status => Fault::Status(
            status
                .parse()
                .ok()
                .filter(|code| (400..600).contains(code))?,
        ),
    })
}

async fn whole(response: Response) -> Bytes {
    let limit = 1024 * 1024;
    to_bytes(response.into_body(), limit)
        .await
        .unwrap_or_default()
}

fn json_of(bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// The answer, a few bytes at a time.
fn drip(bytes: Bytes) -> Response {
    const DROP: usize = 16;
    let drops = stream::unfold(bytes, |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let drop = left.split_to(DROP.min(left.len()));
        Some((Ok::<_, std::io::Error>(drop), left))
    });
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, Body::from_stream(drops)).into_response()
}

/// Half of the answer, and then the connection is gone.
fn reset(bytes: &Bytes) -> Response {
    let half = bytes.slice(..bytes.len() / 2);
    let parts = stream::iter([Ok(half), Err(std::io::Error::other("reset on request"))]);
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, Body::from_stream(parts)).into_response()
}

/// Ten megabytes that are all right.
fn huge() -> Response {
    let text = "x".repeat(HUGE_TEXT);
    let items: Vec<_> = (0..HUGE)
        .map(|number| json!({ "id": number, "name": format!("Item {number}"), "summary": text }))
        .collect();
    json_of(json!({ "items": items }).to_string().into())
}

/// A little that unfolds to a lot.
fn bomb() -> Response {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..BOMB / blank.len() {
        if encoder.write_all(&blank).is_err() {
            break;
        }
    }
    let about = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_ENCODING, "gzip"),
    ];
    (about, encoder.finish().unwrap_or_default()).into_response()
}

#[cfg(test)]
mod tests {
    use tower_service::Service as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_as_long_as_was_asked_for() {
        let asked = axum::http::Request::get("/?chaos=latency:20000");
        let asked = asked.body(Body::empty()).unwrap();
        let mut served = axum::Router::new()
            .route("/", axum::routing::get(async || "good"))
            .layer(super::super::routes::in_time())
            .layer(axum::middleware::from_fn(chaos));
        let before = tokio::time::Instant::now();
        let reply = served.call(asked).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(before.elapsed(), Duration::from_secs(20));
    }

    #[test]
    fn only_what_is_known_is_a_fault() {
        for (query, expected) in [
            ("", None),
            ("page=2", None),
            ("chaos=", None),
            ("chaos=200", None),
            ("chaos=nonsense", None),
            ("chaos=503", Some(Fault::Status(503))),
            ("page=2&chaos=html", Some(Fault::Html)),
            (
                "chaos=latency:500",
                Some(Fault::Latency(Duration::from_millis(500))),
            ),
            ("chaos=latency:99999999", Some(Fault::Latency(LONGEST))),
        ] {
            assert_eq!(fault(query), expected, "{query}");
        }
    }
}
