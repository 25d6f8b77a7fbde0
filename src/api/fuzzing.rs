//! What an API may answer, made into cards without an API, for the fuzz targets.

use serde_json::Map;
use url::Url;

use super::fill::Moment;
use super::mapping::json::Reply;
use super::mapping::{cards, json};
use super::request::api_origin::ApiOrigin;
use super::request::page_request::PageRequest;
use super::rows::first_page::FirstPage;
use super::rows::page::Cursor;
use super::rows::paging::{self, Next, PageAt};
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
    let asked = PageRequest::get(None, base.clone());
    let (first, origin) = (
        FirstPage::at(asked.clone(), Moment::now()),
        ApiOrigin::at(base.clone()),
    );
    let at = PageAt {
        asked: &asked,
        from: base,
        next: None,
        first: &first,
        before: None,
        origin: &origin,
    };
    let found = json::parse(body, &Wanted::everything())
        .and_then(|reply| explain::listed_rows(&Reply::all(&reply), &row, &at));
    for row in found.unwrap_or_default() {
        let _ = row.stands_for_many();
    }
    let wanted = row.plan.of_page();
    let look = |reply: &Reply<'_>| cards::cards(reply, &row.plan, base, 0);
    let found = json::read(body, &wanted, look)?;
    let reply = json::parse(body, &wanted)?;
    let mut before: Option<Cursor> = None;
    for _ in 0..3 {
        let at = PageAt {
            before: before.as_ref(),
            ..at
        };
        match paging::next(&row.plan, &reply, &found, &at) {
            Next::Page(cursor) => before = Some(cursor),
            Next::End | Next::Refused(_) | Next::Again => break,
        }
    }
    for card in &found.cards {
        for action in row.actions(card) {
            let request = action.request();
            let nobody = Map::new();
            let blanks = request.blanks(&nobody);
            let _ = (request.ask().path(&blanks), request.ask().payload(&blanks));
        }
    }
    Ok(found.cards)
}
