//! Whether the API is there, asked without a token.

use std::path::Path;
use std::time::{Duration, Instant};

use device_flow::net::Repeat;
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Method, Request};

use super::http::{self, Answer, Timeouts};
use super::{address, api_message};
use crate::api::Error;
use crate::config;

/// More of an answer is not read: its status is what counts.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// GETs `path` under the API's base address without a token, within `limit`, and tells the status, how long the answer
/// took, connecting included, and what it says about a status of failure.
///
/// # Errors
/// [`Error::Network`] when nothing answers in time, [`Error::Captive`] when something in between does,
/// [`Error::Refused`] for an address that may not be called.
pub async fn status_without_token(
    api: &config::Api,
    ca_file: Option<&Path>,
    path: &str,
    limit: Duration,
) -> Result<(u16, Duration, Option<String>), Error> {
    let url = address::under(&api.base_url, path)?;
    let anchors = http::trust_anchors(ca_file)?;
    let timeouts = Timeouts {
        connect: limit,
        read: limit,
        total: limit,
        picture: limit,
        pause: limit,
    };
    let connections = http::connections(anchors, timeouts);
    connections.make_ready(&url).await?;
    let mut request = Request::new(Method::GET, url);
    let json = HeaderValue::from_static("application/json");
    let _ = request.headers_mut().insert(ACCEPT, json);
    let unread = || Error::Refused("a request that is read once".to_owned());
    let started = Instant::now();
    let response = connections
        .exchange(Repeat::Never, || request.try_clone().ok_or_else(unread))
        .await?;
    let (status, took) = (response.status(), started.elapsed());
    match Answer::read(response, ANSWER_LIMIT, None).await {
        Ok(answer) if answer.is_captive() => Err(answer.captive()),
        Ok(answer) if !answer.is_success() => Ok((status, took, api_message::of(&answer))),
        Ok(_) | Err(Error::TooLarge { .. }) => Ok((status, took, None)),
        Err(error) => Err(error),
    }
}
