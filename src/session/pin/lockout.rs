//! How long to wait after wrong PINs: pure, over the monotonic clock.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Wrong tries before the first wait.
const FREE: u32 = 5;
/// The first wait; each further wrong try doubles it.
const FIRST: Duration = Duration::from_secs(30);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The wait that `wrong` wrong tries in a row lead to.
fn wait_after(wrong: u32) -> Duration {
    match wrong.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(beyond) => 2_u32
            .checked_pow(beyond)
            .map_or(LONGEST, |factor| FIRST.saturating_mul(factor).min(LONGEST)),
    }
}

/// Tries that are left before the next wait.
pub(super) fn tries_left(wrong: u32) -> u32 {
    FREE.saturating_sub(wrong)
}

/// The waits of this process, by account.
#[derive(Debug, Default)]
pub(super) struct Lockouts(HashMap<String, Lockout>);

#[derive(Debug, Clone, Copy)]
struct Lockout {
    wrong: u32,
    until: Instant,
}

impl Lockout {
    fn after(wrong: u32, now: Instant) -> Self {
        Self {
            wrong,
            until: now.checked_add(wait_after(wrong)).unwrap_or(now),
        }
    }
}

impl Lockouts {
    /// Until when nothing may be tried, if so. `on_disk` is the count on disk; the wait that it stands for
    /// begins when this process first sees it.
    pub(super) fn until(&mut self, account: &str, on_disk: u32, now: Instant) -> Option<Instant> {
        let known = self.0.get(account).copied();
        let wait = match known.filter(|known| known.wrong >= on_disk) {
            Some(known) => known,
            None => {
                let wait = Lockout::after(on_disk, now);
                let _ = self.0.insert(account.to_owned(), wait);
                wait
            }
        };
        (wait.until > now).then_some(wait.until)
    }

    /// Counts one more than were wrong so far, on disk or in this process, and begins the wait it leads to.
    pub(super) fn count(&mut self, account: &str, on_disk: u32, now: Instant) -> u32 {
        let known = self.0.get(account).map_or(0, |known| known.wrong);
        let wrong = known.max(on_disk).saturating_add(1);
        let _ = self
            .0
            .insert(account.to_owned(), Lockout::after(wrong, now));
        wrong
    }

    /// The right PIN was given, or there is another one now.
    pub(super) fn forget(&mut self, account: &str) {
        let _ = self.0.remove(account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_after_five_and_doubles_to_a_quarter_of_an_hour() {
        for (wrong, seconds) in [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 30),
            (6, 60),
            (7, 120),
            (8, 240),
            (9, 480),
            (10, 900),
            (11, 900),
            (36, 900),
            (37, 900),
            (u32::MAX, 900),
        ] {
            assert_eq!(wait_after(wrong), Duration::from_secs(seconds), "{wrong}");
        }
    }

    #[test]
    fn tries_are_counted_down_to_the_wait() {
        let left: Vec<_> = (0..7).map(tries_left).collect();
        assert_eq!(left, [5, 4, 3, 2, 1, 0, 0]);
    }

    #[test]
    fn a_wait_runs_once_and_a_restart_begins_it_anew() {
        let now = Instant::now();
        let mut lockouts = Lockouts::default();
        assert_eq!(lockouts.until("ada", 4, now), None);
        let until = now + Duration::from_secs(30);
        assert_eq!(lockouts.until("ada", 5, now), Some(until));
        let later = now + Duration::from_secs(29);
        assert_eq!(
            lockouts.until("ada", 5, later),
            Some(until),
            "not prolonged by looking"
        );
        assert_eq!(lockouts.until("kofi", 0, later), None, "nobody else waits");
        assert_eq!(lockouts.until("ada", 5, until), None);
        assert_eq!(lockouts.count("ada", 5, until), 6);
        let doubled = until + Duration::from_secs(60);
        assert_eq!(lockouts.until("ada", 6, until), Some(doubled));
        let restarted = Lockouts::default().until("ada", 5, until);
        assert_eq!(restarted, Some(until + Duration::from_secs(30)));
    }

    #[test]
    fn a_disk_that_does_not_keep_the_count_does_not_help() {
        let now = Instant::now();
        let mut lockouts = Lockouts::default();
        let _ = lockouts.until("ada", 7, now);
        assert_eq!(lockouts.count("ada", 0, now), 8);
        assert_eq!(
            lockouts.until("ada", 0, now),
            Some(now + Duration::from_secs(240))
        );
        lockouts.forget("ada");
        assert_eq!(lockouts.until("ada", 0, now), None);
        assert_eq!(lockouts.count("ada", u32::MAX, now), u32::MAX);
    }
}
