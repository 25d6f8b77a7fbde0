//! How long to wait before the next poll, `slow_down` included (RFC 8628 section 3.5).
//!
//! Two variables that never mix: what the server asked for grows and never shrinks; what the
//! network costs doubles with each failure and is forgotten after a good round trip.

use std::time::Duration;

use super::jitter::{Chance, first_wait, jittered};

/// What each `slow_down` adds, for this and all later polls (RFC 8628 section 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// Network failures alone never make a wait longer than this.
const BACK_OFF_CEILING: Duration = Duration::from_secs(60);
/// First wait between tries to get a code at all.
const REQUEST_BACK_OFF: Duration = Duration::from_secs(5);
/// No server means more than a day; keeps the arithmetic far from overflow.
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// The pace of one grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    sustained: Duration,
    failures: u32,
}

impl Pace {
    /// Starts at the server's `interval`.
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            sustained: interval.clamp(Duration::from_secs(1), DAY),
            failures: 0,
        }
    }

    /// The server's own minimum between two polls, as it stands now.
    pub(super) fn sustained(self) -> Duration {
        self.sustained
    }

    /// The server wants a slower pace, and perhaps says which.
    pub(super) fn slow_down(&mut self, asked: Option<Duration>) {
        let more = self.sustained.saturating_add(SLOW_DOWN);
        self.sustained = asked.map_or(more, |asked| more.max(asked)).min(DAY);
        self.failures = 0;
    }

    /// An answer came.
    pub(super) fn answered(&mut self) {
        self.failures = 0;
    }

    /// No usable answer came.
    pub(super) fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// The wait where nothing has failed.
    pub(super) fn regular(self) -> Duration {
        Self {
            failures: 0,
            ..self
        }
        .wait()
    }

    /// What chance may add to a wait, so that many machines that failed together do not come back together: only where
    /// nothing usable came, and never less than the rule says.
    pub(super) fn leeway(self) -> Duration {
        match self.failures {
            0 => Duration::ZERO,
            _ => self.wait() / 4,
        }
    }

    /// The wait from the receipt of the last answer to the next poll.
    ///
    /// A fifth more than asked for, at least a second: servers that truncate to whole seconds and
    /// boxes whose clock runs fast would otherwise collect `slow_down` for ever
    /// (<https://github.com/cli/oauth/issues/111>).
    pub(super) fn wait(self) -> Duration {
        let regular = self.sustained + (self.sustained / 5).max(Duration::from_secs(1));
        back_off(regular, self.failures, BACK_OFF_CEILING.max(regular))
    }
}

/// A wait that doubles with each failure, up to `longest`: exponential back-off, without chance.
pub fn back_off(first: Duration, failures: u32, longest: Duration) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(failures));
    doubled.min(longest)
}

/// The wait before the look after `looks` others at whether a server that was away can be connected to: a person who plugs
/// the network in should not have to wait; after a minute it is no cable, and many machines look.
pub fn next_look(looks: u32, chance: Chance) -> Duration {
    const SOON: u32 = 20;
    let every = if looks < SOON { 3 } else { 15 };
    jittered(Duration::from_secs(every), chance)
}

/// The wait after `failures` failed tries to get a code: up to a minute, or to what a fleet is spread over.
pub(super) fn request_back_off(failures: u32, spread: Duration) -> Duration {
    let longest = BACK_OFF_CEILING.max(spread);
    let first = first_wait(REQUEST_BACK_OFF, spread);
    back_off(first, failures.saturating_sub(1), longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_seldom_after_a_minute_and_never_all_at_once() {
        let look = |looks, chance| next_look(looks, chance).as_secs_f32();
        let (least, most) = (Chance::LEAST, Chance::MOST);
        assert_eq!((look(0, least), look(19, most)), (1.5, 3.0));
        assert_eq!((look(20, least), look(u32::MAX, most)), (7.5, 15.0));
    }
}
