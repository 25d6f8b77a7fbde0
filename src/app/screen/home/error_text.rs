//! What to tell a viewer when the owner's API does not answer as it should.

use super::rows::RowState;
use super::staleness;
use crate::api;
use crate::app::i18n::fl;
use crate::host::clock;

/// Why, in a word or a few.
pub fn reason(error: &api::Error) -> String {
    match error {
        api::Error::Session(_) => fl!("reason-session"),
        api::Error::Network(_) => fl!("reason-network"),
        api::Error::Status {
            status: 429 | 503, ..
        } => fl!("reason-busy"),
        api::Error::Status {
            status: 401 | 403, ..
        } => fl!("reason-forbidden"),
        api::Error::Status { status, .. } => {
            fl!("reason-status", status = status.to_string())
        }
        api::Error::Captive(_) => fl!("reason-captive"),
        api::Error::TooLarge { .. } | api::Error::TooMuch(_) => fl!("reason-too-large"),
        api::Error::Shape(_) | api::Error::Reported(_) => fl!("reason-shape"),
        api::Error::Refused(_) => fl!("reason-refused"),
    }
}

/// The two lines that stand in place of a row that could not be loaded.
pub fn note(error: &api::Error) -> (String, String) {
    match error {
        // What TLS says of it is no help: it recovers by itself once the clock is set.
        api::Error::Network(_) | api::Error::Session(_) if clock::is_behind() => {
            (fl!("words-clock-title"), fl!("words-clock"))
        }
        api::Error::Captive(_) => (fl!("home-captive"), fl!("home-captive-hint")),
        error => (
            fl!("home-failed", reason = reason(error)),
            fl!("home-retry"),
        ),
    }
}

/// For who looks after the API: its own words, or what of its answer the configuration does not fit. Empty where there
/// are none.
pub fn said(error: &api::Error) -> String {
    match error {
        api::Error::Status { message, .. } | api::Error::Reported(message) => {
            message.clone().unwrap_or_default()
        }
        // Of an API that answers with pages of its own, this tells the page from a captive network's.
        api::Error::Shape(why)
        | api::Error::TooMuch(why)
        | api::Error::Refused(why)
        | api::Error::Captive(why) => why.clone(),
        api::Error::Session(_) | api::Error::Network(_) | api::Error::TooLarge { .. } => {
            String::new()
        }
    }
}

/// What stands beside the title of a row whose cards are stale: since when, and why.
pub fn stale_note(row_state: &RowState) -> Option<String> {
    let from = staleness::words(row_state.from()?)?;
    Some(match row_state.trouble().map(reason) {
        Some(reason) => fl!("home-old", reason = capitalised(&reason), from = from),
        None => from,
    })
}

/// `words` as the beginning of a sentence.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.as_str().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_refused_says_so_in_the_apis_own_words() {
        let refused = |message: Option<&str>| api::Error::Status {
            status: 403,
            retry_after: None,
            message: message.map(str::to_owned),
        };
        for (error, words) in [
            (
                refused(Some("the scope is missing")),
                "the scope is missing",
            ),
            (refused(None), ""),
            (
                api::Error::Shape("nothing at /items".to_owned()),
                "nothing at /items",
            ),
            (
                api::Error::Captive("HTTP 200 at https://a.example with a web page".to_owned()),
                "HTTP 200 at https://a.example with a web page",
            ),
            (api::Error::TooLarge { limit: 1 }, ""),
        ] {
            assert_eq!(said(&error), words);
        }
    }
}
