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
    fits: Fits,
}

/// How much of the rows fits on the screen whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fits {
    /// Cards side by side, at least 1.
    pub cards: usize,
    /// Rows one above the other, at least 1.
    pub rows: usize,
}

/// One row: how many items, which of them was last in focus, and the first one in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPosition {
    /// Items, at least 1.
    pub items: usize,
    /// The item that has, or had last, the focus.
    pub index: usize,
    /// The first item in view.
    pub first: usize,
}

impl RowFocus {
    /// Rows that hold one item each until they are filled. Focus is on the first of them.
    pub fn new(rows: usize, fits: Fits) -> Self {
        let empty = RowPosition {
            items: 1,
            index: 0,
            first: 0,
        };
        Self {
            rows: vec![empty; rows],
            row: 0,
            on_account: rows == 0,
            top: 0,
            fits,
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

    /// How much fits on the screen.
    pub fn fits(&self) -> Fits {
        self.fits
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
        let last_in_view = self.fits.cards.max(1) - 1;
        if let Some(position) = self.rows.get_mut(row) {
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

    /// Tells that there are other rows now: for each, where it was before, or nothing for a new one.
    ///
    /// Focus stays on its row and in view where it is; of a row that is gone it goes to what followed it.
    pub fn rearrange(&mut self, from: &[Option<usize>]) {
        let follows = |(new, old): (usize, &Option<usize>)| {
            old.filter(|old| *old >= self.row).map(|old| (old, new))
        };
        let row = from.iter().enumerate().filter_map(follows).min();
        let row = row.map_or(self.row, |(_, new)| new);
        let row = row.min(from.len().saturating_sub(1));
        let empty = RowPosition {
            items: 1,
            index: 0,
            first: 0,
        };
        let place = |old: &Option<usize>| old.and_then(|old| self.rows.get(old).copied());
        self.rows = from.iter().map(|old| place(old).unwrap_or(empty)).collect();
        self.top = (self.top + row).saturating_sub(self.row);
        self.row = row;
        self.on_account |= self.rows.is_empty();
        self.bring_into_view(row);
    }

    /// Tells how much fits on the screen, after its size changed.
    pub fn fit(&mut self, fits: Fits) {
        self.fits = fits;
        for row in 0..self.rows.len() {
            self.bring_into_view(row);
        }
    }

    /// Scrolls as little as possible to what `row` has in focus, and to the row in focus.
    fn bring_into_view(&mut self, row: usize) {
        let Fits { cards, rows } = self.fits;
        if let Some(position) = self.rows.get_mut(row) {
            position.first = window(position.first, position.index, position.items, cards.max(1));
        }
        self.top = window(self.top, self.row, self.rows.len(), rows.max(1));
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
