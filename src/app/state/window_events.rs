//! What comes from outside the screens: the window's size, its first picture, the minute, the end.

use std::time::Duration;

use futures::future::{join, join_all};
use iced::{Size, Task};

use super::{App, Message, Screen};
use crate::app::system_events::{self, SystemEvent};
use crate::app::window_scale::{ScaleFactors, is_scale_factor};
use crate::app::{application, gpu_fallback, watchdog};
use crate::session::SHUTDOWN_LIMIT;

/// How long the end waits for the preferences to be written.
const WRITTEN: Duration = Duration::from_secs(5);

impl App {
    pub(super) fn outside(&mut self, event: SystemEvent) -> Task<Message> {
        match event {
            SystemEvent::Opened(size) => {
                let factor = system_events::factor().map(Message::System);
                return Task::batch([self.resized(size), factor]);
            }
            SystemEvent::Resized(size) => return self.resized(size),
            SystemEvent::Rescaled(factor) => {
                self.scaled = true;
                self.factors = ScaleFactors::undoing(factor);
            }
            SystemEvent::Factor(factor) => return self.opened_with(factor),
            SystemEvent::Blank(size) => {
                tracing::warn!(
                    width = size.width,
                    height = size.height,
                    known = ?self.look.window(),
                    "the window showed nothing; it is laid out anew"
                );
                return self.resized(Size::new(size.width.round(), size.height.round()));
            }
            SystemEvent::Drawn | SystemEvent::Unseen if self.drawn => {}
            SystemEvent::Drawn => {
                self.drawn = true;
                self.service.ready();
                return Task::batch([watchdog::beat(self.service), gpu_fallback::prove()]);
            }
            // A television that is off must not keep the service manager starting the program anew.
            SystemEvent::Unseen => {
                tracing::warn!("no picture was asked for yet; is the screen off?");
                self.drawn = true;
                self.service.ready();
                return watchdog::beat(self.service);
            }
            SystemEvent::Minute => {
                if self.chrome.clock.is_some() {
                    self.chrome.clock = Some(system_events::time_of_day());
                }
                let network = self.network();
                if let Screen::Welcome(welcome) = &mut self.screen {
                    welcome.network(network);
                }
            }
            SystemEvent::Terminate if self.ending => {}
            SystemEvent::Terminate => {
                self.ending = true;
                self.service.stopping();
                gpu_fallback::dismiss();
                let here = self.session().cloned();
                let sessions = self.accounts.sessions().into_iter().chain(here);
                let settled =
                    sessions.map(|session| async move { session.shut_down(SHUTDOWN_LIMIT).await });
                let settled = join_all(settled.collect::<Vec<_>>());
                let preferences = tokio::task::spawn_blocking(self.preferences.settle());
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
        if self.scaled || !is_scale_factor(factor) {
            return Task::none();
        }
        self.scaled = true;
        if factor.to_bits() == 1.0_f32.to_bits() {
            return Task::none();
        }
        // Until now its size was counted as if it had none.
        let size = ScaleFactors::default()
            .rescaled(factor)
            .in_window(self.look.window());
        self.factors = ScaleFactors::undoing(factor);
        let fit = match self.launch.window.size {
            Some(_) => Task::none(),
            None => application::fit_screen(size, factor),
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
        let _ = app.outside(SystemEvent::Unseen);
        assert!(app.drawn);
        let _ = app.outside(SystemEvent::Drawn);
        assert!(app.drawn);
    }
}
