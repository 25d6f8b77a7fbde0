//! A row that has lost the way to its API, and looks whether it is there again.

use std::time::Instant;

use super::{Contents, RowState};
use crate::api;

impl RowState {
    /// Is to be loaded anew at once where the way to the API failed: others are answered again. A server that
    /// is in trouble, or asked for a wait, gets its time.
    pub(in crate::app::screen::home::rows) fn retry_unreachable(&mut self, now: Instant) {
        if self.waits_for_the_way() {
            self.refresh(now);
        }
    }

    /// Whether the way to the API failed, and it is loaded again by itself.
    fn waits_for_the_way(&self) -> bool {
        let failed = match &self.contents {
            Contents::Failed(error) => Some(error),
            Contents::Waiting | Contents::Cards(_) => self.trouble.as_ref(),
        };
        let failed = failed.is_some_and(api::Error::is_of_the_way);
        failed && self.due.is_some() && self.load.is_none()
    }

    /// When it is loaded again, for others of the same API that find the way lost too.
    pub(in crate::app::screen::home::rows) fn looks_again(
        &self,
        now: Instant,
    ) -> Option<(Instant, u32)> {
        let due = self.due.filter(|due| *due > now)?;
        self.waits_for_the_way().then_some((due, self.tries))
    }

    /// Is loaded again with others that lost the same way: together they are one box that comes back, each by itself
    /// they would make the first of their waits the shortest of many.
    pub(in crate::app::screen::home::rows) fn look_again_with(
        &mut self,
        (due, tries): (Instant, u32),
    ) {
        if self.waits_for_the_way() {
            self.due = Some(due);
            self.tries = tries;
        }
    }
}
