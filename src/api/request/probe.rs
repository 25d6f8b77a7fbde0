//! Whether the API is there, asked without a token.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::header::ACCEPT;

use super::address;
use super::http::{self, Answer, Timeouts};
use crate::api::Error;
use crate::config;

/// More of an answer is not read: its status is what counts.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// GETs `path` under the API's base address without a token, within `limit`, and tells the status and how
/// long the answer took, connecting included.
///
/// # Errors
/// [`Error::Network`] when nothing answers in time, [`Error::Captive`] when something in between does,
/// [`Error::Refused`] for an address that may not be called.
pub async fn status_without_token(
    api: &config::Api,
    ca_file: Option<&Path>,
    path: &str,
    limit: Duration,
) -> Result<(u16, Duration), Error> {
    let url = address::under(&api.base_url, path)?;
    let extra_roots = http::extra_roots(ca_file)?;
    let timeouts = Timeouts {
        connect: limit,
        read: limit,
        total: limit,
        picture: limit,
        pause: limit,
    };
    let http_client = tokio::task::spawn_blocking(move || http::client(extra_roots, timeouts))
        .await
        .unwrap_or_else(|error| Err(Error::Network(error.to_string().into())))?;
    let request = http_client.get(url).header(ACCEPT, "application/json");
    let started = Instant::now();
    let response = request.send().await.map_err(http::network)?;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    match Answer::read(response, ANSWER_LIMIT, None)
        .await
        .map_err(Error::from)
    {
        Ok(answer) if answer.is_captive() => Err(Error::Captive),
        Ok(_) | Err(Error::TooLarge { .. }) => Ok((status, took)),
        Err(error) => Err(error),
    }
}
