//! What an API may answer, made into cards without an API, for the fuzz targets.

use serde_json::Value;
use url::Url;

use super::mapping::{cards, json};
use super::rows::page::Cursor;
use super::rows::paging::{self, Next};
use super::{Card, Error, Row, explain};
use crate::config;
use device_flow::json::Wanted;

/// Reads an answer from `base` by one row of the configuration: its cards, those of the rows in it, and where the
/// next page is.
///
/// # Errors
/// As they are told.
pub fn answer(row: &config::Row, base: &Url, body: &[u8]) -> Result<Vec<Card>, Error> {
    let row = Row::new(0, row);
    let found = json::parse(body, &Wanted::everything())
        .and_then(|reply| explain::listed_rows(&reply, &row, base, base));
    for row in found.unwrap_or_default() {
        let _ = row.stands_for_many();
    }
    let wanted = row.plan.of_page();
    let look = |reply: &Value| cards::cards(reply, &row.plan, base, 0);
    let found = json::read(body, &wanted, look)?;
    let reply = json::parse(body, &wanted)?;
    let mut before: Option<Cursor> = None;
    for _ in 0..3 {
        match paging::next(&row.plan, &reply, &found, base, base, before.as_ref(), base) {
            Next::Page(cursor) => before = Some(cursor),
            Next::End | Next::Refused(_) | Next::Again => break,
        }
    }
    for card in &found.cards {
        for action in row.actions(card) {
            let request = action.request();
            let _ = (request.path(), request.body());
        }
    }
    Ok(found.cards)
}
