//! The owner's API: whether it is there, and what it gives the account that is signed in.

use device_flow::NetworkFailure;
use std::time::Duration;

use super::super::{Error, Exit};
use super::budget::{Budget, late};
use super::fix;
use super::report::Check;
use super::way::refused;
use crate::checks::owner_api::{self, Finding};
use crate::config::Config;
use crate::session::Session;
use crate::{api, session};
use device_flow::Exchange;

const ANSWER_LIMIT: Duration = Duration::from_secs(4);

/// The first row may need a refresh first. None is begun that could not be waited for.
const LEAST_FOR_A_ROW: Duration = Duration::from_secs(2);

pub(super) const API: &str = "api";
pub(super) const FIRST_ROW: &str = "first_row";

/// Tells whether the API is there.
pub(super) async fn reach(config: &Config, budget: Budget) -> Check {
    let Some(api) = &config.api else {
        return Check::skipped(API, "the configuration has no [api]");
    };
    // The budget ends the wait, so that it is said in one way.
    let asked = owner_api::ask(config, ANSWER_LIMIT * 2);
    match budget.spend(ANSWER_LIMIT, asked).await {
        Ok(Some(Ok(probed))) => {
            let (words, address) = (probed.words.as_deref(), &probed.address);
            answered(probed.status, words, address, probed.is_row)
        }
        Ok(Some(Err(error))) => unreachable(&api.base_url, error),
        Ok(None) => Check::skipped(API, "the configuration has no [api]"),
        Err(given) => unreachable(
            &api.base_url,
            api::Error::network(NetworkFailure::Timeout, late(given)),
        ),
    }
}

/// Tells what a status means that came without a token.
fn answered(status: u16, words: Option<&str>, address: &str, is_row: bool) -> Check {
    let finding = owner_api::judge(status, is_row);
    let said = format!("HTTP {status} at {address} without a token");
    // That it wants a token needs no words of its own.
    let said = match words.filter(|_| finding != Finding::WantsToken) {
        Some(words) => format!("{said}: {words}"),
        None => said,
    };
    match finding {
        Finding::WantsToken => Check::ok(API, format!("{said}, as it should")),
        Finding::Open => Check::ok(API, said),
        Finding::NoRowAsked => Check::ok(API, format!("{said}; it answers, no row yet to look at")),
        Finding::NoSuchRow => Check::failed(
            API,
            Exit::Usage,
            said,
            "the API has nothing at this address: check api.base_url and the path of the first [[api.rows]]",
        ),
        Finding::Unavailable => Check::failed(
            API,
            Exit::Network,
            said,
            "the API cannot serve now: wait some minutes, then ask who runs it",
        ),
        Finding::Odd => Check::warning(
            API,
            said,
            "the API answers, but not as one that wants a token: check api.base_url and the path of the first \
             [[api.rows]]",
        ),
    }
}

fn unreachable(base: &url::Url, error: api::Error) -> Check {
    let detail = format!("{base}: {}", error.told());
    let fix = match &error {
        api::Error::Captive(_) => {
            "open any page in a browser on this network and sign in there; if there is no such page, another server \
             answers at api.base_url"
        }
        api::Error::Refused(_) => "check the path of the first [[api.rows]] in the configuration",
        _ => {
            "check api.base_url, that the API runs, and its certificate (provider.ca_file is trusted here, too)"
        }
    };
    let exit = match error {
        api::Error::Refused(_) => Exit::Usage,
        error => Error::from(error).exit,
    };
    Check::failed(API, exit, detail, fix)
}

/// Loads the first row with the account that is signed in.
pub(super) async fn first_row(
    config: &Config,
    client: &device_flow::Client,
    session: &Session,
    budget: Budget,
) -> Check {
    let Some(row) = config.api.as_ref().and_then(|api| api.rows.first()) else {
        return Check::skipped(FIRST_ROW, "the configuration has no [[api.rows]]");
    };
    if budget.at_most(ANSWER_LIMIT) < LEAST_FOR_A_ROW {
        return Check::skipped(FIRST_ROW, "no time is left: what came before took too long");
    }
    let page = async {
        api::Client::new(config, session.clone(), None)?
            .first_page(&api::Row::new(0, row))
            .await
    };
    match budget.spend(ANSWER_LIMIT, page).await {
        Ok(Ok(page)) => Check::ok(
            FIRST_ROW,
            format!(
                "\"{}\" has {} for this account",
                row.title,
                counted(page.cards.len())
            ),
        ),
        Ok(Err(error)) => row_failed(client, error),
        Err(given) => row_failed(
            client,
            api::Error::network(NetworkFailure::Timeout, late(given)),
        ),
    }
}

fn counted(cards: usize) -> String {
    match cards {
        1 => "1 card".to_owned(),
        n => format!("{n} cards"),
    }
}

fn row_failed(client: &device_flow::Client, error: api::Error) -> Check {
    let detail = error.told();
    match &error {
        api::Error::Session(session::Error::Storage { .. }) => Check::failed(
            FIRST_ROW,
            Exit::Unexpected,
            format!(
                "the API was not asked, since the session on this device could not be used: {detail}"
            ),
            "make that file and its folder usable for this user (owner, mode, free space, read-only file system)",
        ),
        api::Error::Session(session::Error::Refresh(cause)) => {
            refused(FIRST_ROW, client, Exchange::Refresh, cause)
        }
        api::Error::Session(session::Error::Ended(why)) => {
            let ended = device_flow::Error::OAuth {
                status: 400,
                code: "invalid_grant".to_owned(),
                description: Some(why.clone()),
            };
            Check::warning(
                FIRST_ROW,
                detail,
                &fix::of(client, Exchange::Refresh, &ended),
            )
        }
        api::Error::Status {
            status: 401 | 403, ..
        }
        | api::Error::Session(session::Error::Refused(_)) => Check::failed(
            FIRST_ROW,
            Exit::Rejected,
            detail,
            "the API does not accept this account's token: check that provider.audience and provider.scopes are what \
             the API asks for, then sign in again",
        ),
        api::Error::Status {
            status: 400..=499, ..
        }
        | api::Error::Shape(_)
        | api::Error::Refused(_) => Check::failed(
            FIRST_ROW,
            Exit::Usage,
            detail,
            "check path, items and card of the first [[api.rows]] against what the API answers; vestibule call PATH \
             shows it",
        ),
        _ => {
            let exit = Error::from(error).exit;
            let fix = "the API did not answer as it should: try again, and look at its own log";
            Check::failed(FIRST_ROW, exit, detail, fix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_api_has_its_own_words() {
        let line = |status| {
            let check = answered(
                status,
                Some("page must be a number"),
                "https://a.example/row",
                true,
            );
            serde_json::to_string(&check).unwrap()
        };
        for status in [404, 422, 429] {
            assert!(line(status).contains("page must be a number"), "{status}");
        }
        assert!(!line(401).contains("page must be a number"));
        // Without a row there is nothing yet that a right configuration has to answer for.
        let root = answered(404, None, "https://a.example/", false);
        let root = serde_json::to_string(&root).unwrap();
        assert!(
            root.contains("\"ok\"") && root.contains("no row yet"),
            "{root}"
        );
    }
}
