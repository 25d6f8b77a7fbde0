//! What an API may answer, made into cards without an API: the door that a fuzz target knocks at.

use serde_json::Value;
use url::Url;

use super::paging::{self, Next};
use super::{Card, Cursor, Error, Row, mapping, reply};
use crate::config;
use crate::oauth::json::Wanted;

/// Reads an answer from `base` by one row of the configuration: its cards, those of the rows in it, and where the
/// next page is.
///
/// # Errors
/// As they are told.
pub fn answer(row: &config::Row, base: &Url, body: &[u8]) -> Result<Vec<Card>, Error> {
    let row = Row::new(0, row);
    let found = reply::parse(body, &Wanted::everything())
        .and_then(|reply| mapping::rows(&reply, &row, base, base));
    for row in found.unwrap_or_default() {
        let _ = row.stands_for_many();
    }
    let wanted = row.plan.of_page();
    let cards = |reply: &Value| mapping::cards(reply, &row.plan, base, 0);
    let found = reply::read(body, &wanted, cards)?;
    let reply = reply::parse(body, &wanted)?;
    let mut before: Option<Cursor> = None;
    for _ in 0..3 {
        match paging::next(&row.plan, &reply, &found, base, base, before.as_ref(), base) {
            Next::Page(cursor) => before = Some(cursor),
            Next::End | Next::Refused(_) | Next::Again => break,
        }
    }
    for card in &found.cards {
        for offer in row.offers(card) {
            let press = offer.press();
            let _ = (press.path(), press.body());
        }
    }
    Ok(found.cards)
}
