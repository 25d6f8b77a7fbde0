//! What comes from outside the screens: the window's size, its first picture, the minute, the end.

use std::time::SystemTime;

use iced::{Size, Task};

use super::{App, Message, Now};
use crate::app::system_events::{self, SystemEvent};
use crate::app::{application, visibility};
use crate::checks::clock::{self, Finding};
use crate::host::clock::build_day;
use crate::host::event::{self, Event};

impl App {
    pub(super) fn on_system_event(&mut self, event: SystemEvent, now: Now) -> Task<Message> {
        match event {
            SystemEvent::Opened(size) => {
                let factor = system_events::factor().map(Message::System);
                let place = match self.launch.window.size {
                    Some(_) => Task::none(),
                    None => application::cover_monitor(),
                };
                Task::batch([self.resized(size, now), factor, place])
            }
            SystemEvent::Resized(size) => self.resized(size, now),
            SystemEvent::Rescaled(factor) => {
                self.window.rescaled(factor);
                Task::none()
            }
            SystemEvent::Factor(factor) => self.opened_with(factor, now),
            SystemEvent::Blank(size) => {
                tracing::warn!(
                    width = size.width,
                    height = size.height,
                    known = ?self.look.window(),
                    "the window showed nothing; it is laid out anew"
                );
                self.resized(Size::new(size.width.round(), size.height.round()), now)
            }
            SystemEvent::Drawn => self.lifecycle.drawn(),
            SystemEvent::Unseen => self.lifecycle.unseen(),
            SystemEvent::Minute => {
                self.tell_time();
                let network = self.network();
                self.screen.active_mut().network(network);
                self.screen.active_mut().minute(&self.look);
                Task::none()
            }
            SystemEvent::Look(before) => {
                self.tell_of_the_clock();
                visibility::look(before)
            }
            SystemEvent::Terminate => self.shut_down(),
            SystemEvent::Reload if self.lifecycle.is_ending() => Task::none(),
            SystemEvent::Reload => self.reload(None),
            SystemEvent::CloseRequested => self.close_requested(),
        }
    }

    fn shut_down(&mut self) -> Task<Message> {
        let sessions = self.sessions();
        self.lifecycle
            .shut_down(sessions, self.preferences.settle())
    }

    /// A window on a desktop is closed by whoever looks at it. What covers a screen is a kiosk: whoever comes by with a
    /// keyboard must not end it, and whoever looks after it has signals.
    fn close_requested(&mut self) -> Task<Message> {
        if self.launch.window.size.is_some() {
            event::tell(Event::Stopping {
                why: "the window was closed".to_owned(),
            });
            return self.shut_down();
        }
        tracing::info!("asked to close the window, which only a signal does without --windowed");
        Task::none()
    }

    /// The window has this size now, in pixels of the window.
    fn resized(&mut self, size: Size, now: Now) -> Task<Message> {
        self.window.measured();
        self.look = self.look.resized(size);
        self.lay_out_again(now)
    }

    /// The window has had this factor since it was opened.
    fn opened_with(&mut self, factor: f32, now: Now) -> Task<Message> {
        let Some(size) = self.window.opened_with(factor, self.look.window()) else {
            return Task::none();
        };
        self.resized(size, now)
    }

    /// Everything has another size or place.
    pub(super) fn lay_out_again(&mut self, now: Now) -> Task<Message> {
        self.input.scaled(&self.look);
        self.screen.active_mut().resized(&self.look, now)
    }

    /// Brings the clock on the screen up to date, where there is one.
    pub(super) fn tell_time(&mut self) {
        if self.chrome.clock.is_some() {
            self.chrome.clock = Some(system_events::time_of_day());
        }
    }

    /// Says when the clock of this box stands before the day of the build, or behind what the server says.
    fn tell_of_the_clock(&self) {
        let told = self.context.as_ref();
        let told = told.and_then(|context| context.client.server_time());
        match clock::check(SystemTime::now(), build_day(), told) {
            Finding::BeforeBuild(_) | Finding::Behind(_) => event::tell(Event::ClockBehind {}),
            Finding::NoOther | Finding::Agrees | Finding::Ahead(_) => event::clock_is_right(),
        }
    }
}
