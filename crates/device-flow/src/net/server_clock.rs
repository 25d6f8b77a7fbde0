//! The time as a server tells it that has proved who it is.
//!
//! Kept beside the monotonic clock, so that the box's own clock may be set meanwhile. Never heard over
//! plain HTTP: anybody on the way could say what year it is.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use tokio::time::Instant;

use crate::pace::DAY;

/// What was heard last, and when.
#[derive(Debug)]
pub(crate) struct ServerClock {
    heard: Mutex<Option<(SystemTime, Instant)>>,
    /// A time that is certainly past.
    floor: SystemTime,
}

impl ServerClock {
    pub(crate) fn new(floor: SystemTime) -> Self {
        Self {
            heard: Mutex::default(),
            floor,
        }
    }

    /// Takes note of the date of an answer that has just come.
    pub(crate) fn heard(&self, date: Option<SystemTime>) {
        if let Some(date) = date {
            *self.heard.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((date, Instant::now()));
        }
    }

    /// The server's time now. Forgotten after a day: the monotonic clock drifts too, and stands still
    /// while the box sleeps.
    pub(crate) fn now(&self) -> Option<SystemTime> {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (date, at) = heard?;
        let since = at.elapsed();
        if since < DAY {
            date.checked_add(since)
        } else {
            None
        }
    }

    /// The time to put into what this server will check, where this device's clock says `local`: its own, however
    /// near the two are, since it allows less than [`TOLERANCE`](crate::clock::TOLERANCE) for proofs (RFC 9449 section 11.1).
    #[cfg(any(test, feature = "dpop"))]
    pub(crate) fn as_the_server_sees_it(&self, local: SystemTime) -> SystemTime {
        let told = self.now();
        told.filter(|told| crate::clock::judge(*told, self.floor) == crate::clock::Clock::Sane)
            .unwrap_or(local)
    }

    /// The time to hold an ID token against, where this device's clock says `local`.
    #[cfg(any(test, feature = "id-token"))]
    pub(crate) fn correct(&self, local: SystemTime) -> SystemTime {
        crate::clock::corrected(local, self.now(), self.floor)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn goes_on_from_what_was_heard_and_is_forgotten_after_a_day() {
        let clock = ServerClock::new(UNIX_EPOCH + Duration::from_secs(1_780_000_000));
        clock.heard(None);
        assert_eq!(clock.now(), None);
        let date = UNIX_EPOCH + Duration::from_secs(4_000_000_000);
        let local = UNIX_EPOCH + Duration::from_secs(1_404_345_600);
        assert_eq!(clock.correct(local), local);
        clock.heard(Some(date));
        tokio::time::advance(Duration::from_secs(60)).await;
        assert_eq!(clock.now(), Some(date + Duration::from_secs(60)));
        assert_eq!(clock.correct(local), date + Duration::from_secs(60));
        clock.heard(None);
        assert!(clock.now().is_some());
        tokio::time::advance(DAY).await;
        assert_eq!(clock.now(), None);
        clock.heard(Some(UNIX_EPOCH));
        assert_eq!(clock.correct(local), local);
        assert_eq!(clock.as_the_server_sees_it(local), local);
    }

    #[tokio::test(start_paused = true)]
    async fn proofs_follow_the_server_to_the_second() {
        let clock = ServerClock::new(UNIX_EPOCH + Duration::from_secs(1_780_000_000));
        let date = UNIX_EPOCH + Duration::from_secs(4_000_000_000);
        let near = date - Duration::from_secs(90);
        assert_eq!(clock.as_the_server_sees_it(near), near);
        clock.heard(Some(date));
        assert_eq!(clock.correct(near), near);
        assert_eq!(clock.as_the_server_sees_it(near), date);
    }
}
