//! How long to wait before the next poll, `slow_down` included (RFC 8628 section 3.5).
//!
//! Two variables that never mix: what the server asked for grows and never shrinks; what the
//! network costs doubles with each failure and is forgotten after a good round trip.

use std::time::Duration;

/// What each `slow_down` adds, for this and all later polls (RFC 8628 section 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// Network failures alone never make a wait longer than this.
const BACK_OFF_CEILING: Duration = Duration::from_secs(60);
/// Waits between tries to get a code at all; the last one repeats.
const REQUEST_BACK_OFF: [u64; 5] = [5, 10, 20, 40, 60];
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

/// The wait after `failures` failed tries to get a code.
pub(super) fn request_back_off(failures: u32) -> Duration {
    let index = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    let last = REQUEST_BACK_OFF.len() - 1;
    Duration::from_secs(REQUEST_BACK_OFF.get(index.min(last)).copied().unwrap_or(60))
}
