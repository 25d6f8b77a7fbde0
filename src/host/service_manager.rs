//! The service manager (systemd): that the program is up, that its screen is alive, that it ends.
//!
//! Nothing is sent where `NOTIFY_SOCKET` is not set. Nothing here can fail the program.

use std::time::Duration;

use sd_notify::NotifyState;

/// What the service manager wants to hear.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServiceManager {
    listens: bool,
    watchdog: Option<Duration>,
}

impl ServiceManager {
    /// The service manager of this process, by its environment.
    pub fn of_this_process() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }

    /// `WATCHDOG_PID` is passed over: under a compositor it names the compositor, which is what the service
    /// started, while the screen that must be watched is this one (`NotifyAccess=all`).
    fn new(variable: impl Fn(&str) -> Option<String>) -> Self {
        let listens = variable("NOTIFY_SOCKET").is_some_and(|socket| !socket.is_empty());
        let limit = variable("WATCHDOG_USEC").and_then(|limit| limit.parse().ok());
        Self {
            listens,
            watchdog: limit
                .filter(|limit| listens && *limit > 0)
                .map(Duration::from_micros),
        }
    }

    /// How often it hears that the program is alive: three times within its limit. sd_watchdog_enabled(3) recommends
    /// twice; so a sign of a machine that is short of processors may be late by more than the time between two.
    /// `None` where it does not watch.
    pub fn watchdog_interval(self) -> Option<Duration> {
        self.watchdog.map(|limit| limit / 3)
    }

    /// The first picture is on the screen.
    pub fn ready(self) {
        self.tell(NotifyState::Ready);
    }

    /// The screen is alive.
    pub fn alive(self) {
        self.tell(NotifyState::Watchdog);
    }

    /// The program is about to end.
    pub fn stopping(self) {
        self.tell(NotifyState::Stopping);
    }

    fn tell(self, state: NotifyState<'_>) {
        if self.listens
            && let Err(error) = sd_notify::notify(&[state])
        {
            tracing::debug!(%error, "the service manager does not listen");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_is_watched_only_where_it_is_asked_for() {
        let socket = ("NOTIFY_SOCKET", "/run/systemd/notify");
        let watched = ("WATCHDOG_USEC", "30000000");
        let of_another = ("WATCHDOG_PID", "1");
        for (variables, listens, beat) in [
            (vec![], false, None),
            (vec![watched], false, None),
            (vec![socket], true, None),
            (vec![socket, ("WATCHDOG_USEC", "0")], true, None),
            (vec![socket, ("WATCHDOG_USEC", "soon")], true, None),
            (vec![("NOTIFY_SOCKET", ""), watched], false, None),
            (vec![socket, watched, of_another], true, Some(10)),
        ] {
            let service = ServiceManager::new(|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(service.listens, listens, "{variables:?}");
            assert_eq!(
                service.watchdog_interval(),
                beat.map(Duration::from_secs),
                "{variables:?}"
            );
        }
    }
}
