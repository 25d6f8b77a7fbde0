//! The diagnostics screen over whatever is on.

use iced::{Event, Task};

use super::{App, Message, Now};
use crate::app::remote::Button;
use crate::app::screen::diagnostics::{self, Diagnostics};

impl App {
    /// Opens the diagnostics. What is on stays below, and goes on.
    pub(super) fn diagnose(&mut self) -> Task<Message> {
        if self.diagnostics.is_some() {
            return Task::none();
        }
        let (screen, task) = Diagnostics::new(
            self.context.as_ref(),
            self.session().is_some(),
            self.look.window(),
            self.lifecycle.started(),
        );
        self.diagnostics = Some(Box::new(screen));
        task.map(Message::Diagnostics)
    }

    /// A button was held: what it is a shortcut to.
    pub(super) fn hold(&mut self, button: Button, now: Now) -> Task<Message> {
        match button {
            Button::Menu => self.diagnose(),
            Button::Info => self.switch_reading(now),
            _ => Task::none(),
        }
    }

    pub(super) fn on_diagnostics(
        &mut self,
        action: diagnostics::Action,
        now: Now,
    ) -> Task<Message> {
        match action {
            diagnostics::Action::None => Task::none(),
            diagnostics::Action::Run(task) => task.map(Message::Diagnostics),
            diagnostics::Action::Close => {
                self.diagnostics = None;
                self.screen.active_mut().uncovered(now);
                Task::none()
            }
        }
    }

    /// The key of `event`, whatever it stands for, while the diagnostics name them.
    pub(super) fn key_report(&self, event: &Event) -> Option<Message> {
        if !self.diagnostics.as_ref()?.listens() {
            return None;
        }
        let report = self.input.key_report(event)?;
        Some(Message::Diagnostics(diagnostics::Message::Arrived(report)))
    }
}

#[cfg(test)]
impl App {
    /// The diagnostics over whatever is on.
    pub(in crate::app) fn over(&mut self, screen: Diagnostics) {
        self.diagnostics = Some(Box::new(screen));
    }
}
