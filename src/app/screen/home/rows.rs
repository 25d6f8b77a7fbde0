//! The rows of the home screen: what each of them holds, and which of its cards has the focus.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use iced::{Rectangle, task};

use crate::api::{self, Card, Origin, Page};
use crate::app::focus::shelves::{Fits, Focus, Shelves};
use crate::app::focus::{Controls, Direction};
use crate::app::pictures::Key;
use crate::app::widget::shelf::Measure;

/// Rows below the last one in view that are loaded ahead.
const AHEAD: usize = 2;
/// Columns beside those in view whose pictures are loaded ahead.
const BESIDE: usize = 2;
/// Wait before a row is tried again that could not be reached.
const AGAIN: Duration = Duration::from_secs(10);
/// Wait before a row is tried again whose server is in trouble and does not say for how long.
const AGAIN_BUSY: Duration = Duration::from_secs(30);
/// Longest wait that a server may ask for.
const AGAIN_LONGEST: Duration = Duration::from_secs(600);

/// The rows, in the order of the configuration.
#[derive(Debug)]
pub struct Rows {
    shelves: Vec<Shelf>,
    focus: Shelves,
}

/// One row.
#[derive(Debug)]
pub struct Shelf {
    /// Where it comes from.
    pub row: api::Row,
    /// What it holds.
    pub contents: Contents,
    work: Option<task::Handle>,
    due: bool,
}

/// What a row holds.
#[derive(Debug)]
pub enum Contents {
    /// Nothing yet: it is being loaded, or will be when it comes near.
    Waiting,
    /// Cards, or none where the API has none.
    Cards(Vec<Card>),
    /// It could not be loaded.
    Failed(api::Error),
}

/// What OK would act on.
#[derive(Debug, Clone, Copy)]
pub enum Focused<'a> {
    /// The account button.
    Account,
    /// A card.
    Card(&'a api::Row, &'a Card),
    /// A row that could not be loaded.
    Failed(usize),
    /// A row that is empty or still loading.
    Nothing,
}

impl Rows {
    /// Rows that hold nothing yet.
    pub fn new(rows: &[api::Row], fits: Fits) -> Self {
        Self {
            shelves: rows
                .iter()
                .map(|row| Shelf {
                    row: row.clone(),
                    contents: Contents::Waiting,
                    work: None,
                    due: true,
                })
                .collect(),
            focus: Shelves::new(rows.len(), fits),
        }
    }

    /// Whether no row is configured.
    pub fn is_empty(&self) -> bool {
        self.shelves.is_empty()
    }

    /// A row.
    pub fn shelf(&self, row: usize) -> Option<&Shelf> {
        self.shelves.get(row)
    }

    /// Where focus is, and what is in view.
    pub fn focus(&self) -> &Shelves {
        &self.focus
    }

    /// What OK would act on.
    pub fn focused(&self) -> Focused<'_> {
        let Focus::Item { row, index } = self.focus.focus() else {
            return Focused::Account;
        };
        match self.shelves.get(row) {
            Some(Shelf {
                row,
                contents: Contents::Cards(cards),
                ..
            }) => cards
                .get(index)
                .map_or(Focused::Nothing, |card| Focused::Card(row, card)),
            Some(Shelf {
                contents: Contents::Failed(_),
                ..
            }) => Focused::Failed(row),
            Some(_) | None => Focused::Nothing,
        }
    }

    /// Id of what has the focus, for `--ui-log`.
    pub fn focused_name(&self) -> String {
        match (self.focus.focus(), self.focused()) {
            (Focus::Account, _) => "account".to_owned(),
            (Focus::Item { row, .. }, Focused::Card(_, card)) => name(row, Some(card)),
            (Focus::Item { row, .. }, _) => name(row, None),
        }
    }

    /// The item with this name.
    fn find(&self, id: &str) -> Option<Focus> {
        self.shelves.iter().enumerate().find_map(|(row, shelf)| {
            let index = match &shelf.contents {
                Contents::Cards(cards) if !cards.is_empty() => {
                    cards.iter().position(|card| name(row, Some(card)) == id)
                }
                _ => (name(row, None) == id).then_some(0),
            };
            index.map(|index| Focus::Item { row, index })
        })
    }

    /// Moves the focus by one. Whether it moved.
    pub fn go(&mut self, direction: Direction) -> bool {
        self.focus.go(direction)
    }

    /// Fits the rows to the screen.
    pub fn fit(&mut self, measure: &Measure) {
        self.focus.fit(measure.fits());
    }

    /// The rows to load now: those in view or soon in view that are due and not on their way.
    pub fn to_load(&self) -> Vec<usize> {
        let (top, fits) = (self.focus.top(), self.focus.fits());
        (top.saturating_sub(1)..top + fits.rows + AHEAD)
            .filter(|row| {
                self.shelves
                    .get(*row)
                    .is_some_and(|shelf| shelf.due && shelf.work.is_none())
            })
            .collect()
    }

    /// Notes that a row is on its way; dropping `work` stops it.
    pub fn loading(&mut self, row: usize, work: task::Handle) {
        if let Some(shelf) = self.shelves.get_mut(row) {
            shelf.work = Some(work);
            shelf.due = false;
        }
    }

    /// Takes what came of a row. Returns after how long to try again by itself.
    ///
    /// Cards that are there stay when a later load fails.
    pub fn loaded(&mut self, row: usize, result: Result<Page, api::Error>) -> Option<Duration> {
        let shelf = self.shelves.get_mut(row)?;
        // After what was kept comes what the API says.
        if !matches!(&result, Ok(page) if page.origin == Origin::Stale) {
            shelf.work = None;
        }
        match result {
            Ok(Page { cards, .. }) => {
                let old = match &shelf.contents {
                    Contents::Cards(cards) => ids(cards),
                    Contents::Waiting | Contents::Failed(_) => Vec::new(),
                };
                self.focus.reload(row, &old, &ids(&cards));
                shelf.contents = Contents::Cards(cards);
                None
            }
            Err(error) => {
                let again = again_after(&error);
                if !matches!(shelf.contents, Contents::Cards(_)) {
                    shelf.contents = Contents::Failed(error);
                }
                again
            }
        }
    }

    /// Loads a row that failed anew, at once.
    pub fn retry(&mut self, row: usize) {
        if let Some(shelf) = self.shelves.get_mut(row) {
            shelf.contents = Contents::Waiting;
            shelf.work = None;
            shelf.due = true;
        }
    }

    /// Loads every row anew when it is near, and shows what it has until then.
    pub fn refresh(&mut self) {
        for shelf in &mut self.shelves {
            shelf.due = true;
        }
    }

    /// The pictures in view and soon in view, those nearest to the focus first.
    pub fn pictures(&self, measure: &Measure, radius: f32) -> Vec<Key> {
        let fits = self.focus.fits();
        let top = self.focus.top();
        let mut near = Vec::new();
        // One row more than fits whole is partly in view.
        for row in top..=top + fits.rows {
            let Some((shelf, place)) = self.shelves.get(row).zip(self.focus.shelf(row)) else {
                break;
            };
            let Contents::Cards(cards) = &shelf.contents else {
                continue;
            };
            let first = place.first.saturating_sub(1);
            let last = (place.first + fits.cards + BESIDE).min(cards.len());
            for (index, card) in cards.iter().enumerate().take(last).skip(first) {
                if let Some(url) = &card.image {
                    let rows_away = row.abs_diff(self.focus.row());
                    let columns_away = index.abs_diff(place.index);
                    near.push((
                        rows_away * fits.cards + columns_away,
                        Key::of(url, measure.card(), radius),
                    ));
                }
            }
        }
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().map(|(_, key)| key).collect()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        let mut states = self.shelves.iter().map(|shelf| match &shelf.contents {
            Contents::Waiting => "loading",
            Contents::Cards(_) => "ready",
            Contents::Failed(_) => "failed",
        });
        match states.next() {
            None => "ready",
            Some(first) => states.fold(first, |all, one| match (all, one) {
                ("ready", _) | (_, "ready") => "ready",
                ("loading", _) | (_, "loading") => "loading",
                _ => "failed",
            }),
        }
    }
}

impl Controls for Rows {
    /// None: rows are [`Shelves`], each with its own place.
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let aimed = if id == "account" {
            Some(Focus::Account)
        } else {
            self.find(id)
        };
        if let Some(focus) = aimed {
            self.focus.aim(focus);
        }
        aimed.is_some()
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

/// The name of an item in `--ui-log`.
pub fn name(row: usize, card: Option<&Card>) -> String {
    match card {
        Some(card) => format!("card.{row}.{}", card.id),
        None => format!("row.{row}"),
    }
}

fn ids(cards: &[Card]) -> Vec<&str> {
    cards.iter().map(|card| card.id.as_str()).collect()
}

/// After how long a failed load is tried again without a press; never for what a wait cannot mend.
fn again_after(error: &api::Error) -> Option<Duration> {
    match error {
        api::Error::Network(_) | api::Error::Captive | api::Error::Session(_) => Some(AGAIN),
        api::Error::Status {
            status: 408 | 429 | 500..,
            retry_after,
            ..
        } => Some(retry_after.map_or(AGAIN_BUSY, |seconds| {
            Duration::from_secs(seconds).clamp(AGAIN, AGAIN_LONGEST)
        })),
        api::Error::Status { .. }
        | api::Error::TooLarge { .. }
        | api::Error::Shape(_)
        | api::Error::Refused(_) => None,
    }
}

#[cfg(test)]
mod tests;
