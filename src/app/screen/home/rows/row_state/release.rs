//! A row that is far from the focus, and holds nothing then.

use std::time::Instant;

use super::{Contents, RowState};

impl RowState {
    /// Lets go of cards that are far away and can be had again. Returns the id of the one at `index` if it
    /// did.
    pub(in crate::app::screen::home::rows) fn release(
        &mut self,
        index: usize,
        now: Instant,
    ) -> Option<String> {
        // What cannot be loaded is kept.
        if self.trouble.is_some() {
            return None;
        }
        if matches!(self.contents, Contents::Waiting) && self.load.take().is_some() {
            // Its answer would only be let go of again.
            self.due = Some(now);
            return None;
        }
        let id = self.cards().get(index).map(|card| card.id.clone())?;
        self.contents = Contents::Waiting;
        self.load = None;
        self.from = None;
        self.next = None;
        self.due = Some(now);
        Some(id)
    }
}
