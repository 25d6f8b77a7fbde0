//! An exchange with an API that is counted, and told of in a span.

use device_flow::net::span;
use reqwest::Request;
use tracing::Instrument;

use super::http::Answer;
use crate::api::Error;
use crate::host::metrics;

/// What `exchange` comes to, which sends `request`.
pub(super) async fn watched(
    request: &Request,
    exchange: impl Future<Output = Result<Answer, Error>>,
) -> Result<Answer, Error> {
    let span = span::request(request.method(), request.url());
    let outcome = exchange.instrument(span.clone()).await;
    match &outcome {
        Ok(answer) => {
            span::answered(&span, answer.status);
            metrics::API_REQUESTS.add(answer.status.to_string());
        }
        Err(error) => {
            let why = unanswered(error);
            span::failed(&span, why);
            metrics::API_REQUESTS.add(why);
        }
    }
    outcome
}

/// Why there is no answer, in one word.
fn unanswered(error: &Error) -> &'static str {
    match error {
        Error::Network(error) => error.failure.name(),
        Error::TooLarge { .. } => "too_large",
        _ => "unusable",
    }
}
