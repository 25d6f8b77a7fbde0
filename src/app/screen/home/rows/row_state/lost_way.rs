//! A row that has lost the way to its API, and looks whether it is there again.

use std::time::Instant;

use super::{Contents, RowState};
use crate::api;

impl RowState {
    /// Is to be loaded anew at once where the way to the API failed: others are answered again. A server that
    /// is in trouble, or asked for a wait, gets its time.
    pub(in crate::app::screen::home::rows) fn retry_unreachable(&mut self, now: Instant) {
        if self.has_lost_the_way() && self.due.is_some() && self.load.is_none() {
            self.refresh(now);
        }
    }

    fn has_lost_the_way(&self) -> bool {
        let failed = match &self.contents {
            Contents::Failed(error) => Some(error),
            Contents::Waiting | Contents::Cards(_) => self.trouble.as_ref(),
        };
        failed.is_some_and(api::Error::is_of_the_way)
    }

    /// Whether it looks for its API by itself, or waits to do so. One that is asked for once more since the API
    /// answered others, or a person wanted it, does not.
    pub(in crate::app::screen::home::rows) fn looks_for_the_way(&self) -> bool {
        let awaits = self.due.is_some() || self.load.is_some();
        self.has_lost_the_way() && self.tries > 0 && awaits
    }

    /// Whether it is being loaded.
    pub(in crate::app::screen::home::rows) fn is_loading(&self) -> bool {
        self.load.is_some()
    }

    /// When it looks next, and how often it has in vain.
    pub(in crate::app::screen::home::rows) fn next_look(&self) -> Option<(Instant, u32)> {
        let due = self.due.filter(|_| self.load.is_none())?;
        self.looks_for_the_way().then_some((due, self.tries))
    }

    /// Looks with others.
    pub(in crate::app::screen::home::rows) fn look_at(&mut self, (due, tries): (Instant, u32)) {
        if self.next_look().is_some() {
            self.due = Some(due);
            self.tries = tries;
        }
    }
}
