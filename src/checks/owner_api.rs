//! Whether the owner's API is there: its first row, asked for without a token.

use std::time::Duration;

use crate::api;
use crate::config::Config;

/// What came of asking.
pub type Answer = Result<api::Probed, api::Error>;

/// What an answer to a request without a token says of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It wants a token, as it should.
    WantsToken,
    /// It answers without one.
    Open,
    /// It answers, and no row was asked for: many have nothing at their root.
    NoRowAsked,
    /// It has no such row.
    NoSuchRow,
    /// It cannot serve now.
    Unavailable,
    /// Something answers, but not as an API that wants a token.
    Odd,
}

/// Asks the API for its first row, within `limit`. `None` where the configuration has no API.
pub async fn ask(config: &Config, limit: Duration) -> Option<Answer> {
    let _ = config.api.as_ref()?;
    Some(api::status_without_token(config, limit).await)
}

/// What a status means that came without a token. `is_row` tells that a row was asked for and not the base address.
pub fn judge(status: u16, is_row: bool) -> Finding {
    match status {
        401 | 403 => Finding::WantsToken,
        200..=299 => Finding::Open,
        404 | 410 if is_row => Finding::NoSuchRow,
        404 | 410 => Finding::NoRowAsked,
        429 | 500.. => Finding::Unavailable,
        _ => Finding::Odd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_401_without_a_token_is_what_a_good_api_answers() {
        for (status, is_row, finding) in [
            (401, true, Finding::WantsToken),
            (403, true, Finding::WantsToken),
            (200, true, Finding::Open),
            (404, true, Finding::NoSuchRow),
            (404, false, Finding::NoRowAsked),
            (400, true, Finding::Odd),
            (500, true, Finding::Unavailable),
            (429, true, Finding::Unavailable),
        ] {
            assert_eq!(judge(status, is_row), finding, "{status}");
        }
    }
}
