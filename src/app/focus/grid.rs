//! Focus in rows of controls: the column is remembered, nothing wraps, edges stay.

use super::Direction;

/// Rows of controls, by id, and the one that has the focus.
///
/// The column wanted is kept across shorter rows. Empty rows are skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<Id> {
    rows: Vec<Vec<Id>>,
    row: usize,
    column: usize,
    wanted: usize,
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
        }
    }

    /// What has the focus. Only rows without any control have none.
    pub fn focused(&self) -> Option<Id> {
        self.rows.get(self.row)?.get(self.column).copied()
    }

    /// Whether `id` has the focus.
    pub fn has(&self, id: Id) -> bool {
        self.focused() == Some(id)
    }

    /// Whether `id` is there at all.
    pub fn holds(&self, id: Id) -> bool {
        self.rows.iter().flatten().any(|other| *other == id)
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
