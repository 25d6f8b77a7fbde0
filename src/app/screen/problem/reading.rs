//! What there is to hear of the error screen.

use super::{Problem, ProblemControl};
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};

impl Problem {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        Reading::new("error", self.words.title.clone())
            .text([self.words.hint.clone()])
            .focus(self.focus.focused().map(|control| {
                let label = match control {
                    ProblemControl::TryAgain => fl!("sign-in-try-again"),
                    ProblemControl::Diagnose => fl!("account-diagnostics"),
                };
                FocusReading::button(label).at(self.focus.number())
            }))
            .more(self.words.detail.clone())
    }
}
