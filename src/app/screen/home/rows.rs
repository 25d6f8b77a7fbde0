//! The rows of the home screen: what each of them holds, and which of its cards has the focus.

mod named;
mod pace;
mod seen;
mod shelf;

use std::collections::HashMap;
use std::ops::Range;
use std::time::Instant;

use iced::task;

use crate::api::{self, Card, Origin, Page, Refresh};
use crate::app::focus::Direction;
use crate::app::focus::shelves::{Fits, Focus, Shelves};
use crate::app::widget::shelf::Measure;
pub use named::name;
use shelf::Change;
pub use shelf::{Contents, Shelf, Wanted};

/// Rows below the last one in view that are loaded ahead.
const AHEAD: usize = 2;
/// Columns after those that fit whose pictures are loaded ahead, and cards, in the row in focus.
const BESIDE: usize = 4;
/// Rows this far from the one in focus let go of their cards.
const FAR: usize = 12;

/// The rows, from the top.
#[derive(Debug)]
pub struct Rows {
    shelves: Vec<Shelf>,
    focus: Shelves,
    /// The rows that others were found in, and in whose place those now stand.
    sources: Vec<Option<Shelf>>,
    /// The ids of cards that had the focus in rows that let go of them.
    places: HashMap<u64, String>,
    serials: u64,
    chance: fn() -> f32,
}

/// What OK would act on.
#[derive(Debug, Clone, Copy)]
pub enum Focused<'a> {
    /// The account button.
    Account,
    /// A card.
    Card(&'a Shelf, &'a Card),
    /// A row that could not be loaded.
    Failed(usize),
    /// A row that is empty or still loading.
    Nothing,
}

/// Something to load.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The row it is for, as [`Rows::loaded`] and [`Rows::found`] want to be told.
    pub serial: u64,
    /// The row.
    pub row: api::Row,
    /// What of it.
    pub wanted: Wanted,
}

impl Rows {
    /// Rows that hold nothing yet.
    pub fn new(rows: &[api::Row], fits: Fits, now: Instant) -> Self {
        let mut all = Self {
            shelves: Vec::with_capacity(rows.len()),
            focus: Shelves::new(rows.len(), fits),
            sources: Vec::new(),
            places: HashMap::new(),
            serials: 0,
            chance: fastrand::f32,
        };
        for row in rows {
            let source = row.stands_for_many().then(|| {
                all.sources.push(None);
                all.sources.len() - 1
            });
            let shelf = all.shelf_of(row.clone(), source, now);
            all.shelves.push(shelf);
        }
        all
    }

    fn shelf_of(&mut self, row: api::Row, source: Option<usize>, now: Instant) -> Shelf {
        self.serials += 1;
        Shelf::new(row, source, self.serials, now)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.shelves.is_empty()
    }

    /// A row.
    pub fn shelf(&self, row: usize) -> Option<&Shelf> {
        self.shelves.get(row)
    }

    /// The row with this serial number, as its cards are loaded under.
    pub fn shelf_called(&self, serial: u64) -> Option<&Shelf> {
        self.shelves.iter().find(|shelf| shelf.serial() == serial)
    }

    /// Where focus is, and what is in view.
    pub fn focus(&self) -> &Shelves {
        &self.focus
    }

    /// The rows in view, the last one in part.
    pub fn in_view(&self) -> Range<usize> {
        let (top, fits) = (self.focus.top(), self.focus.fits());
        top..(top + fits.rows + 1).min(self.shelves.len())
    }

    /// The rows in view and soon in view.
    fn near(&self) -> Range<usize> {
        let (top, fits) = (self.focus.top(), self.focus.fits());
        top.saturating_sub(1)..(top + fits.rows + AHEAD).min(self.shelves.len())
    }

    /// What OK would act on.
    pub fn focused(&self) -> Focused<'_> {
        let Focus::Item { row, index } = self.focus.focus() else {
            return Focused::Account;
        };
        match self.shelves.get(row) {
            Some(shelf) => match (&shelf.contents, shelf.cards().get(index)) {
                (Contents::Failed(_), _) => Focused::Failed(row),
                (_, Some(card)) => Focused::Card(shelf, card),
                (_, None) => Focused::Nothing,
            },
            None => Focused::Nothing,
        }
    }

    /// Puts the focus on the first card of the first row.
    pub fn go_to_the_first(&mut self, now: Instant) {
        self.focus.aim(Focus::Item { row: 0, index: 0 });
        for far in FAR..self.shelves.len() {
            self.release(far, now);
        }
    }

    /// Moves the focus by one. Whether it moved.
    pub fn go(&mut self, direction: Direction, now: Instant) -> bool {
        let moved = self.focus.go(direction);
        let row = self.focus.row();
        // All of them: one may have got its cards when it was far already.
        for far in (0..self.shelves.len()).filter(|far| moved && far.abs_diff(row) >= FAR) {
            self.release(far, now);
        }
        moved
    }

    fn release(&mut self, row: usize, now: Instant) {
        let index = self.focus.shelf(row).map_or(0, |place| place.index);
        if let Some(shelf) = self.shelves.get_mut(row)
            && let Some(id) = shelf.release(index, now)
        {
            let _ = self.places.insert(shelf.serial(), id);
        }
    }

    /// Fits the rows to the screen.
    pub fn fit(&mut self, measure: &Measure) {
        self.focus.fit(measure.fits());
    }

    /// What to load now: for the rows in view and soon in view.
    pub fn orders(&self, now: Instant) -> Vec<Order> {
        let rows = self.awake().filter_map(|(shelf, index)| {
            let wanted = shelf.wanted(index, self.ahead(), now)?;
            Some(order(shelf, wanted))
        });
        rows.collect()
    }

    /// When there will be something to load if nothing happens until then.
    pub fn wakes(&self) -> Option<Instant> {
        self.awake()
            .filter_map(|(shelf, index)| shelf.wakes(index, self.ahead()))
            .min()
    }

    /// What is loaded when it is time: the rows that are near, and those that others were found in; with the
    /// place of the focus in each.
    fn awake(&self) -> impl Iterator<Item = (&Shelf, usize)> {
        let sources = self.sources.iter().flatten().map(|shelf| (shelf, 0));
        let near = self.near().filter_map(|row| {
            let (shelf, place) = self.shelves.get(row).zip(self.focus.shelf(row))?;
            Some((shelf, place.index))
        });
        sources.chain(near)
    }

    /// Cards after the one in focus that are soon to be seen.
    fn ahead(&self) -> usize {
        self.focus.fits().cards + BESIDE
    }

    /// Notes that an order is on its way; dropping `work` stops it.
    pub fn loading(&mut self, order: &Order, work: Option<task::Handle>) {
        let row = self.row_of(order.serial);
        let needed = row.map_or(1, |row| self.needed(row));
        if let Some(shelf) = self.shelf_mut(order.serial) {
            shelf.loading(&order.wanted, needed, work);
        }
    }

    /// The least cards of a row for focus to stay where it is.
    fn needed(&self, row: usize) -> usize {
        match self.focus.shelf(row).map_or(0, |place| place.index) {
            0 => 1,
            index => index + self.ahead(),
        }
    }

    /// Takes what came of a page. Focus stays on the card that has it, and in view where it is.
    ///
    /// Returns what is to be loaded at once.
    pub fn loaded(
        &mut self,
        serial: u64,
        result: Result<Page, api::Error>,
        now: Instant,
    ) -> Option<Order> {
        let row = self.row_of(serial)?;
        let answered = result.is_ok();
        let needed = self.needed(row);
        let shelf = self.shelves.get_mut(row)?;
        let change = shelf.loaded(result, needed, now, (self.chance)());
        let fresh = answered && shelf.from().is_none();
        let more = match change {
            Change::None => None,
            Change::More(next) => Some(order(shelf, Wanted::Page(Some(next)))),
            Change::Cards { old, new } => {
                match self.places.remove(&serial) {
                    Some(id) if old.is_empty() => self.focus.restore(row, &id, &new),
                    _ => self.focus.reload(row, &old, &new),
                }
                None
            }
        };
        if fresh {
            self.hope(now);
        }
        more
    }

    /// The API answers: others that failed need not wait.
    fn hope(&mut self, now: Instant) {
        for row in self.near() {
            self.shelves[row].hope(now);
        }
    }

    /// Takes the rows that were found in one, and puts them in its place. Those that were there before stay
    /// as they are, and focus stays on its row.
    pub fn found(&mut self, serial: u64, result: Result<api::Rows, api::Error>, now: Instant) {
        let chance = (self.chance)();
        match (self.shelf_mut(serial), result) {
            (None, _) => {}
            (Some(shelf), Err(error)) => shelf.failed(error, now, chance),
            (Some(shelf), Ok(found)) => {
                let source = shelf.source;
                if found.origin != Origin::Stale {
                    shelf.succeeded(found.fetched_at, now);
                }
                if let Some(source) = source {
                    self.rearrange(source, found.rows, now);
                }
            }
        }
    }

    /// Puts `found` where the rows of `source` stood, or the source itself where nothing was found.
    fn rearrange(&mut self, source: usize, found: Vec<api::Row>, now: Instant) {
        let before: Vec<Shelf> = self.shelves.drain(..).collect();
        let of_source = |shelf: &Shelf| shelf.source == Some(source);
        let place = before.iter().position(of_source).unwrap_or(before.len());
        let mut others = Vec::with_capacity(before.len());
        let mut known = HashMap::new();
        for (index, shelf) in before.into_iter().enumerate() {
            if !of_source(&shelf) {
                others.push((shelf, Some(index)));
            } else if shelf.row.stands_for_many() {
                self.sources[source] = Some(shelf);
            } else {
                let _ = known.insert(shelf.row.id.clone(), (shelf, index));
            }
        }
        let mut rows: Vec<(Shelf, Option<usize>)> = Vec::with_capacity(found.len());
        for row in found {
            rows.push(match known.remove(&row.id) {
                Some((mut shelf, index)) => {
                    shelf.found(row, now);
                    (shelf, Some(index))
                }
                None => (self.shelf_of(row, Some(source), now), None),
            });
        }
        if rows.is_empty() {
            let empty = self.sources[source].take();
            rows.extend(empty.map(|shelf| (shelf.empty(), None)));
        }
        let _ = others.splice(place..place, rows);
        let from: Vec<_> = others.iter().map(|(_, index)| *index).collect();
        self.shelves = others.into_iter().map(|(shelf, _)| shelf).collect();
        self.focus.rearrange(&from);
    }

    fn shelf_mut(&mut self, serial: u64) -> Option<&mut Shelf> {
        let sources = self.sources.iter_mut().flatten();
        sources
            .chain(&mut self.shelves)
            .find(|shelf| shelf.serial() == serial)
    }

    fn row_of(&self, serial: u64) -> Option<usize> {
        self.shelves
            .iter()
            .position(|shelf| shelf.serial() == serial)
    }

    /// Loads a row that failed anew, at once.
    pub fn retry(&mut self, row: usize, now: Instant) {
        if let Some(shelf) = self.shelves.get_mut(row) {
            shelf.retry(now);
        }
    }

    /// Loads rows anew when they are near, and shows what they have until then.
    pub fn refresh(&mut self, which: &Refresh, now: Instant) {
        let mut found_in = Vec::new();
        for shelf in &mut self.shelves {
            if which.concerns(&shelf.row.title) {
                shelf.refresh(now);
                found_in.extend(shelf.source);
            }
        }
        for (source, shelf) in self.sources.iter_mut().enumerate() {
            if let Some(shelf) = shelf.as_mut().filter(|_| found_in.contains(&source)) {
                shelf.refresh(now);
            }
        }
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        let mut in_view = self.shelves[self.in_view()].iter();
        let mut state = "ready";
        if in_view.len() > 0 {
            state = "failed";
        }
        for shelf in in_view.by_ref() {
            match &shelf.contents {
                Contents::Cards(_) => return "ready",
                Contents::Waiting => state = "loading",
                Contents::Failed(_) => {}
            }
        }
        state
    }

    /// What the rows in view show, from the top, for `--ui-log`.
    pub fn words(&self) -> Vec<&'static str> {
        let in_view = &self.shelves[self.in_view()];
        in_view.iter().map(Shelf::word).collect()
    }
}

fn order(shelf: &Shelf, wanted: Wanted) -> Order {
    Order {
        serial: shelf.serial(),
        row: shelf.row.clone(),
        wanted,
    }
}

#[cfg(test)]
mod tests;
