//! Rows that have lost the way to the same API: together they are one box.

use std::time::Instant;

use super::Rows;

impl Rows {
    /// The API answers: others that failed need not wait.
    pub(super) fn retry_unreachable(&mut self, now: Instant) {
        for row in self.near() {
            self.rows[row].retry_unreachable(now);
        }
    }

    /// A row that lost the way to its API is loaded again when others are that lost it.
    pub(super) fn look_again_together(&mut self, row: usize, now: Instant) {
        let api = self.rows[row].row.api();
        let others = self.near().filter(|other| *other != row);
        let with = others
            .map(|other| &self.rows[other])
            .filter(|other| other.row.api() == api)
            .find_map(|other| other.looks_again(now));
        if let Some(with) = with {
            self.rows[row].look_again_with(with);
        }
    }
}
