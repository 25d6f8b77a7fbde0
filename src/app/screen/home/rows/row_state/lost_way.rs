//! A row that has lost the way to its API, and looks whether it is there again.

use std::time::Instant;

use super::{Contents, RowState, backoff};
use crate::api;

impl RowState {
    /// When it is asked for once more where a person presses keys; nothing where it has not failed, or would not be.
    pub(in crate::app::screen::home::rows) fn attended_at(&self) -> Option<Instant> {
        self.attended_at.filter(|_| self.tries > 0)
    }

    /// A person has pressed a key. `last` is when that may be asked for again which others of its API asked for last.
    pub(in crate::app::screen::home::rows) fn attend(
        &mut self,
        last: Option<Instant>,
        now: Instant,
    ) {
        if self.load.is_some() {
            return;
        }
        if self.has_lost_the_way() && self.tries == 0 {
            // Its API answers others, and it follows them.
            self.due = self.due.map(|due| due.min(now));
        }
        let Some(at) = self.attended_at() else { return };
        let last = last.filter(|_| self.looks_for_the_way());
        let at = last.map_or(at, |last| last.max(at)).max(now);
        let due = match self.failure() {
            Some(_) => &mut self.due,
            // A page after those that are there.
            None => &mut self.next_due,
        };
        *due = due.map(|due| due.min(at));
    }

    fn failure(&self) -> Option<&api::Error> {
        match &self.contents {
            Contents::Failed(error) => Some(error),
            Contents::Waiting | Contents::Cards(_) => self.trouble.as_ref(),
        }
    }

    fn has_lost_the_way(&self) -> bool {
        self.failure().is_some_and(backoff::is_of_the_api)
    }

    /// Whether it is to follow a row of its API that is answered, and itself `looked` for the API. One that was answered
    /// all the while is no news of what a server says of this row alone.
    pub(in crate::app::screen::home::rows) fn follows(&self, looked: bool) -> bool {
        let unreachable = self.failure().is_some_and(api::Error::is_of_the_way);
        self.next_look().is_some() && (looked || unreachable)
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
