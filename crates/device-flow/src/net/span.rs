//! Spans of exchanges, by OpenTelemetry's conventions for HTTP clients: method, server and outcome. Neither path nor query is in
//! them, which may name a person, and no header.
//!
//! Their target is [`TARGET`]: a program that wants none of them leaves that out.

use reqwest::Method;
use tracing::Span;
use tracing::field::Empty;
use url::Url;

use crate::Error;

/// The target of all spans of this library.
pub const TARGET: &str = "device_flow::span";

/// A request that is about to be sent.
pub fn request(method: &Method, url: &Url) -> Span {
    let host = url.host_str().unwrap_or_default();
    tracing::info_span!(
        target: "device_flow::span",
        "http",
        "http.request.method" = method.as_str(),
        "server.address" = host.trim_matches(['[', ']']),
        "server.port" = url.port_or_known_default(),
        "http.response.status_code" = Empty,
        "error.type" = Empty,
    )
}

/// The status that it was answered with; from 400 on it is what failed.
pub fn answered(span: &Span, status: u16) {
    let _ = span.record("http.response.status_code", status);
    if status >= 400 {
        let _ = span.record("error.type", status.to_string());
    }
}

/// It was not answered.
pub(crate) fn unanswered(span: &Span, error: &Error) {
    failed(
        span,
        match error {
            Error::Network(error) => error.failure.name(),
            _ => "unusable",
        },
    );
}

/// It failed, in one word.
pub fn failed(span: &Span, why: &str) {
    let _ = span.record("error.type", why);
}
