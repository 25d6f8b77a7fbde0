//! Rows that have lost the way to the same API. One of them looks for all whether it is there again, each in its turn:
//! looking by themselves they would ask as often as there are rows, and the first of their waits would be the shortest
//! of many.

use std::time::{Duration, Instant};

use super::{RowState, Rows, backoff};

/// For so long after a key a person is taken to be there.
const PRESENT: Duration = Duration::from_secs(30);

impl Rows {
    /// The API of this row answers, which has `looked` for it or not: others that have lost the way need not look for it.
    pub(super) fn follow(&mut self, row: usize, looked: bool, now: Instant) {
        let api = self.rows[row].row.api();
        let waiting = |other: &usize| {
            let other = &self.rows[*other];
            other.follows(looked) && other.row.api() == api
        };
        let others: Vec<usize> = self.near().filter(waiting).collect();
        let attended = self
            .attended
            .is_some_and(|at| now.saturating_duration_since(at) < PRESENT);
        let waits = match attended {
            true => vec![Duration::ZERO; others.len()],
            false => backoff::follow(others.len(), &mut self.jitter),
        };
        for (other, wait) in others.into_iter().zip(waits) {
            self.rows[other].refresh(now + wait);
        }
    }

    /// A person has pressed a key: what waits so that boxes are kept apart waits no longer. What failed a moment ago is not
    /// asked for at once, or an arrow that is held would ask with each step.
    pub fn attend(&mut self, now: Instant) {
        self.attended = Some(now);
        let looking = self.rows.iter().filter(|row| row.looks_for_the_way());
        let looking = looking.filter_map(|row| {
            let api = row.row.api().map(str::to_owned);
            Some((api, row.attended_at()?))
        });
        let looking: Vec<(Option<String>, Instant)> = looking.collect();
        let sources = self.sources.iter_mut().flatten();
        for row_state in sources.chain(&mut self.rows) {
            let api = row_state.row.api();
            let of_its_api = looking.iter().filter(|(other, _)| other.as_deref() == api);
            let last = of_its_api.map(|(_, at)| *at).max();
            row_state.attend(last, now);
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

    /// Whether it is due as ever, and others are known to have lost the way: it will hardly have more luck.
    pub(super) fn others_look_for_its_api(&self, row_state: &RowState) -> bool {
        let mut near = self.near().map(|row| &self.rows[row]);
        !row_state.cards().is_empty()
            && near.any(|row| row.looks_for_the_way() && row.row.api() == row_state.row.api())
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
