//! The time as a server tells it that has proved who it is.
//!
//! Kept beside the monotonic clock, so that the box's own clock may be set meanwhile, and with what that lacks: the box
//! may sleep. Never heard over plain HTTP: anybody on the way could say what year it is.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::pace::DAY;

/// What was heard last, and when.
#[derive(Debug)]
pub(crate) struct ServerClock {
    heard: Mutex<Option<Heard>>,
    /// A time that is certainly past.
    #[cfg_attr(not(any(feature = "dpop", feature = "id-token")), allow(dead_code))]
    floor: SystemTime,
    slept: fn() -> Duration,
}

/// What a server said, and when.
#[derive(Debug, Clone, Copy)]
struct Heard {
    date: SystemTime,
    at: Instant,
    slept: Duration,
}

/// How long this machine has slept since it was started, where the system tells: the monotonic clock stands still then.
fn slept() -> Duration {
    #[cfg(target_os = "linux")]
    {
        use rustix::time::{ClockId, clock_gettime};
        let read = |clock| {
            let time = clock_gettime(clock);
            let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
            Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
        };
        let boot = read(ClockId::Boottime);
        boot.saturating_sub(read(ClockId::Monotonic))
    }
    #[cfg(not(target_os = "linux"))]
    Duration::ZERO
}

impl ServerClock {
    pub(crate) fn new(floor: SystemTime) -> Self {
        Self {
            heard: Mutex::default(),
            floor,
            slept,
        }
    }

    /// Takes note of the date of an answer that has just come.
    pub(crate) fn heard(&self, date: Option<SystemTime>) {
        if let Some(date) = date {
            let heard = Heard {
                date,
                at: Instant::now(),
                slept: (self.slept)(),
            };
            *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(heard);
        }
    }

    /// The server's time now. Forgotten after a day: the monotonic clock drifts, too.
    pub(crate) fn now(&self) -> Option<SystemTime> {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let Heard { date, at, slept } = heard?;
        let since = at.elapsed() + (self.slept)().saturating_sub(slept);
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
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::UNIX_EPOCH;

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
    async fn it_goes_on_while_the_box_sleeps() {
        static NIGHT: AtomicU64 = AtomicU64::new(7);
        let mut clock = ServerClock::new(UNIX_EPOCH + Duration::from_secs(1_780_000_000));
        clock.slept = || Duration::from_secs(NIGHT.load(Ordering::SeqCst));
        let evening = UNIX_EPOCH + Duration::from_secs(4_000_000_000);
        clock.heard(Some(evening));
        tokio::time::advance(Duration::from_secs(60)).await;
        let _ = NIGHT.fetch_add(8 * 3600, Ordering::SeqCst);
        let morning = evening + Duration::from_secs(8 * 3600 + 60);
        assert_eq!(clock.as_the_server_sees_it(morning), morning);
        assert_eq!(clock.now(), Some(morning));
        let _ = NIGHT.fetch_add(16 * 3600, Ordering::SeqCst);
        assert_eq!(clock.now(), None);
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
