//! Focus among controls: by where they stand on the screen, or by rows until that is known. Nothing wraps,
//! edges stay.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::Rectangle;

use super::spatial::FocusGraph;
use super::{Controls, Direction};

/// Rows of controls, by id, and the one that has the focus.
///
/// Once it is known where they stand, arrows follow the [geometric rule](super::spatial): it is right
/// also where a row of words in a long language wraps, or rows are of different width. Until then the rows
/// count: the column wanted is kept across shorter rows, empty rows are skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<Id> {
    rows: Vec<Vec<Id>>,
    row: usize,
    column: usize,
    wanted: usize,
    /// The ways between all of the controls, in the order of the rows.
    graph: Option<FocusGraph>,
}

/// A control's name, the one it is drawn with.
pub trait HasId: Copy + PartialEq {
    /// Its name in `--ui-log`.
    fn id(self) -> &'static str;
}

impl<Id: HasId> Controls for Grid<Id> {
    fn ids(&self) -> Vec<Cow<'static, str>> {
        self.all().map(|control| control.id().into()).collect()
    }

    fn aim(&mut self, id: &str) -> bool {
        let aimed = self.all().find(|control| control.id() == id);
        if let Some(control) = aimed {
            self.focus(control);
        }
        aimed.is_some()
    }

    fn place(&mut self, places: &BTreeMap<String, Rectangle>) {
        let found = self.all().map(|control| places.get(control.id()).copied());
        // One that is out of sight has no place: then the rows count.
        let found: Option<Vec<_>> = found.collect();
        self.graph = found.map(|places| FocusGraph::new(&places));
    }
}

impl<Id: Copy + PartialEq> Grid<Id> {
    /// Rows of controls; the first control has the focus.
    pub fn new(rows: Vec<Vec<Id>>) -> Self {
        let row = rows.iter().position(|row| !row.is_empty()).unwrap_or(0);
        Self {
            rows,
            row,
            column: 0,
            wanted: 0,
            graph: None,
        }
    }

    fn all(&self) -> impl Iterator<Item = Id> {
        self.rows.iter().flatten().copied()
    }

    /// What has the focus. Only rows without any control have none.
    pub fn focused(&self) -> Option<Id> {
        self.rows.get(self.row)?.get(self.column).copied()
    }

    /// The number of what has the focus, from 1, and of how many.
    pub fn number(&self) -> Option<(usize, usize)> {
        let before = self.rows.iter().take(self.row).map(Vec::len);
        let before: usize = before.sum();
        self.focused()
            .map(|_| (before + self.column + 1, self.all().count()))
    }

    /// Whether `id` has the focus.
    pub fn has(&self, id: Id) -> bool {
        self.focused() == Some(id)
    }

    /// Whether `id` is there at all.
    pub fn holds(&self, id: Id) -> bool {
        self.all().any(|other| other == id)
    }

    /// Puts the focus on `id`, if it is there.
    pub fn focus(&mut self, id: Id) {
        for (row, ids) in self.rows.iter().enumerate() {
            if let Some(column) = ids.iter().position(|other| *other == id) {
                (self.row, self.column, self.wanted) = (row, column, column);
                return;
            }
        }
    }

    /// Moves the focus by one. Whether it moved.
    pub fn step(&mut self, direction: Direction) -> bool {
        let before = (self.row, self.column);
        if let Some(graph) = &self.graph {
            let at: usize = self.rows[..self.row].iter().map(Vec::len).sum();
            let next = graph.next(at + self.column, direction);
            if let Some(id) = next.and_then(|index| self.all().nth(index)) {
                self.focus(id);
            }
            return before != (self.row, self.column);
        }
        match direction {
            Direction::Left => {
                self.column = self.column.saturating_sub(1);
                self.wanted = self.column;
            }
            Direction::Right => {
                let last = self.last_column(self.row);
                self.column = (self.column + 1).min(last);
                self.wanted = self.column;
            }
            Direction::Up => {
                if let Some(row) = (0..self.row).rev().find(|row| !self.rows[*row].is_empty()) {
                    self.enter(row);
                }
            }
            Direction::Down => {
                if let Some(row) =
                    (self.row + 1..self.rows.len()).find(|row| !self.rows[*row].is_empty())
                {
                    self.enter(row);
                }
            }
        }
        before != (self.row, self.column)
    }

    /// Other controls, keeping the focus where it is: on the same id, else at the nearest place.
    pub fn replace(&mut self, rows: Vec<Vec<Id>>) {
        let focused = self.focused();
        let (row, wanted) = (self.row, self.wanted);
        *self = Self::new(rows);
        match focused {
            Some(id) if self.holds(id) => self.focus(id),
            _ => {
                let nearest = (0..self.rows.len())
                    .filter(|other| !self.rows[*other].is_empty())
                    .min_by_key(|other| other.abs_diff(row));
                self.wanted = wanted;
                if let Some(row) = nearest {
                    self.enter(row);
                }
            }
        }
    }

    fn enter(&mut self, row: usize) {
        self.row = row;
        self.column = self.wanted.min(self.last_column(row));
    }

    fn last_column(&self, row: usize) -> usize {
        self.rows
            .get(row)
            .map_or(0, |row| row.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Direction::*;
    use super::*;
    use proptest::prelude::*;

    impl HasId for char {
        fn id(self) -> &'static str {
            self.to_string().leak()
        }
    }

    fn places(of: &[(char, f32, f32, f32)]) -> BTreeMap<String, Rectangle> {
        of.iter()
            .map(|(id, x, y, width)| {
                let place = Rectangle {
                    x: *x,
                    y: *y,
                    width: *width,
                    height: 72.0,
                };
                (id.to_string(), place)
            })
            .collect()
    }

    #[test]
    fn arrows_follow_what_is_to_be_seen() {
        // Three tiles above four buttons; the fourth button has wrapped.
        let mut grid = Grid::new(vec![vec!['a', 'b', 'c'], vec!['d', 'e', 'f', 'g']]);
        grid.place(&places(&[
            ('a', 0.0, 0.0, 500.0),
            ('b', 600.0, 0.0, 500.0),
            ('c', 1200.0, 0.0, 500.0),
            ('d', 0.0, 100.0, 300.0),
            ('e', 350.0, 100.0, 300.0),
            ('f', 700.0, 100.0, 300.0),
            ('g', 0.0, 200.0, 300.0),
        ]));
        grid.focus('c');
        for (direction, to) in [
            (Down, 'f'),
            (Down, 'g'),
            (Up, 'd'),
            (Up, 'a'),
            (Right, 'b'),
            (Left, 'a'),
        ] {
            assert!(grid.step(direction), "{to}");
            assert_eq!(grid.focused(), Some(to));
        }
        assert!(!grid.step(Left) && !grid.step(Up));
        // Nothing stands beside it.
        grid.focus('g');
        assert!(!grid.step(Left) && !grid.step(Right));
        // Something that is not on the screen: the rows count.
        grid.place(&places(&[('a', 0.0, 0.0, 500.0)]));
        grid.focus('c');
        assert!(grid.step(Down));
        assert_eq!(grid.focused(), Some('f'));
    }

    #[test]
    fn the_focus_is_put_on_what_is_pointed_at() {
        let mut grid = Grid::new(vec![vec!['a'], vec!['b']]);
        assert!(grid.aim("b") && !grid.aim("x"));
        assert_eq!(grid.focused(), Some('b'));
        assert_eq!(grid.ids(), ["a", "b"]);
    }

    #[test]
    fn other_controls_have_no_place_yet() {
        let mut grid = Grid::new(vec![vec!['a', 'b']]);
        grid.place(&places(&[('a', 0.0, 0.0, 99.0), ('b', 0.0, 100.0, 99.0)]));
        grid.replace(vec![vec!['a', 'b', 'c']]);
        assert!(!grid.step(Down) && grid.step(Right));
    }

    #[test]
    fn the_first_control_has_the_focus() {
        assert_eq!(Grid::new(vec![vec![], vec!['a', 'b']]).focused(), Some('a'));
        assert_eq!(Grid::<char>::new(vec![]).focused(), None);
    }

    #[test]
    fn edges_stay() {
        let mut grid = Grid::new(vec![vec!['a', 'b']]);
        for direction in [Up, Down, Left] {
            assert!(!grid.step(direction));
        }
        assert!(grid.step(Right));
        assert!(!grid.step(Right));
        assert_eq!(grid.focused(), Some('b'));
    }

    #[test]
    fn a_short_row_does_not_forget_the_column() {
        let mut grid = Grid::new(vec![
            vec!['a', 'b', 'c'],
            vec!['d'],
            vec![],
            vec!['e', 'f', 'g'],
        ]);
        grid.focus('c');
        assert!(grid.step(Down));
        assert_eq!(grid.focused(), Some('d'));
        assert!(grid.step(Down));
        assert_eq!(grid.focused(), Some('g'));
        assert!(grid.step(Up) && grid.step(Up));
        assert_eq!(grid.focused(), Some('c'));
    }

    #[test]
    fn other_controls_keep_the_focus_where_it_was() {
        let mut grid = Grid::new(vec![vec!['a', 'b', 'c']]);
        grid.focus('b');
        grid.replace(vec![vec!['x', 'a', 'b']]);
        assert_eq!(grid.focused(), Some('b'));
        grid.replace(vec![vec!['x', 'a', 'c']]);
        assert_eq!(grid.focused(), Some('c'));
        grid.replace(vec![vec!['x']]);
        assert_eq!(grid.focused(), Some('x'));
        grid.replace(vec![]);
        assert_eq!(grid.focused(), None);
        assert!(!grid.step(Down));
        grid.replace(vec![vec!['y']]);
        assert_eq!(grid.focused(), Some('y'));
    }

    proptest! {
        #[test]
        fn every_control_can_be_reached_from_every_other(sizes in prop::collection::vec(0usize..5, 1..6)) {
            let mut next = 0;
            let rows: Vec<Vec<usize>> = sizes
                .iter()
                .map(|size| (0..*size).map(|_| { next += 1; next }).collect())
                .collect();
            let all: Vec<usize> = rows.iter().flatten().copied().collect();
            for start in &all {
                let mut grid = Grid::new(rows.clone());
                grid.focus(*start);
                let mut seen = vec![*start];
                let mut open = vec![grid];
                while let Some(grid) = open.pop() {
                    for direction in [Up, Down, Left, Right] {
                        let mut moved = grid.clone();
                        if moved.step(direction) {
                            let id = moved.focused().unwrap();
                            if !seen.contains(&id) {
                                seen.push(id);
                                open.push(moved);
                            }
                        }
                    }
                }
                prop_assert_eq!(seen.len(), all.len());
            }
        }
    }
}
