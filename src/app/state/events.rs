//! What comes from outside the screens: the window's size, its first picture, the minute, the end.

use std::time::Duration;

use futures::future::{join, join_all};
use iced::Task;

use super::{App, Message, Screen};
use crate::app::outside::{self, Event};
use crate::app::pulse;
use crate::session::SETTLE;

/// How long the end waits for the preferences to be written.
const WRITTEN: Duration = Duration::from_secs(5);

impl App {
    pub(super) fn outside(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::Resized(size) => {
                self.measured = true;
                self.look = self.look.resized(size);
                return self.relaid();
            }
            Event::Rescaled(factor) => self.scale = factor.recip(),
            Event::Drawn if self.drawn => {}
            Event::Drawn => {
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
}
