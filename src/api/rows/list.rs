//! The rows in an API's list of rows.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::page::Page;
use super::paging::{self, PageAt};
use super::row::{InlinePage, Row, RowOrigin};
use crate::api::Error;
use crate::api::mapping::card::ADDRESS_LIMIT;
use crate::api::mapping::cards::{few_enough, of_items};
use crate::api::mapping::plan::RowsPlan;
use crate::api::request::api_origin::ApiOrigin;

/// The rows in an answer that is a list of rows, at most as many as configured.
///
/// A row without a heading, or with neither items nor a link that may be followed, is left out.
///
/// # Errors
/// [`Error::Shape`] when there is no list of rows where it should be; [`Error::TooMuch`] when they have more than [`MOST_ITEMS`] among them.
pub(crate) fn listed(reply: &Value, parent: &Row, at: &PageAt<'_>) -> Result<Vec<Row>, Error> {
    let plan = &parent.plan;
    let Some(source) = &plan.rows else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let mut items_of_all = 0;
    let written = source.rows.items(reply).map_err(Error::Shape)?;
    for Named { id, title, row } in named(&written, &parent.id, source) {
        let items = source.items.as_ref();
        let items = items.and_then(|items| items.items(row).ok());
        items_of_all += items.as_ref().map_or(0, Vec::len);
        few_enough(items_of_all)?;
        let inline = items.map(|items| {
            let mut found = of_items(items, plan, at.from, 0);
            let next = paging::next(plan, row, &found, at);
            let next = paging::follow(next, &mut found.cards);
            let page = Page {
                next,
                ..Page::whole(found.cards)
            };
            let parent = parent.id.as_str().into();
            RowOrigin::Inline(Arc::new(InlinePage { parent, page }))
        });
        let Some(from) =
            inline.or_else(|| link(source, row, at.from, at.origin).map(RowOrigin::Link))
        else {
            continue;
        };
        rows.push(Row {
            id,
            title,
            plan: plan.clone(),
            ask: parent.ask.clone(),
            given: parent.given.clone(),
            actions: parent.actions.clone(),
            from,
        });
    }
    Ok(rows)
}

/// Where the cards of a row are, if the API says so and we may go there.
pub(crate) fn link(
    source: &RowsPlan,
    row: &Value,
    address: &Url,
    origin: &ApiOrigin,
) -> Option<Url> {
    let link = source.link.as_ref()?.raw(row);
    let link = link.filter(|written| written.len() <= ADDRESS_LIMIT)?;
    let url = address.join(&link).ok()?;
    origin.within(url).ok()
}

/// A row in an answer that is a list of rows.
struct Named<'a> {
    id: String,
    title: String,
    row: &'a Value,
}

/// The rows that have a heading, each with an id of its own below that of the row that stands for them.
fn named<'a>(written: &[&'a Value], parent: &str, source: &RowsPlan) -> Vec<Named<'a>> {
    let mut rows: Vec<Named<'a>> = Vec::new();
    for row in written.iter().copied().take(source.limit) {
        let Some(title) = source.title.line(row) else {
            continue;
        };
        let name = source.id.as_ref().and_then(|id| id.raw(row));
        let mut id = format!("{parent}.{}", name.as_deref().unwrap_or(&title));
        if rows.iter().any(|known| known.id == id) {
            id = format!("{id}.{}", rows.len());
        }
        rows.push(Named { id, title, row });
    }
    rows
}

/// What in an answer is about `row`: its part of a list of rows, else the whole.
pub(crate) fn scope<'a>(reply: &'a Value, row: &Row) -> &'a Value {
    let (RowOrigin::Inline(inline), Some(source)) = (&row.from, &row.plan.rows) else {
        return reply;
    };
    let written = source.rows.items(reply).unwrap_or_default();
    let rows = named(&written, &inline.parent, source);
    let own = rows.into_iter().find(|named| named.id == row.id);
    own.map_or(reply, |named| named.row)
}
