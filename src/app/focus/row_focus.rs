//! Where focus is among rows of cards, and where an arrow takes it.
//!
//! Every row remembers its own place. Nothing wraps: at an edge nothing moves. What is scrolled
//! into view follows from where focus went, so that drawing never has to decide.

use std::collections::HashMap;

use super::Direction;

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusTarget {
    /// The account button above the rows.
    Account,
    /// An item of a row: a card, or the one thing that stands for a row without cards.
    Item {
        /// Which row, from the top.
        row: usize,
        /// Which item, from the start of the row.
        index: usize,
    },
}

/// Rows of items with one focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFocus {
    rows: Vec<RowPosition>,
    row: usize,
    on_account: bool,
    top: usize,
    /// What rows may take one above the other, in the measure of [`RowFit::height`].
    room: u32,
}

/// What a row takes of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowFit {
    /// Cards that fit whole side by side, at least 1.
    pub cards: usize,
    /// How far below it the next row begins.
    pub height: u32,
}

/// One row: how many items, which of them was last in focus, and the first one in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPosition {
    /// What it takes of the screen.
    pub fit: RowFit,
    /// Items, at least 1.
    pub items: usize,
    /// The item that has, or had last, the focus.
    pub index: usize,
    /// The first item in view.
    pub first: usize,
}

impl RowPosition {
    fn empty(fit: RowFit) -> Self {
        Self {
            fit,
            items: 1,
            index: 0,
            first: 0,
        }
    }
}

impl RowFocus {
    /// Rows that hold one item each until they are filled, in so much room. Focus is on the first of them.
    pub fn new(fits: &[RowFit], room: u32) -> Self {
        Self {
            rows: fits.iter().copied().map(RowPosition::empty).collect(),
            row: 0,
            on_account: fits.is_empty(),
            top: 0,
            room,
        }
    }

    /// What has the focus.
    pub fn focus(&self) -> FocusTarget {
        match self.rows.get(self.row) {
            Some(position) if !self.on_account => FocusTarget::Item {
                row: self.row,
                index: position.index,
            },
            Some(_) | None => FocusTarget::Account,
        }
    }

    /// How many rows from the first in view on fit whole; one that does not is in view all the same.
    pub fn whole(&self) -> usize {
        let mut taken = 0_u32;
        let below = self.rows.get(self.top..).unwrap_or_default().iter();
        let whole = below.take_while(|position| {
            taken = taken.saturating_add(position.fit.height);
            taken <= self.room
        });
        whole.count().max(1)
    }

    /// The first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The row that has, or had last, the focus.
    pub fn row(&self) -> usize {
        self.row
    }

    /// A row.
    pub fn position(&self, row: usize) -> Option<&RowPosition> {
        self.rows.get(row)
    }

    /// Moves focus one step. Returns whether it moved.
    pub fn go(&mut self, direction: Direction) -> bool {
        let before = self.focus();
        match direction {
            Direction::Up if self.row == 0 => self.on_account = true,
            Direction::Up if !self.on_account => self.row -= 1,
            Direction::Down if self.on_account => self.on_account = self.rows.is_empty(),
            Direction::Down => self.row = (self.row + 1).min(self.rows.len().saturating_sub(1)),
            Direction::Left | Direction::Right if !self.on_account => {
                if let Some(position) = self.rows.get_mut(self.row) {
                    position.index = match direction {
                        Direction::Left => position.index.saturating_sub(1),
                        _ => (position.index + 1).min(position.items - 1),
                    };
                }
            }
            Direction::Up | Direction::Left | Direction::Right => {}
        }
        self.bring_into_view(self.row);
        before != self.focus()
    }

    /// Puts the focus on something that is there.
    pub fn aim(&mut self, focus: FocusTarget) {
        match focus {
            FocusTarget::Account => self.on_account = true,
            FocusTarget::Item { row, index } => {
                if let Some(position) = self.rows.get_mut(row) {
                    position.index = index.min(position.items - 1);
                    self.row = row;
                    self.on_account = false;
                }
            }
        }
        self.bring_into_view(self.row);
    }

    /// Tells that a row now has other items; `old` and `new` name them in order.
    ///
    /// The row stays on the item with the same id, else goes to the nearest sibling that is left. One at its beginning
    /// without the focus stays at its beginning.
    pub fn reload<S: AsRef<str>>(&mut self, row: usize, old: &[S], new: &[S]) {
        let Some(position) = self.rows.get_mut(row) else {
            return;
        };
        let at = position.index;
        let stayed = old
            .get(at)
            .zip(new.get(at))
            .is_some_and(|(old, new)| old.as_ref() == new.as_ref());
        let kept = if stayed {
            Some(position.index)
        } else {
            nearest(old, new, position.index)
        };
        self.settle(row, kept.unwrap_or(0), new.len());
    }

    /// Tells that a row has items again that it had let go of. It goes back to the item called `id`, or to
    /// where that was.
    pub fn restore<S: AsRef<str>>(&mut self, row: usize, id: &str, new: &[S]) {
        let Some(position) = self.rows.get(row) else {
            return;
        };
        let kept = (0..new.len())
            .filter(|place| new[*place].as_ref() == id)
            .min_by_key(|place| place.abs_diff(position.index));
        let last = new.len().saturating_sub(1);
        self.settle(row, kept.unwrap_or(position.index.min(last)), new.len());
    }

    /// Puts the place of a row of `items` at `index`. What was in view stays where it is, as far as it can: under
    /// somebody's thumb that is the item in focus, in any other row its beginning where that was in view, so that what
    /// has come there is to be seen.
    fn settle(&mut self, row: usize, index: usize, items: usize) {
        let in_focus = row == self.row && !self.on_account;
        if let Some(position) = self.rows.get_mut(row) {
            let last_in_view = position.fit.cards.max(1) - 1;
            if in_focus || position.first > 0 {
                position.first = (position.first + index).saturating_sub(position.index);
                position.index = index;
            } else if position.index > 0 {
                position.index = index.min(last_in_view);
            }
            position.items = items.max(1);
        }
        self.bring_into_view(row);
    }

    /// Tells that there are other rows now: for each, where it was before, or nothing for a new one, and what it takes
    /// of the screen.
    ///
    /// Focus stays on its row and in view where it is; of a row that is gone it goes to what followed it.
    pub fn rearrange(&mut self, from: &[(Option<usize>, RowFit)]) {
        let follows = |(new, (old, _)): (usize, &(Option<usize>, RowFit))| {
            old.filter(|old| *old >= self.row).map(|old| (old, new))
        };
        let row = from.iter().enumerate().filter_map(follows).min();
        let row = row.map_or(self.row, |(_, new)| new);
        let row = row.min(from.len().saturating_sub(1));
        let place = |(old, fit): &(Option<usize>, RowFit)| {
            let known = old.and_then(|old| self.rows.get(old).copied());
            let known = known.map(|known| RowPosition { fit: *fit, ..known });
            known.unwrap_or(RowPosition::empty(*fit))
        };
        self.rows = from.iter().map(place).collect();
        self.top = (self.top + row).saturating_sub(self.row);
        self.row = row;
        self.on_account |= self.rows.is_empty();
        self.bring_into_view(row);
    }

    /// Tells how much fits on the screen, after its size changed.
    pub fn fit(&mut self, fits: &[RowFit], room: u32) {
        self.room = room;
        for (position, fit) in self.rows.iter_mut().zip(fits) {
            position.fit = *fit;
        }
        for row in 0..self.rows.len() {
            self.bring_into_view(row);
        }
    }

    /// Scrolls as little as possible to what `row` has in focus, and to the row in focus.
    fn bring_into_view(&mut self, row: usize) {
        if let Some(position) = self.rows.get_mut(row) {
            let cards = position.fit.cards.max(1);
            position.first = window(position.first, position.index, position.items, cards);
        }
        let last = self.rows.len().saturating_sub(1);
        // No room is left empty at the end.
        let end = self.highest_with(last);
        self.top = self
            .top
            .clamp(self.highest_with(self.row), self.row)
            .min(end);
    }

    /// The first row with which in view at the top `row` is still in view whole.
    fn highest_with(&self, row: usize) -> usize {
        let mut taken = 0_u32;
        let up_to = self.rows.get(..=row).unwrap_or_default().iter().rev();
        let whole = up_to.take_while(|position| {
            taken = taken.saturating_add(position.fit.height);
            taken <= self.room
        });
        (row + 1).saturating_sub(whole.count().max(1))
    }
}

/// Where the focus goes that was at `index` of `old`: to the same item of `new`, else to the nearest
/// sibling that is left.
fn nearest<S: AsRef<str>>(old: &[S], new: &[S], index: usize) -> Option<usize> {
    // Some interfaces give one id twice; stay with the one that stands nearest.
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(new.len());
    for (place, id) in new.iter().enumerate() {
        let _ = places
            .entry(id.as_ref())
            .and_modify(|near| {
                if place.abs_diff(index) < near.abs_diff(index) {
                    *near = place;
                }
            })
            .or_insert(place);
    }
    let start = old.get(..index).unwrap_or_default();
    let end = old.get(index..).unwrap_or_default();
    // The item itself, then those after it, then those before it: what follows moves
    // up into the gap.
    end.iter()
        .chain(start.iter().rev())
        .find_map(|id| places.get(id.as_ref()).copied())
}

/// The first of `fits` things in view out of `all`, moved from `first` so that `at` is in view and
/// no room is left empty at the end.
fn window(first: usize, at: usize, all: usize, fits: usize) -> usize {
    first
        .clamp((at + 1).saturating_sub(fits), at)
        .min(all.saturating_sub(fits))
}

#[cfg(test)]
mod tests;
