//! From the first picture to the end: what the service manager hears, and what the end waits for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::{join, join_all};
use iced::Task;

use super::Message;
use crate::app::shutdown::Shutdown;
use crate::app::{display_server, gpu_fallback, visibility, watchdog};
use crate::host::service_manager::ServiceManager;
use crate::session::{SHUTDOWN_LIMIT, Session};

/// How long the end waits for the preferences to be written.
const WRITTEN: Duration = Duration::from_secs(5);

/// The program as the service manager sees it.
#[derive(Debug)]
pub(super) struct Lifecycle {
    /// The service manager.
    service: ServiceManager,
    /// When the program was started.
    started: Instant,
    /// Whether the first picture is on the screen.
    drawn: bool,
    /// What the window and the program agree on about the end.
    shutdown: Arc<Shutdown>,
    /// Whether the end has begun.
    ending: bool,
}

impl Lifecycle {
    pub(super) fn new(shutdown: Arc<Shutdown>, now: Instant) -> Self {
        Self {
            service: ServiceManager::of_this_process(),
            started: now,
            drawn: false,
            shutdown,
            ending: false,
        }
    }

    /// When the program was started.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Whether it must be told of the first picture.
    pub(super) fn awaits_picture(&self) -> bool {
        !self.drawn
    }

    /// A picture is on the screen.
    pub(super) fn drawn(&mut self) -> Task<Message> {
        if self.drawn {
            return Task::none();
        }
        Task::batch([self.ready(), gpu_fallback::prove()])
    }

    /// No picture was asked for. A television that is off must not keep the service manager starting the program anew.
    pub(super) fn unseen(&mut self) -> Task<Message> {
        if self.drawn {
            return Task::none();
        }
        visibility::unseen();
        self.ready()
    }

    fn ready(&mut self) -> Task<Message> {
        self.drawn = true;
        self.service.ready();
        Task::batch([
            watchdog::feed(self.service),
            watchdog::notice_stalls(),
            display_server::watch(),
        ])
    }

    /// These sessions are in use, or something of theirs is still being written.
    pub(super) fn track(&self, sessions: Vec<Session>) {
        self.shutdown.track(sessions);
    }

    /// Whether the end has begun.
    pub(super) fn is_ending(&self) -> bool {
        self.ending
    }

    /// Begins the end: it comes when everything is written.
    pub(super) fn shut_down(
        &mut self,
        sessions: Vec<Session>,
        write_preferences: impl FnOnce() + Send + 'static,
    ) -> Task<Message> {
        if std::mem::replace(&mut self.ending, true) {
            return Task::none();
        }
        self.service.stopping();
        gpu_fallback::end_trial();
        let settled = sessions.into_iter();
        let settled = settled.map(|session| async move { session.shut_down(SHUTDOWN_LIMIT).await });
        let settled = join_all(settled.collect::<Vec<_>>());
        let preferences = tokio::task::spawn_blocking(write_preferences);
        let preferences = tokio::time::timeout(WRITTEN, preferences);
        Task::perform(join(settled, preferences), |_| Message::ShutDown)
    }

    /// The end, with everything written.
    pub(super) fn exit(&self) -> Task<Message> {
        self.shutdown.request();
        iced::exit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_that_nobody_sees_counts_as_drawn_once() {
        let mut lifecycle = Lifecycle::new(Arc::default(), Instant::now());
        assert!(!lifecycle.drawn);
        let _ = lifecycle.unseen();
        assert!(lifecycle.drawn);
        let _ = lifecycle.drawn();
        assert!(lifecycle.drawn);
    }
}
