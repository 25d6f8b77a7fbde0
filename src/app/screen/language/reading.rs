//! What there is to hear of the language panel.

use super::{AUTO, LanguageChoice, LanguagePanel};
use crate::app::i18n::{self, fl};
use crate::app::screen_reader::{FocusReading, Reading, Role};

impl LanguagePanel {
    /// What there is to hear of the panel, with a notice where there is one.
    pub fn reading(&self, notice: Option<String>) -> Reading {
        let focus = self.focus.focused().map(|LanguageChoice(tag)| {
            let offered = i18n::offered().iter().find(|offered| offered.tag == tag);
            let label = offered.map_or_else(|| fl!("language-auto"), |it| it.name.to_owned());
            let is_system = tag == AUTO && self.chosen == AUTO;
            let system = is_system.then(|| i18n::language().name.to_owned());
            let chosen = (tag == self.chosen).then(|| fl!("spoken-chosen"));
            FocusReading::new(label)
                .role(Role::Choice)
                .at(self.focus.number())
                .state(chosen.unwrap_or_default())
                .detail(system)
        });
        Reading::new("language", fl!("language-title"))
            .states(notice)
            .focus(focus)
    }
}
