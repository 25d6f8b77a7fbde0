//! The rows in an API's list of rows.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;
use url::Url;

use super::inline::{InlineList, InlinePage};
use super::page::Origin;
use super::paging::PageAt;
use super::row::{Row, RowOrigin};
use crate::api::Error;
use crate::api::cache::Spool;
use crate::api::mapping::card::ADDRESS_LIMIT;
use crate::api::mapping::cards::few_enough;
use crate::api::mapping::item::Item;
use crate::api::mapping::joins::Joins;
use crate::api::mapping::json::{self, Reply};
use crate::api::mapping::listing::{self, Listed};
use crate::api::mapping::plan::{Plan, RowsPlan};
use crate::api::request::api_origin::ApiOrigin;

/// The rows in an answer that is a list of rows, at most as many as configured.
///
/// A row without a heading, or with neither items nor a link that may be followed, is left out.
///
/// # Errors
/// [`Error::Shape`] when there is no list of rows where it should be; [`Error::TooMuch`] when they have more than [`MOST_ITEMS`] among them.
pub(crate) fn listed(reply: &Reply<'_>, parent: &Row, at: &PageAt<'_>) -> Result<Vec<Row>, Error> {
    let plan = &parent.plan;
    let Some(source) = &plan.rows else {
        return Ok(Vec::new());
    };
    let joins = Joins::of(&plan.joins, reply.value);
    let mut rows = Vec::new();
    let mut text = Vec::new();
    let mut items_of_all = 0;
    let written = written(reply, source)?;
    for Named { id, title, row, .. } in named(&written, &parent.id, source, &joins) {
        let items = items(source, row.value, plan.is_by_name());
        items_of_all += items.as_ref().map_or(0, Vec::len);
        few_enough(items_of_all)?;
        let from = match items {
            Some(_) => FoundAt::Part(write(row.value, &mut text)?),
            None => match link(source, &row, at.from, at.origin) {
                Some(url) => FoundAt::Link(url),
                None => continue,
            },
        };
        rows.push((id, title, from));
    }
    let tables = match plan.joins.as_slice() {
        [] => None,
        _ => Some(write(&tables(reply.value, plan)?, &mut text)?),
    };
    let list = Arc::new(InlineList::new(&parent.id, at, tables));
    let (spool, now) = (Arc::new(Spool::new(text)), SystemTime::now());
    let rows = rows.into_iter().map(|(id, title, from)| {
        let from = match from {
            FoundAt::Link(url) => RowOrigin::Link(url),
            FoundAt::Part(part) => RowOrigin::Inline(Arc::new(InlinePage {
                list: list.clone(),
                spool: spool.clone(),
                part,
                origins: None,
                fetched_at: now,
                origin: Origin::Network,
            })),
        };
        parent.found(id, title, from)
    });
    Ok(rows.collect())
}

/// Where the cards of a row in the list are.
enum FoundAt {
    /// In this part of what is written.
    Part(Range<usize>),
    Link(Url),
}

/// Writes a value behind what is written. Where it stands then.
fn write(value: &Value, text: &mut Vec<u8>) -> Result<Range<usize>, Error> {
    let start = text.len();
    serde_json::to_writer(&mut *text, value).map_err(|error| Error::Shape(error.to_string()))?;
    Ok(start..text.len())
}

/// The tables of an answer that items refer to, without what else is in it.
fn tables(reply: &Value, plan: &Plan) -> Result<Value, Error> {
    let mut text = Vec::new();
    let _ = write(reply, &mut text)?;
    json::parse(&text, &plan.of_tables_alone())
}

/// Where the cards of a row are, if the API says so and we may go there.
pub(crate) fn link(
    source: &RowsPlan,
    row: &Item<'_>,
    address: &Url,
    origin: &ApiOrigin,
) -> Option<Url> {
    let link = source.link.as_ref()?.raw(row);
    let link = link.filter(|written| written.len() <= ADDRESS_LIMIT)?;
    let url = address.join(&link).ok()?;
    origin.within(url).ok()
}

/// What stands in the list of rows.
///
/// # Errors
/// [`Error::Shape`] when there is something else.
pub(crate) fn written<'a>(reply: &Reply<'a>, source: &RowsPlan) -> Result<Vec<Listed<'a>>, Error> {
    let listing = listing::of_reply(&source.rows, reply, source.is_by_name())?;
    Ok(listing.items)
}

/// The items that stand in a row, where it has a list of them.
pub(crate) fn items<'a>(
    source: &RowsPlan,
    row: &'a Value,
    is_by_name: bool,
) -> Option<Vec<Listed<'a>>> {
    let listing = listing::of(source.items.as_ref()?, row, is_by_name).ok()?;
    // A row whose list is left out may be had elsewhere.
    let may_lack_it = row.is_object() && source.link.is_none();
    (!listing.is_left_out || may_lack_it).then_some(listing.items)
}

/// A row in an answer that is a list of rows.
struct Named<'a> {
    id: String,
    title: String,
    row: Item<'a>,
    /// Its number in the list.
    place: usize,
}

/// The rows that have a heading, each with an id of its own below that of the row that stands for them.
fn named<'a>(
    written: &'a [Listed<'a>],
    parent: &str,
    source: &RowsPlan,
    joins: &'a Joins<'a>,
) -> Vec<Named<'a>> {
    let mut rows: Vec<Named<'a>> = Vec::new();
    for (place, row) in written.iter().enumerate().take(source.limit) {
        let row = row.item().among(joins);
        let Some(title) = source.title.line(&row) else {
            continue;
        };
        let name = source.id.as_ref().and_then(|id| id.raw(&row));
        let mut id = format!("{parent}.{}", name.as_deref().unwrap_or(&title));
        if rows.iter().any(|known| known.id == id) {
            id = format!("{id}.{}", rows.len());
        }
        rows.push(Named {
            id,
            title,
            row,
            place,
        });
    }
    rows
}

/// What in an answer is about `row`: its part of a list of rows, else the whole.
pub(crate) fn scope<'a>(reply: &'a Value, row: &Row) -> &'a Value {
    let (RowOrigin::Inline(inline), Some(source)) = (&row.from, &row.plan.rows) else {
        return reply;
    };
    let joins = Joins::of(&row.plan.joins, reply);
    let written = written(&Reply::all(reply), source).unwrap_or_default();
    let rows = named(&written, &inline.list.parent, source, &joins);
    let own = rows.iter().find(|named| named.id == row.id);
    let own = own.and_then(|named| written.get(named.place));
    own.map_or(reply, |listed| listed.value)
}
