//! The diagnostics screen over whatever is on.

use std::time::Instant;

use iced::{Subscription, Task};

use super::{App, Message, Screen};
use crate::app::remote::Button;
use crate::app::screen::diagnostics::{self, Diagnostics};
use crate::app::screen::sign_in;

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
            self.started,
        );
        self.diagnostics = Some(Box::new(screen));
        task.map(Message::Diagnostics)
    }

    /// A button was held: what it is a shortcut to.
    pub(super) fn hold(&mut self, button: Button) -> Task<Message> {
        match button {
            Button::Menu => self.diagnose(),
            _ => Task::none(),
        }
    }

    /// Takes a message for the diagnostics in. One for a screen that is closed is dropped.
    pub(super) fn told_by_diagnostics(&mut self, message: diagnostics::Message) -> Task<Message> {
        match &mut self.diagnostics {
            Some(screen) => {
                let action = screen.update(message);
                self.on_diagnostics(action)
            }
            None => Task::none(),
        }
    }

    pub(super) fn on_diagnostics(&mut self, action: diagnostics::Action) -> Task<Message> {
        match action {
            diagnostics::Action::None => Task::none(),
            diagnostics::Action::Run(task) => task.map(Message::Diagnostics),
            diagnostics::Action::Close => {
                self.diagnostics = None;
                // Its seconds stood still meanwhile.
                if let Screen::SignIn(screen) = &mut self.screen {
                    let now = Instant::now();
                    let _ = screen.update(sign_in::Message::Tick(now), now);
                }
                Task::none()
            }
        }
    }

    /// Every key, one by one, while the diagnostics name them.
    pub(super) fn key_reports(&self) -> Subscription<Message> {
        match &self.diagnostics {
            Some(screen) if screen.listens() => self
                .remote
                .key_reports()
                .map(|arrival| Message::Diagnostics(diagnostics::Message::Arrived(arrival))),
            _ => Subscription::none(),
        }
    }
}

#[cfg(test)]
impl App {
    /// The diagnostics over whatever is on.
    pub(in crate::app) fn over(&mut self, screen: Diagnostics) {
        self.diagnostics = Some(Box::new(screen));
    }
}
