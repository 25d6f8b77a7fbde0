//! A row of the configuration, read once: what to look for in its answers.

use std::time::Duration;

use super::card::{CARD_FIELDS, CardField, FieldSource};
use super::joins::JoinPlan;
use super::listing;
use super::lookup::Lookup;
use super::selector::Selector;
use crate::config;
use device_flow::json::Wanted;

/// What a row's answers are read by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// Where an answer says that it is an error, whatever its status.
    pub(crate) error: Option<Selector>,
    pub(crate) items: Selector,
    pub(crate) next: Option<Selector>,
    pub(crate) paging: Option<config::Paging>,
    /// The word that asks for the next page.
    pub(crate) cursor: Option<Selector>,
    /// Whether there is a next page.
    pub(crate) more: Option<Selector>,
    pub(crate) rows: Option<RowsPlan>,
    /// The tables that items refer to.
    pub(crate) joins: Vec<JoinPlan>,
    pub(crate) refresh_every: Option<Duration>,
    /// The form of its cards.
    pub(crate) shape: config::Shape,
    /// Whether anything of its cards changes on the screen by itself.
    pub(crate) moves: bool,
    /// Where the fields of a card are, in the order of [`CARD_FIELDS`].
    pub(crate) fields: Vec<(&'static CardField, FieldSource)>,
    /// What the actions require of an item, in the order of [`super::card::Card::fields`].
    pub(crate) required: Vec<Selector>,
}

/// What an API's list of rows is read by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowsPlan {
    pub(crate) rows: Selector,
    pub(crate) title: Lookup,
    pub(crate) id: Option<Lookup>,
    pub(crate) items: Option<Selector>,
    pub(crate) link: Option<Lookup>,
    pub(crate) limit: usize,
}

/// Notes that a place of an item is required. Which of the required ones it is.
pub(crate) fn field(required: &mut Vec<Selector>, place: &str) -> usize {
    let known = required.iter().position(|known| known.text() == place);
    known.unwrap_or_else(|| {
        required.push(Selector::new(place));
        required.len() - 1
    })
}

/// The form of a row's cards: where none is said, one with a picture for cards that have one.
fn shape(row: &config::Row) -> config::Shape {
    row.shape.unwrap_or(match row.card.image {
        Some(_) => config::Shape::Wide,
        None => config::Shape::Text,
    })
}

impl Plan {
    /// Reads a row, whose actions require what `required` leads to.
    pub(crate) fn new(row: &config::Row, required: Vec<Selector>) -> Self {
        let fields = CARD_FIELDS.iter();
        let fields = fields.flat_map(|field| {
            let sources = (field.sources)(row).into_iter();
            sources.map(move |source| (field, source))
        });
        let fields: Vec<_> = fields.collect();
        let paging = row.page.as_ref();
        Self {
            error: row.error.as_deref().map(Selector::new),
            items: Selector::new(&row.items),
            next: row.next.as_deref().map(Selector::new),
            paging: row.page.clone(),
            cursor: paging.and_then(|paging| paging.cursor.as_deref().map(Selector::new)),
            more: paging.and_then(|paging| paging.more.as_deref().map(Selector::new)),
            rows: row.row_source.as_ref().map(|source| RowsPlan {
                rows: Selector::new(&source.rows_path),
                title: Lookup::from(&source.title),
                id: source.id.as_ref().map(Lookup::from),
                items: source.items.as_deref().map(Selector::new),
                link: source.link.as_ref().map(Lookup::from),
                limit: source.limit as usize,
            }),
            joins: row
                .lookup
                .iter()
                .map(|(name, join)| JoinPlan::new(name, join))
                .collect(),
            refresh_every: (row.refresh_seconds > 0)
                .then(|| Duration::from_secs(row.refresh_seconds.into())),
            shape: shape(row),
            moves: fields.iter().any(|(_, source)| CardField::moves(source)),
            fields,
            required,
        }
    }

    /// Whether items are asked for by what they are called.
    pub(crate) fn is_by_name(&self) -> bool {
        self.of_item().any(|at| *at == Selector::Key)
    }

    /// What is looked at in an answer that is a page.
    pub(crate) fn of_page(&self) -> Wanted {
        let mut wanted = Wanted::default();
        self.of_list(&self.items, &mut wanted);
        self.of_tables(&mut wanted, self.of_item());
        wanted
    }

    /// What is looked at in an answer that is a list of rows.
    pub(crate) fn of_rows(&self, source: &RowsPlan) -> Wanted {
        let mut wanted = Wanted::default();
        listing::within(&source.rows, &mut wanted, &|row| {
            source.of_row().for_each(|at| self.want(at, row));
            if let Some(items) = &source.items {
                self.of_list(items, row);
            }
        });
        self.of_tables(&mut wanted, self.of_item().chain(source.of_row()));
        wanted
    }

    /// What is looked at where a list of items is, and what follows it.
    fn of_list(&self, items: &Selector, wanted: &mut Wanted) {
        listing::within(items, wanted, &|item| {
            self.of_item().for_each(|at| self.want(at, item));
        });
        self.beside_items().for_each(|at| at.within(wanted));
    }

    /// What is looked at beside the items: where the next page is.
    fn beside_items(&self) -> impl Iterator<Item = &Selector> {
        self.next.iter().chain(&self.cursor).chain(&self.more)
    }

    /// Adds to what is wanted of an item what `at` looks at there: of a table, what the item calls its entries.
    fn want(&self, at: &Selector, item: &mut Wanted) {
        at.within(item);
        // A table may be found by way of another: each one is wanted where any is.
        if matches!(at, Selector::Joined(_)) {
            let by = self.joins.iter().flat_map(JoinPlan::of_item);
            by.for_each(|at| at.within(item));
        }
    }

    /// What is looked at in the tables of an answer.
    pub(crate) fn of_tables_alone(&self) -> Wanted {
        let mut wanted = Wanted::default();
        self.of_tables(&mut wanted, self.of_item());
        wanted
    }

    fn of_tables<'a>(&'a self, wanted: &mut Wanted, used: impl Iterator<Item = &'a Selector>) {
        let by = self.joins.iter().flat_map(JoinPlan::of_item);
        let used: Vec<_> = used.cloned().chain(by).collect();
        for join in &self.joins {
            join.within(wanted, &used);
        }
    }

    /// All that is looked at in an item.
    fn of_item(&self) -> impl Iterator<Item = &Selector> {
        let fields = self.fields.iter();
        let lookups = fields.flat_map(|(_, source)| source.lookups());
        lookups.flat_map(Lookup::selectors).chain(&self.required)
    }
}

impl RowsPlan {
    /// Whether rows are asked for by what they are called.
    pub(crate) fn is_by_name(&self) -> bool {
        self.of_row().any(|at| *at == Selector::Key)
    }

    /// All that is looked at in a row beside its items.
    fn of_row(&self) -> impl Iterator<Item = &Selector> {
        let own = std::iter::once(&self.title)
            .chain(&self.id)
            .chain(&self.link);
        own.flat_map(Lookup::selectors)
    }
}
