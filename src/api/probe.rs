//! Whether the API is there, asked without a token.

use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::header::ACCEPT;

use super::client::roots;
use super::http::{self, Answer, Patience};
use super::{Error, address};
use crate::config;

/// More of an answer is not read: its status is what counts.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// GETs `path` under the API's base address without a token, within `limit`, and tells the status and how
/// long the answer took, connecting included.
///
/// # Errors
/// [`Error::Network`] when nothing answers in time, [`Error::Captive`] when somebody else does,
/// [`Error::Refused`] for an address that may not be called.
pub async fn status_without_token(
    api: &config::Api,
    ca_file: Option<&Path>,
    path: &str,
    limit: Duration,
) -> Result<(u16, Duration), Error> {
    let url = address::under(&api.base_url, path)?;
    let extra_roots = match ca_file {
        None => Vec::new(),
        Some(path) => {
            roots(path).map_err(|cause| Error::Network(format!("{}: {cause}", path.display())))?
        }
    };
    let patience = Patience {
        connect: limit,
        read: limit,
        total: limit,
        picture: limit,
        pause: limit,
    };
    let connector = tokio::task::spawn_blocking(move || http::connector(extra_roots, patience))
        .await
        .unwrap_or_else(|error| Err(Error::Network(error.to_string())))?;
    let request = connector.get(url).header(ACCEPT, "application/json");
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
