//! Rows that have lost the way to the same API. One of them looks for all whether it is there again, each in its turn:
//! looking by themselves they would ask as often as there are rows, and the first of their waits would be the shortest
//! of many.

use std::time::Instant;

use super::{RowState, Rows};

impl Rows {
    /// The API answers: others that failed need not wait.
    pub(super) fn retry_unreachable(&mut self, now: Instant) {
        for row in self.near() {
            self.rows[row].retry_unreachable(now);
        }
    }

    /// Whether another row looks for its API in its place.
    pub(super) fn is_looked_for(&self, row_state: &RowState) -> bool {
        if !row_state.looks_for_the_way() {
            return false;
        }
        let near = self.near().map(|row| &self.rows[row]);
        let of_its_api = near.filter(|row| row.row.api() == row_state.row.api());
        let looking: Vec<&RowState> = of_its_api.filter(|row| row.looks_for_the_way()).collect();
        if looking.iter().any(|row| row.is_loading()) {
            return true;
        }
        let tries = looking
            .iter()
            .filter_map(|row| row.next_look())
            .map(|(_, tries)| tries);
        let turn = tries.max().unwrap_or(0) as usize % looking.len().max(1);
        looking
            .get(turn)
            .is_some_and(|row| row.serial() != row_state.serial())
    }

    /// A row found the way lost. Where others wait to look for it already it does so with them; else they with it.
    pub(super) fn look_together(&mut self, row: usize, now: Instant) {
        let Some(own) = self.rows[row].next_look() else {
            return;
        };
        let api = self.rows[row].row.api().map(str::to_owned);
        let others: Vec<usize> = self
            .near()
            .filter(|other| *other != row && self.rows[*other].row.api() == api.as_deref())
            .collect();
        let looks = others
            .iter()
            .filter_map(|other| self.rows[*other].next_look());
        match looks.filter(|(due, _)| *due > now).min() {
            Some(theirs) => self.rows[row].look_at(theirs),
            None => others
                .iter()
                .for_each(|other| self.rows[*other].look_at(own)),
        }
    }
}
