//! What there is to hear of the welcome screen.

use super::{Notice, Welcome, WelcomeControl};
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};

impl Welcome {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        let title = fl!("welcome-title", product = self.product.as_str());
        let notice = self.notice.as_ref().map(Notice::words);
        let offline = self.network == Some(false);
        Reading::new("welcome", title)
            .text([notice.unwrap_or_default(), fl!("welcome-hint")])
            .states(offline.then(|| fl!("welcome-no-network")))
            .focus(self.focus.focused().map(|control| {
                let label = match control {
                    WelcomeControl::SignIn => fl!("welcome-sign-in"),
                    WelcomeControl::Language => fl!("language-title"),
                    WelcomeControl::Accessibility => fl!("accessibility-title"),
                    WelcomeControl::Diagnostics => fl!("account-diagnostics"),
                };
                FocusReading::button(label).at(self.focus.number())
            }))
    }
}
