//! The rows of the home screen: what each of them holds, and which of its cards has the focus.

mod backoff;
mod fits;
mod ids;
mod lost_way;
mod row_state;
mod told;
mod visible_pictures;

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use device_flow::Jitter;
use iced::task;

use crate::api::{self, Card, Origin, Page, Refresh, Tries};
use crate::app::focus::Direction;
use crate::app::focus::row_focus::{FocusTarget, RowFocus};
use crate::app::widget::row_layout::RowLayout;
pub use ids::name;
use row_state::RowChange;
pub use row_state::{Contents, LoadRequest, LoadTarget, RowState};

/// Rows below the last one in view that are loaded ahead.
const AHEAD: usize = 2;
/// Columns after those that fit whose pictures are loaded ahead, and cards, in the row in focus.
const BESIDE: usize = 4;
/// Rows this far from the one in focus let go of their cards.
const FAR: usize = 12;

/// The rows, from the top.
#[derive(Debug)]
pub struct Rows {
    rows: Vec<RowState>,
    focus: RowFocus,
    /// The measures that they were given, and those that they have in them.
    measure: RowLayout,
    laid: RowLayout,
    /// The rows that others were found in, and in whose place those now stand.
    sources: Vec<Option<RowState>>,
    /// The ids of cards that had the focus in rows that let go of them.
    places: HashMap<u64, String>,
    serials: u64,
    /// What the button above the rows is called.
    above: &'static str,
    jitter: Jitter,
    /// When a person last pressed a key.
    attended: Option<Instant>,
}

/// What OK would act on.
#[derive(Debug, Clone, Copy)]
pub enum Focused<'a> {
    /// The account button.
    Account,
    /// A card.
    Card(&'a RowState, &'a Card),
    /// A row that could not be loaded.
    Failed(usize),
    /// A row that is empty or still loading.
    Nothing,
}

impl Rows {
    /// Rows that hold nothing yet.
    pub fn new(rows: &[api::Row], measure: &RowLayout, now: Instant) -> Self {
        let mut all = Self {
            rows: Vec::with_capacity(rows.len()),
            focus: RowFocus::new(&[], measure.room()),
            measure: *measure,
            laid: *measure,
            sources: Vec::new(),
            places: HashMap::new(),
            serials: 0,
            above: "account",
            jitter: Jitter::new(Duration::ZERO),
            attended: None,
        };
        for row in rows {
            let source = row.stands_for_many().then(|| {
                all.sources.push(None);
                all.sources.len() - 1
            });
            let row_state = all.new_row(row.clone(), source, now);
            all.rows.push(row_state);
        }
        let fits = all.lay();
        all.focus = RowFocus::new(&fits, all.laid.room());
        all
    }

    /// The one row of what a card has opened. Its serial number follows `serials`.
    pub fn opened(row: api::Row, measure: &RowLayout, serials: u64, now: Instant) -> Self {
        let mut opened = Self::new(&[], measure, now);
        opened.serials = serials;
        let row_state = opened.new_row(row, None, now);
        opened.rows.push(row_state);
        let fits = opened.lay();
        opened.focus = RowFocus::new(&fits, opened.laid.room());
        Self {
            above: "details",
            ..opened
        }
    }

    /// The same rows, kept apart from those of other boxes.
    pub fn jittered(self, jitter: Jitter) -> Self {
        Self { jitter, ..self }
    }

    /// Over how long the fleet is spread.
    pub fn spread(&self) -> Duration {
        self.jitter.spread()
    }

    fn new_row(&mut self, row: api::Row, source: Option<usize>, now: Instant) -> RowState {
        self.serials += 1;
        RowState::new(row, source, self.serials, now)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row.
    pub fn get(&self, row: usize) -> Option<&RowState> {
        self.rows.get(row)
    }

    /// Whether anything of their cards changes with the minute.
    pub fn moves(&self) -> bool {
        self.rows.iter().any(|row_state| row_state.row.moves())
    }

    /// Whether the row with this serial number, or one that others were found in, is among them.
    pub fn has(&self, serial: u64) -> bool {
        let sources = self.sources.iter().flatten();
        let mut all = sources.chain(&self.rows);
        all.any(|row_state| row_state.serial() == serial)
    }

    /// The row with this serial number, as its cards are loaded under.
    pub fn by_serial(&self, serial: u64) -> Option<&RowState> {
        self.rows
            .iter()
            .find(|row_state| row_state.serial() == serial)
    }

    /// Where focus is, and what is in view.
    pub fn focus(&self) -> &RowFocus {
        &self.focus
    }

    /// The rows in view, the last one in part.
    pub fn in_view(&self) -> Range<usize> {
        let (top, whole) = (self.focus.top(), self.focus.whole());
        top..(top + whole + 1).min(self.rows.len())
    }

    /// The rows in view and soon in view.
    fn near(&self) -> Range<usize> {
        let (top, whole) = (self.focus.top(), self.focus.whole());
        top.saturating_sub(1)..(top + whole + AHEAD).min(self.rows.len())
    }

    /// What OK would act on.
    pub fn focused(&self) -> Focused<'_> {
        let FocusTarget::Item { row, index } = self.focus.focus() else {
            return Focused::Account;
        };
        match self.rows.get(row) {
            Some(row_state) => match (&row_state.contents, row_state.cards().get(index)) {
                (Contents::Failed(_), _) => Focused::Failed(row),
                (_, Some(card)) => Focused::Card(row_state, card),
                (_, None) => Focused::Nothing,
            },
            None => Focused::Nothing,
        }
    }

    /// Puts the focus on the first card of the first row.
    pub fn go_to_the_first(&mut self, now: Instant) {
        self.focus.aim(FocusTarget::Item { row: 0, index: 0 });
        for far in FAR..self.rows.len() {
            self.release(far, now);
        }
    }

    /// Moves the focus by one. Whether it moved.
    pub fn go(&mut self, direction: Direction, now: Instant) -> bool {
        let moved = self.focus.go(direction);
        let row = self.focus.row();
        // All of them: one may have got its cards when it was far already.
        for far in (0..self.rows.len()).filter(|far| moved && far.abs_diff(row) >= FAR) {
            self.release(far, now);
        }
        moved
    }

    fn release(&mut self, row: usize, now: Instant) {
        let index = self.focus.position(row).map_or(0, |place| place.index);
        if let Some(row_state) = self.rows.get_mut(row)
            && let Some(id) = row_state.release(index, now)
        {
            let _ = self.places.insert(row_state.serial(), id);
        }
    }

    /// What to load now: for the rows in view and soon in view.
    pub fn orders(&self, now: Instant) -> Vec<LoadRequest> {
        let rows = self.awake().filter_map(|(row_state, index)| {
            let wanted = row_state.wanted(index, self.ahead(row_state), now)?;
            let order = row_state.order(wanted);
            Some(match self.others_look_for_its_api(row_state) {
                true => LoadRequest {
                    tries: Tries::One,
                    ..order
                },
                false => order,
            })
        });
        rows.collect()
    }

    /// When there will be something to load if nothing happens until then.
    pub fn wakes(&self) -> Option<Instant> {
        self.awake()
            .filter_map(|(row_state, index)| row_state.wakes(index, self.ahead(row_state)))
            .min()
    }

    /// What is loaded when it is time: the rows that are near, and those that others were found in; with the
    /// place of the focus in each.
    fn awake(&self) -> impl Iterator<Item = (&RowState, usize)> {
        let sources = self
            .sources
            .iter()
            .flatten()
            .map(|row_state| (row_state, 0));
        let near = self.near().filter_map(|row| {
            let (row_state, place) = self.rows.get(row).zip(self.focus.position(row))?;
            (!self.is_looked_for(row_state)).then_some((row_state, place.index))
        });
        sources.chain(near)
    }

    /// Cards of a row after the one in focus that are soon to be seen.
    fn ahead(&self, row_state: &RowState) -> usize {
        self.laid.fit(row_state.shape()).cards + BESIDE
    }

    /// Notes that an order is on its way; dropping `work` stops it.
    pub fn loading(&mut self, order: &LoadRequest, work: Option<task::Handle>) {
        let row = self.row_of(order.serial);
        let needed = row.map_or(1, |row| self.needed(row));
        if let Some(row_state) = self.by_serial_mut(order.serial) {
            row_state.loading(&order.wanted, needed, work);
        }
    }

    /// The least cards of a row for focus to stay where it is.
    fn needed(&self, row: usize) -> usize {
        match self.focus.position(row).map_or(0, |place| place.index) {
            0 => 1,
            index => {
                index
                    + self
                        .rows
                        .get(row)
                        .map_or(BESIDE, |row_state| self.ahead(row_state))
            }
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
    ) -> Option<LoadRequest> {
        let row = self.row_of(serial)?;
        let answered = result.is_ok();
        let needed = self.needed(row);
        let row_state = self.rows.get_mut(row)?;
        let looked = row_state.looks_for_the_way();
        let change = row_state.loaded(result, needed, now, &mut self.jitter);
        let fresh = answered && row_state.from().is_none();
        let more = match change {
            RowChange::None => None,
            // The page before it has just come.
            RowChange::More(next) => Some(LoadRequest {
                tries: Tries::Several,
                ..row_state.order(LoadTarget::Page(Some(next)))
            }),
            RowChange::Cards { old, new } => {
                match self.places.remove(&serial) {
                    Some(id) if old.is_empty() => self.focus.restore(row, &id, &new),
                    _ => self.focus.reload(row, &old, &new),
                }
                None
            }
        };
        match fresh {
            true => self.follow(row, looked, now),
            false => self.look_together(row, now),
        }
        more
    }

    /// Takes the rows that were found in one, and puts them in its place. Those that were there before stay
    /// as they are, and focus stays on its row.
    pub fn found(&mut self, serial: u64, result: Result<api::Rows, api::Error>, now: Instant) {
        let mut all = self.sources.iter_mut().flatten().chain(&mut self.rows);
        let row_state = all.find(|row_state| row_state.serial() == serial);
        match (row_state, result) {
            (None, _) => {}
            (Some(row_state), Err(error)) => row_state.failed(error, now, &mut self.jitter),
            (Some(row_state), Ok(found)) => {
                let source = row_state.source;
                if found.origin != Origin::Stale {
                    row_state.succeeded(found.fetched_at, now, &mut self.jitter);
                }
                if let Some(source) = source {
                    self.rearrange(source, found.rows, now);
                }
            }
        }
    }

    /// Puts `found` where the rows of `source` stood, or the source itself where nothing was found.
    fn rearrange(&mut self, source: usize, found: Vec<api::Row>, now: Instant) {
        let before: Vec<RowState> = self.rows.drain(..).collect();
        let of_source = |row_state: &RowState| row_state.source == Some(source);
        let place = before.iter().position(of_source).unwrap_or(before.len());
        let mut others = Vec::with_capacity(before.len());
        let mut known = HashMap::new();
        for (index, row_state) in before.into_iter().enumerate() {
            if !of_source(&row_state) {
                others.push((row_state, Some(index)));
            } else if row_state.row.stands_for_many() {
                self.sources[source] = Some(row_state);
            } else {
                let _ = known.insert(row_state.row.id.clone(), (row_state, index));
            }
        }
        let mut rows: Vec<(RowState, Option<usize>)> = Vec::with_capacity(found.len());
        for row in found {
            rows.push(match known.remove(&row.id) {
                Some((mut row_state, index)) => {
                    row_state.found(row, now);
                    (row_state, Some(index))
                }
                None => (self.new_row(row, Some(source), now), None),
            });
        }
        if rows.is_empty() {
            let empty = self.sources[source].take();
            rows.extend(empty.map(|row_state| (row_state.empty(), None)));
        }
        let _ = others.splice(place..place, rows);
        let from: Vec<_> = others.iter().map(|(_, index)| *index).collect();
        self.rows = others.into_iter().map(|(row_state, _)| row_state).collect();
        let fits = self.lay();
        let from: Vec<_> = from.into_iter().zip(fits.iter().copied()).collect();
        self.focus.rearrange(&from);
        self.focus.fit(&fits, self.laid.room());
    }

    fn by_serial_mut(&mut self, serial: u64) -> Option<&mut RowState> {
        let sources = self.sources.iter_mut().flatten();
        sources
            .chain(&mut self.rows)
            .find(|row_state| row_state.serial() == serial)
    }

    fn row_of(&self, serial: u64) -> Option<usize> {
        self.rows
            .iter()
            .position(|row_state| row_state.serial() == serial)
    }

    /// Loads a row that failed anew, at once.
    pub fn retry(&mut self, row: usize, now: Instant) {
        if let Some(row_state) = self.rows.get_mut(row) {
            row_state.retry(now);
        }
    }

    /// Loads rows anew when they are near, and shows what they have until then.
    pub fn refresh(&mut self, which: &Refresh, now: Instant) {
        let mut found_in = Vec::new();
        for row_state in &mut self.rows {
            if row_state.row.is_concerned(which) {
                row_state.refresh(now);
                found_in.extend(row_state.source);
            }
        }
        for (source, row_state) in self.sources.iter_mut().enumerate() {
            if let Some(row_state) = row_state.as_mut().filter(|_| found_in.contains(&source)) {
                row_state.refresh(now);
            }
        }
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        let mut in_view = self.rows[self.in_view()].iter();
        let mut state = "ready";
        if in_view.len() > 0 {
            state = "failed";
        }
        for row_state in in_view.by_ref() {
            match &row_state.contents {
                Contents::Cards(_) => return "ready",
                Contents::Waiting => state = "loading",
                Contents::Failed(_) => {}
            }
        }
        state
    }

    /// What the rows in view show, from the top, for `--ui-log`.
    pub fn words(&self) -> Vec<&'static str> {
        let in_view = &self.rows[self.in_view()];
        in_view.iter().map(RowState::word).collect()
    }
}

#[cfg(test)]
mod tests;
