//! Whether the API is there: asked as its first row is, but without a token.

use std::sync::Arc;
use std::time::{Duration, Instant};

use device_flow::net::Repeat;
use serde_json::Map;

use crate::api::Error;
use crate::api::fill::Moment;
use crate::api::request::api_message;
use crate::api::request::api_origin::ApiOrigins;
use crate::api::request::http::{self, Answer, Timeouts};
use crate::api::request::page_request::PageRequest;
use crate::api::request::sender::ApiRequest;
use crate::api::rows::row::Row;
use crate::config::Config;

/// More of an answer is not read: its status is what counts.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// What an answer to a request without a token says of an API.
#[derive(Debug, Clone)]
pub struct Probed {
    /// Where it was asked.
    pub address: String,
    /// Whether that is a row, and not the base address.
    pub is_row: bool,
    /// The status.
    pub status: u16,
    /// How long the answer took, connecting included.
    pub took: Duration,
    /// What it says about a status of failure.
    pub words: Option<String>,
}

/// Asks for the first row of the account's API, with the owner's headers and without a token, within `limit`; for the
/// base address where a row is of somebody.
///
/// # Errors
/// [`Error::Network`] when nothing answers in time, [`Error::Captive`] when something in between does,
/// [`Error::Refused`] for an address that may not be called.
pub async fn status_without_token(config: &Config, limit: Duration) -> Result<Probed, Error> {
    let nothing = || Error::Refused("the configuration has no [api]".to_owned());
    let api = config.api.as_ref().ok_or_else(nothing)?;
    let origins = ApiOrigins::of(api, &config.apis)?;
    let origin = origins.named(None)?;
    let rows = api.rows.iter().enumerate();
    let rows = rows.map(|(index, row)| Row::new(index, row));
    let mut askable = rows.filter(|row| row.ask.api.is_none() && !row.ask.has_person());
    let (asked, is_row) = match askable.next() {
        Some(row) => {
            let nobody = Arc::new(Map::new());
            (
                row.first_page(origin, &nobody, Moment::now())?.request(),
                true,
            )
        }
        None => (PageRequest::get(None, origin.under("")?), false),
    };
    let anchors = http::trust_anchors(config.provider.ca_file.as_deref())?;
    let timeouts = Timeouts {
        connect: limit,
        read: limit,
        total: limit,
        picture: limit,
        pause: limit,
    };
    let connections = http::connections(config.device.user_agent(), anchors, timeouts);
    connections.make_ready(&asked.url).await?;
    let mut request = ApiRequest::new(origin, asked.method.clone(), &asked.url);
    request.payload = asked.payload.clone();
    let request = request.build()?;
    let unread = || Error::Refused("a request that is read once".to_owned());
    let started = Instant::now();
    let response = connections
        .exchange(Repeat::Never, || request.try_clone().ok_or_else(unread))
        .await?;
    let (status, took) = (response.status(), started.elapsed());
    let words = match Answer::read(response, ANSWER_LIMIT, None).await {
        Ok(mut answer) => {
            answer.secrets.clone_from(&origin.secrets);
            if answer.is_captive() {
                return Err(answer.captive());
            }
            (!answer.is_success())
                .then(|| api_message::of(&answer))
                .flatten()
        }
        Err(Error::TooLarge { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Probed {
        address: asked.url.to_string(),
        is_row,
        status,
        took,
        words,
    })
}
