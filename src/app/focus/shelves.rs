//! Where focus is among rows of cards, and where an arrow takes it.
//!
//! Every row remembers its own place. Nothing wraps: at an edge nothing moves. What is scrolled
//! into view follows from where focus went, so that drawing never has to decide.

use std::collections::HashMap;

use super::Direction;

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
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
pub struct Shelves {
    rows: Vec<Shelf>,
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
pub struct Shelf {
    /// Items, at least 1.
    pub items: usize,
    /// The item that has, or had last, the focus.
    pub index: usize,
    /// The first item in view.
    pub first: usize,
}

impl Shelves {
    /// Rows that hold one item each until they are filled. Focus is on the first of them.
    pub fn new(rows: usize, fits: Fits) -> Self {
        let empty = Shelf {
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
    pub fn focus(&self) -> Focus {
        match self.rows.get(self.row) {
            Some(shelf) if !self.on_account => Focus::Item {
                row: self.row,
                index: shelf.index,
            },
            Some(_) | None => Focus::Account,
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
    pub fn shelf(&self, row: usize) -> Option<&Shelf> {
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
                if let Some(shelf) = self.rows.get_mut(self.row) {
                    shelf.index = match direction {
                        Direction::Left => shelf.index.saturating_sub(1),
                        _ => (shelf.index + 1).min(shelf.items - 1),
                    };
                }
            }
            Direction::Up | Direction::Left | Direction::Right => {}
        }
        self.bring_into_view(self.row);
        before != self.focus()
    }

    /// Puts the focus on something that is there.
    pub fn aim(&mut self, focus: Focus) {
        match focus {
            Focus::Account => self.on_account = true,
            Focus::Item { row, index } => {
                if let Some(shelf) = self.rows.get_mut(row) {
                    shelf.index = index.min(shelf.items - 1);
                    self.row = row;
                    self.on_account = false;
                }
            }
        }
        self.bring_into_view(self.row);
    }

    /// Tells that a row now has other items; `old` and `new` name them in order.
    ///
    /// The row stays on the item with the same id, else goes to the nearest sibling that is left.
    pub fn reload<S: AsRef<str>>(&mut self, row: usize, old: &[S], new: &[S]) {
        let Some(shelf) = self.rows.get_mut(row) else {
            return;
        };
        let at = shelf.index;
        let stayed = old
            .get(at)
            .zip(new.get(at))
            .is_some_and(|(old, new)| old.as_ref() == new.as_ref());
        let kept = if stayed {
            Some(shelf.index)
        } else {
            nearest(old, new, shelf.index)
        };
        self.settle(row, kept.unwrap_or(0), new.len());
    }

    /// Tells that a row has items again that it had let go of. It goes back to the item called `id`, or to
    /// where that was.
    pub fn restore<S: AsRef<str>>(&mut self, row: usize, id: &str, new: &[S]) {
        let Some(shelf) = self.rows.get(row) else {
            return;
        };
        let kept = (0..new.len())
            .filter(|place| new[*place].as_ref() == id)
            .min_by_key(|place| place.abs_diff(shelf.index));
        let last = new.len().saturating_sub(1);
        self.settle(row, kept.unwrap_or(shelf.index.min(last)), new.len());
    }

    /// Puts the place of a row of `items` at `index`. What was in view stays where it is, as far as it can.
    fn settle(&mut self, row: usize, index: usize, items: usize) {
        if let Some(shelf) = self.rows.get_mut(row) {
            shelf.first = (shelf.first + index).saturating_sub(shelf.index);
            shelf.index = index;
            shelf.items = items.max(1);
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
        let empty = Shelf {
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
        if let Some(shelf) = self.rows.get_mut(row) {
            shelf.first = window(shelf.first, shelf.index, shelf.items, cards.max(1));
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
    // The item itself, then those after it, then those before it: as on a shelf, what follows moves
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FITS: Fits = Fits { cards: 5, rows: 2 };

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|index| format!("id-{index}")).collect()
    }

    fn filled(counts: &[usize]) -> Shelves {
        let mut shelves = Shelves::new(counts.len(), FITS);
        for (row, count) in counts.iter().enumerate() {
            shelves.reload(row, &[], &ids(*count));
        }
        shelves
    }

    fn walk(shelves: &mut Shelves, keys: &str) -> Focus {
        for key in keys.chars() {
            let _ = shelves.go(match key {
                'u' => Direction::Up,
                'd' => Direction::Down,
                'l' => Direction::Left,
                _ => Direction::Right,
            });
        }
        shelves.focus()
    }

    fn item(row: usize, index: usize) -> Focus {
        Focus::Item { row, index }
    }

    #[test]
    fn arrows_move_and_edges_stay() {
        let mut shelves = filled(&[3, 7]);
        assert_eq!(shelves.focus(), item(0, 0));
        assert!(!shelves.go(Direction::Left));
        assert_eq!(walk(&mut shelves, "rrrrrr"), item(0, 2));
        assert_eq!(walk(&mut shelves, "d"), item(1, 0));
        assert!(!shelves.go(Direction::Down));
        assert_eq!(walk(&mut shelves, "rrrrrr"), item(1, 6));
        assert!(!shelves.go(Direction::Right));
    }

    #[test]
    fn a_row_remembers_its_place() {
        let mut shelves = filled(&[9, 9]);
        assert_eq!(walk(&mut shelves, "rrrdr"), item(1, 1));
        assert_eq!(walk(&mut shelves, "u"), item(0, 3));
        assert_eq!(walk(&mut shelves, "uu"), Focus::Account);
        assert!(!shelves.go(Direction::Left));
        assert_eq!(walk(&mut shelves, "d"), item(0, 3));
        assert_eq!(walk(&mut shelves, "d"), item(1, 1));
    }

    #[test]
    fn the_focus_goes_where_it_is_put_and_stays_in_view() {
        let mut shelves = filled(&[9, 9, 9]);
        shelves.aim(item(2, 7));
        assert_eq!(shelves.focus(), item(2, 7));
        assert_eq!((shelves.top(), shelves.shelf(2).unwrap().first), (1, 3));
        shelves.aim(Focus::Account);
        assert_eq!(shelves.focus(), Focus::Account);
        assert_eq!(walk(&mut shelves, "d"), item(2, 7));
        for nowhere in [item(3, 0), item(0, 99)] {
            shelves.aim(nowhere);
            assert!(matches!(
                shelves.focus(),
                Focus::Item {
                    row: 0..3,
                    index: 0..9
                }
            ));
        }
    }

    #[test]
    fn without_rows_the_account_has_the_focus() {
        let mut shelves = filled(&[]);
        assert_eq!(walk(&mut shelves, "udlr"), Focus::Account);
    }

    #[test]
    fn the_view_follows_as_little_as_possible() {
        let mut shelves = filled(&[9, 1, 1]);
        let first = |shelves: &Shelves| shelves.shelf(0).unwrap().first;
        let _ = walk(&mut shelves, "rrrr");
        assert_eq!(first(&shelves), 0);
        let _ = walk(&mut shelves, "rr");
        assert_eq!(first(&shelves), 2);
        let _ = walk(&mut shelves, "llll");
        assert_eq!(first(&shelves), 2);
        let _ = walk(&mut shelves, "l");
        assert_eq!(first(&shelves), 1);
        let _ = walk(&mut shelves, "dd");
        assert_eq!(shelves.top(), 1);
        let _ = walk(&mut shelves, "u");
        assert_eq!(shelves.top(), 1);
        shelves.fit(Fits { cards: 9, rows: 3 });
        assert_eq!((first(&shelves), shelves.top()), (0, 0));
    }

    #[test]
    fn a_reload_stays_on_the_same_card() {
        let mut shelves = filled(&[9]);
        let _ = walk(&mut shelves, "rrrrrr");
        let old = ids(9);
        let mut new = vec!["fresh-a".to_owned(), "fresh-b".to_owned()];
        new.extend(ids(9));
        shelves.reload(0, &old, &new);
        assert_eq!(shelves.focus(), item(0, 8));
        assert_eq!(shelves.shelf(0).unwrap().first, 4);
    }

    #[test]
    fn a_removed_card_gives_focus_to_its_nearest_sibling() {
        let reload = |gone: &[usize]| {
            let mut shelves = filled(&[6]);
            let _ = walk(&mut shelves, "rrr");
            let old = ids(6);
            let new: Vec<_> = (0..6)
                .filter(|index| !gone.contains(index))
                .map(|index| old[index].clone())
                .collect();
            shelves.reload(0, &old, &new);
            match shelves.focus() {
                Focus::Item { index, .. } => new.get(index).cloned(),
                Focus::Account => None,
            }
        };
        assert_eq!(reload(&[3]).as_deref(), Some("id-4"));
        assert_eq!(reload(&[0, 1, 3]).as_deref(), Some("id-4"));
        assert_eq!(reload(&[3, 4, 5]).as_deref(), Some("id-2"));
        assert_eq!(reload(&[0, 1, 2, 3, 4, 5]), None);
    }

    #[test]
    fn a_row_goes_back_to_where_it_was() {
        let mut shelves = filled(&[50]);
        let _ = walk(&mut shelves, &"r".repeat(30));
        let mut new = ids(50);
        let _ = new.remove(0);
        shelves.restore(0, "id-30", &new);
        assert_eq!(shelves.focus(), item(0, 29));
        shelves.restore(0, "gone", &new);
        assert_eq!(shelves.focus(), item(0, 29));
        shelves.restore(0, "gone", &ids(4));
        assert_eq!(shelves.focus(), item(0, 3));
    }

    #[test]
    fn other_rows_leave_focus_on_its_own() {
        let shelves = || {
            let mut shelves = filled(&[9, 9, 9, 9]);
            let _ = walk(&mut shelves, "ddrr");
            shelves
        };
        assert_eq!(shelves().top(), 1);
        for (from, focus, top) in [
            // Two new ones above it.
            (
                &[None, Some(0), None, Some(1), Some(2), Some(3)][..],
                item(4, 2),
                3,
            ),
            // Those above it are gone.
            (&[Some(2), Some(3)], item(0, 2), 0),
            // Another order.
            (&[Some(3), Some(2), Some(1), Some(0)], item(1, 2), 0),
            // It is gone itself.
            (&[Some(0), Some(1), Some(3)], item(2, 0), 1),
            (&[Some(0), Some(1)], item(1, 0), 0),
            (&[], Focus::Account, 0),
        ] {
            let mut shelves = shelves();
            shelves.rearrange(from);
            assert_eq!((shelves.focus(), shelves.top()), (focus, top), "{from:?}");
        }
        // On the account it stays there.
        let mut above = shelves();
        let _ = walk(&mut above, "uuu");
        above.rearrange(&[None, Some(0), Some(1)]);
        assert_eq!(above.focus(), Focus::Account);
        assert_eq!(walk(&mut above, "d"), item(1, 0));
    }

    #[test]
    fn one_id_twice_keeps_the_nearer_one() {
        let mut shelves = filled(&[0]);
        let twice = ["a", "b", "a", "b", "a"];
        shelves.reload(0, &[], &twice);
        let _ = walk(&mut shelves, "rrrr");
        shelves.reload(0, &twice, &twice);
        assert_eq!(shelves.focus(), item(0, 4));
    }

    fn any_direction() -> impl Strategy<Value = Direction> {
        prop_oneof![
            Just(Direction::Up),
            Just(Direction::Down),
            Just(Direction::Left),
            Just(Direction::Right),
        ]
    }

    proptest! {
        #[test]
        fn everything_can_be_reached_from_everywhere(
            counts in prop::collection::vec(0_usize..9, 1..9),
            keys in prop::collection::vec(any_direction(), 0..60),
        ) {
            let mut shelves = filled(&counts);
            for direction in keys {
                let before = shelves.focus();
                let moved = shelves.go(direction);
                prop_assert_eq!(moved, before != shelves.focus());
                if matches!(direction, Direction::Left | Direction::Right) {
                    let row = |focus| match focus {
                        Focus::Item { row, .. } => Some(row),
                        Focus::Account => None,
                    };
                    prop_assert_eq!(row(before), row(shelves.focus()));
                }
            }
            for (row, count) in counts.iter().enumerate() {
                for index in 0..(*count).max(1) {
                    let mut from_here = shelves.clone();
                    let keys = [
                        "u".repeat(counts.len() + 1),
                        "d".repeat(row + 1),
                        "l".repeat(*count),
                        "r".repeat(index),
                    ];
                    prop_assert_eq!(walk(&mut from_here, &keys[0]), Focus::Account);
                    prop_assert_eq!(walk(&mut from_here, &keys[1..].concat()), item(row, index));
                }
            }
        }

        #[test]
        fn focus_is_always_in_view(
            counts in prop::collection::vec(0_usize..40, 1..12),
            keys in prop::collection::vec(any_direction(), 0..120),
            again in prop::collection::vec(0_usize..40, 1..12),
            cards in 1_usize..8,
            rows in 1_usize..4,
        ) {
            let mut shelves = filled(&counts);
            shelves.fit(Fits { cards, rows });
            for direction in keys {
                let _ = shelves.go(direction);
            }
            for (row, count) in again.iter().enumerate() {
                let old = ids(counts.get(row).copied().unwrap_or_default());
                shelves.reload(row, &old, &ids(*count));
            }
            for shelf in &shelves.rows {
                prop_assert!(shelf.index < shelf.items);
                prop_assert!((shelf.first..shelf.first + cards).contains(&shelf.index));
            }
            if let Focus::Item { row, .. } = shelves.focus() {
                prop_assert!((shelves.top()..shelves.top() + rows).contains(&row));
            }
        }
    }
}
