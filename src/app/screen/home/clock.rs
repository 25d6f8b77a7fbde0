//! What of the signed-in area changes with the minute: a programme that goes on, a time that comes nearer.

use super::{Home, Overlay};
use crate::app::theme::Look;

impl Home {
    /// Whether anything of it changes with the minute.
    pub fn moves(&self) -> bool {
        match &self.over {
            Overlay::Nothing | Overlay::Detail(_) => self.top().moves(),
            Overlay::Account(_) => false,
        }
    }

    /// Another minute. The rows are drawn anew whatever happens; what was laid out once is laid out again.
    pub fn minute(&mut self, look: &Look) {
        if let Overlay::Detail(detail) = &mut self.over {
            detail.fit(look);
        }
    }
}
