//! What there is to hear of the diagnostics: the page that is on, from the line at the top.

use super::facts::Line;
use super::view::sentence;
use super::{Diagnostics, Page, SCROLL};
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading, Role};

impl Diagnostics {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        let page = self.page.focused().unwrap_or(Page::Device);
        let called = |title: String| Reading::new("diagnostics", title);
        let listening = || called(fl!("diagnostics-remote-listening"));
        if let Some(arrival) = self.hearing.arrivals().first() {
            return listening().states([sentence(arrival)]);
        }
        if self.hearing.is_on() {
            return listening().more([fl!("diagnostics-remote-leave")]);
        }
        let findings = self.findings.as_ref();
        let checking = findings.is_none().then(|| fl!("diagnostics-checking"));
        let (label, state, said) = match page {
            Page::Device => {
                let lines = self.facts.of_the_box(findings);
                (fl!("diagnostics-device"), checking, self.spoken(lines))
            }
            Page::Connection => {
                let lines = self.facts.of_the_way(findings);
                (fl!("diagnostics-connection"), checking, self.spoken(lines))
            }
            Page::Log => {
                // As many as one press moves by.
                let lines = self.lines.iter().skip(self.above).take(SCROLL);
                let lines = lines.map(|line| format!("{} {}", line.level, line.text));
                (fl!("diagnostics-log"), None, lines.collect())
            }
            Page::Remote => {
                let words = [
                    fl!("diagnostics-remote-title"),
                    fl!("diagnostics-remote-hint"),
                ];
                (fl!("diagnostics-remote"), None, words.to_vec())
            }
        };
        let focus = FocusReading::new(label)
            .role(Role::Tab)
            .at(self.page.number())
            .state(state.clone().unwrap_or_default());
        // What is still to come is not read in part.
        let said = if state.is_some() { Vec::new() } else { said };
        let said = match (said.is_empty(), page, &state) {
            (true, Page::Connection, None) => vec![fl!("diagnostics-nothing")],
            (true, Page::Log, _) => vec![fl!("diagnostics-no-lines")],
            _ => said,
        };
        called(fl!("account-diagnostics")).focus(focus).more(said)
    }

    fn spoken(&self, lines: Vec<Line>) -> Vec<String> {
        let lines = lines.into_iter().skip(self.above);
        let said = lines.map(|line| format!("{}: {}", line.called, line.value));
        said.collect()
    }
}
