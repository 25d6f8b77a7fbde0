//! A row of the configuration, read once: what to look for in its answers.

use std::time::Duration;

use super::card::{CARD_FIELDS, CardField, FieldSource};
use super::lookup::Lookup;
use super::pointer::Pointer;
use crate::config;
use device_flow::json::Wanted;

/// What a row's answers are read by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// Where an answer says that it is an error, whatever its status.
    pub(crate) error: Option<Pointer>,
    pub(crate) items: Pointer,
    pub(crate) next: Option<Pointer>,
    pub(crate) paging: Option<config::Paging>,
    pub(crate) rows: Option<RowsPlan>,
    pub(crate) refresh_every: Option<Duration>,
    /// The form of its cards.
    pub(crate) shape: config::Shape,
    /// Whether anything of its cards changes on the screen by itself.
    pub(crate) moves: bool,
    /// Where the fields of a card are, in the order of [`CARD_FIELDS`].
    pub(crate) fields: Vec<(&'static CardField, FieldSource)>,
    /// What the actions require of an item, in the order of [`super::card::Card::fields`].
    pub(crate) required: Vec<Pointer>,
}

/// What an API's list of rows is read by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowsPlan {
    pub(crate) rows: Pointer,
    pub(crate) title: Lookup,
    pub(crate) id: Option<Lookup>,
    pub(crate) items: Option<Pointer>,
    pub(crate) link: Option<Lookup>,
    pub(crate) limit: usize,
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
    pub(crate) fn new(row: &config::Row, required: Vec<Pointer>) -> Self {
        let fields = CARD_FIELDS.iter();
        let fields = fields.flat_map(|field| {
            let sources = (field.sources)(row).into_iter();
            sources.map(move |source| (field, source))
        });
        let fields: Vec<_> = fields.collect();
        Self {
            error: row.error.as_deref().map(Pointer::new),
            items: Pointer::new(&row.items),
            next: row.next.as_deref().map(Pointer::new),
            paging: row.page.clone(),
            rows: row.row_source.as_ref().map(|source| RowsPlan {
                rows: Pointer::new(&source.rows_path),
                title: Lookup::from(&source.title),
                id: source.id.as_ref().map(Lookup::from),
                items: source.items.as_deref().map(Pointer::new),
                link: source.link.as_ref().map(Lookup::from),
                limit: source.limit as usize,
            }),
            refresh_every: (row.refresh_seconds > 0)
                .then(|| Duration::from_secs(row.refresh_seconds.into())),
            shape: shape(row),
            moves: fields.iter().any(|(_, source)| CardField::moves(source)),
            fields,
            required,
        }
    }

    /// What is looked at in an answer that is a page.
    pub(crate) fn of_page(&self) -> Wanted {
        let mut wanted = Wanted::default();
        self.of_list(&self.items, &mut wanted);
        wanted
    }

    /// What is looked at in an answer that is a list of rows.
    pub(crate) fn of_rows(&self, source: &RowsPlan) -> Wanted {
        let own = [
            Some(&source.title),
            source.id.as_ref(),
            source.link.as_ref(),
        ];
        let own: Vec<_> = own
            .into_iter()
            .flatten()
            .flat_map(Lookup::pointers)
            .collect();
        let mut wanted = Wanted::default();
        source.rows.items_within(&mut wanted, &|row| {
            own.iter().for_each(|at| at.within(row).whole());
            if let Some(items) = &source.items {
                self.of_list(items, row);
            }
        });
        wanted
    }

    /// What is looked at where a list of items is, and what follows it.
    fn of_list(&self, items: &Pointer, wanted: &mut Wanted) {
        let of_item = self.of_item();
        items.items_within(wanted, &|item| {
            of_item.iter().for_each(|at| at.within(item).whole());
        });
        if let Some(next) = &self.next {
            next.within(wanted).whole();
        }
        let cursor = self
            .paging
            .as_ref()
            .and_then(|paging| paging.cursor.as_deref());
        if let Some(cursor) = cursor {
            Pointer::new(cursor).within(wanted).whole();
        }
    }

    fn of_item(&self) -> Vec<Pointer> {
        let fields = self.fields.iter();
        fields
            .flat_map(|(_, source)| source.lookups())
            .flat_map(Lookup::pointers)
            .chain(self.required.iter().cloned())
            .collect()
    }
}
