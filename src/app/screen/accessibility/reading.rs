//! What there is to hear of the accessibility panel.

use super::AccessibilityPanel;
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading, Role};
use crate::config::Screen;

impl AccessibilityPanel {
    /// What there is to hear of the panel, with a notice where there is one. `screen` is how the screen looks now.
    pub fn reading(&self, screen: &Screen, notice: Option<String>) -> Reading {
        let focus = self.line().map(|line| {
            FocusReading::new((line.words)())
                .role(Role::Setting)
                .at(self.focus.number())
                .state((line.says)(screen))
                .detail([(line.hint)()])
        });
        Reading::new("accessibility", fl!("accessibility-title"))
            .states(notice)
            .focus(focus)
    }
}
