//! What comes from outside the screens: the window's size, its first picture, the minute, the end.

use std::time::Duration;

use futures::future::{join, join_all};
use iced::{Size, Task};

use super::{App, Message, Screen};
use crate::app::glass::{Factors, is_factor};
use crate::app::outside::{self, Event};
use crate::app::{guard, pulse, shell};
use crate::session::SETTLE;

/// How long the end waits for the preferences to be written.
const WRITTEN: Duration = Duration::from_secs(5);

impl App {
    pub(super) fn outside(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::Opened(size) => {
                let factor = outside::factor().map(Message::Outside);
                return Task::batch([self.resized(size), factor]);
            }
            Event::Resized(size) => return self.resized(size),
            Event::Rescaled(factor) => {
                self.scaled = true;
                self.factors = Factors::undoing(factor);
            }
            Event::Factor(factor) => return self.opened_with(factor),
            Event::Blank(size) => {
                tracing::warn!(
                    width = size.width,
                    height = size.height,
                    known = ?self.look.window(),
                    "the window showed nothing; it is laid out anew"
                );
                return self.resized(Size::new(size.width.round(), size.height.round()));
            }
            Event::Drawn | Event::Unseen if self.drawn => {}
            Event::Drawn => {
                self.drawn = true;
                self.service.ready();
                return Task::batch([pulse::beat(self.service), guard::prove()]);
            }
            // A television that is off must not keep the service manager starting the program anew.
            Event::Unseen => {
                tracing::warn!("no picture was asked for yet; is the screen off?");
                self.drawn = true;
                self.service.ready();
                return pulse::beat(self.service);
            }
            Event::Minute => {
                if self.chrome.clock.is_some() {
                    self.chrome.clock = Some(outside::time_of_day());
                }
                let network = self.network();
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.network(network);
                }
            }
            Event::Terminate if self.ending => {}
            Event::Terminate => {
                self.ending = true;
                self.service.stopping();
                guard::dismiss();
                let here = self.session().cloned();
                let sessions = self.people.sessions().into_iter().chain(here);
                let settled = sessions.map(|session| async move { session.settle(SETTLE).await });
                let settled = join_all(settled.collect::<Vec<_>>());
                let preferences = tokio::task::spawn_blocking(self.wishes.settle());
                let preferences = tokio::time::timeout(WRITTEN, preferences);
                return Task::perform(join(settled, preferences), |_| Message::Settled);
            }
        }
        Task::none()
    }

    /// The window has this size now, in pixels of the window.
    fn resized(&mut self, size: Size) -> Task<Message> {
        self.measured = true;
        self.look = self.look.resized(size);
        self.relaid()
    }

    /// The window has had this factor since it was opened; under X11 nothing tells of it but the window itself.
    fn opened_with(&mut self, factor: f32) -> Task<Message> {
        if self.scaled || !is_factor(factor) {
            return Task::none();
        }
        self.scaled = true;
        if factor.to_bits() == 1.0_f32.to_bits() {
            return Task::none();
        }
        // Until now its size was counted as if it had none.
        let size = Factors::default()
            .rescaled(factor)
            .in_window(self.look.window());
        self.factors = Factors::undoing(factor);
        let fit = match self.launch.window.size {
            Some(_) => Task::none(),
            None => shell::fit_screen(size, factor),
        };
        Task::batch([self.resized(size), fit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use iced::Size;

    #[test]
    fn a_screen_that_nobody_sees_counts_as_drawn_once() {
        let size = Size::new(1280.0, 720.0);
        let mut app = App::showing(Screen::nothing(), &config::Screen::default(), size);
        app.drawn = false;
        let _ = app.outside(Event::Unseen);
        assert!(app.drawn);
        let _ = app.outside(Event::Drawn);
        assert!(app.drawn);
    }
}
