//! What the log hears of a row.

use crate::api::{self, Row};
use crate::host::event::{self, Event};

/// The row has what the API says it holds.
pub(super) fn loaded(row: &Row) {
    event::row_loaded(&row.log_name());
}

/// The row has not been loaded. Where that is because its API cannot be reached, that has been said.
pub(super) fn failed(row: &Row, error: &api::Error) {
    let why = match error {
        api::Error::Session(_) | api::Error::Network(_) | api::Error::Captive(_) => None,
        api::Error::Status {
            status: 502..=504, ..
        } => None,
        // The API's own words may be about a person.
        api::Error::Reported(_) => Some("the API reports an error".to_owned()),
        other => Some(event::words(other)),
    };
    if let Some(why) = why {
        let row = row.log_name();
        event::tell(Event::RowFailed { row, why });
    }
    tracing::debug!(row = row.number(), error = %error.told(), "a row was not loaded");
}
