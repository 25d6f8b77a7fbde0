//! What there is to hear of the greeting.

use super::view::words;
use super::{Step, Success, greeting_name};
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};

impl Success {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        let hello = match greeting_name(&self.account) {
            Some(name) => fl!("success-hello", name = name),
            None => fl!("success-hello-nameless"),
        };
        let reading = Reading::new("success", hello);
        let warning = self.warning().unwrap_or_default();
        let reading = match self.step {
            Step::Greeting => reading.states([fl!("success-signed-in"), warning]),
            Step::Asking => reading.states([fl!("success-ask"), fl!("success-ask-hint")]),
            Step::Keeping => return reading.states([fl!("success-keeping")]),
            Step::Leaving => return reading.states([fl!("success-signing-out")]),
        };
        reading.focus(
            self.focus
                .focused()
                .map(|control| FocusReading::button(words(control)).at(self.focus.number())),
        )
    }
}
