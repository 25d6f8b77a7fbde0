//! When a code is shown, veiled, renewed, and when the screen rests. Pure.

use std::time::{Duration, Instant};

/// How long before its end a code is no longer offered: who scans it then would come too late.
const VEIL: Duration = Duration::from_secs(20);
/// A short code is veiled for no more than this part of its life.
const VEIL_SHARE: u32 = 4;
/// Where it is told how long a code can still be used, in minutes before its end.
const MARKS: [u64; 2] = [5, 1];

/// The codes that still come by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Renewals {
    left: u32,
}

impl Renewals {
    /// `allowed` codes after the first.
    pub(super) fn new(allowed: u32) -> Self {
        Self { left: allowed }
    }

    /// Whether another code will follow the one shown.
    pub(super) fn any_left(self) -> bool {
        self.left > 0
    }

    /// The code is over: whether to ask for another. Otherwise the screen rests.
    pub(super) fn next(&mut self) -> bool {
        let more = self.left > 0;
        self.left = self.left.saturating_sub(1);
        more
    }
}

/// The life of the code shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lifetime {
    /// Whole life, from receipt to end.
    pub(super) whole: Duration,
    /// The end, on the monotonic clock.
    pub(super) end: Instant,
}

impl Lifetime {
    /// What is left at `now`.
    pub(super) fn left(self, now: Instant) -> Duration {
        self.end.saturating_duration_since(now)
    }

    /// The last of the marks on the way to its end that it has come to, in minutes.
    pub(super) fn mark(self, now: Instant) -> Option<u64> {
        let marks = MARKS.iter().copied();
        let minutes = |mark: u64| Duration::from_secs(60 * mark);
        marks
            .filter(|mark| self.left(now) <= minutes(*mark) && self.whole > minutes(*mark))
            .min()
    }

    /// Whether the code is too near its end to be offered.
    pub(super) fn is_veiled(self, now: Instant) -> bool {
        self.left(now) <= VEIL.min(self.whole / VEIL_SHARE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_as_often_as_allowed_and_then_the_screen_rests() {
        for allowed in [0, 1, 2, 5] {
            let mut renewals = Renewals::new(allowed);
            let mut codes = 1;
            while renewals.next() {
                codes += 1;
            }
            assert_eq!(codes, allowed + 1);
            assert!(!renewals.any_left());
            assert!(!renewals.next());
        }
    }

    #[test]
    fn b40_a_code_is_veiled_in_its_last_twenty_seconds() {
        let start = Instant::now();
        let life = Lifetime {
            whole: Duration::from_secs(900),
            end: start + Duration::from_secs(900),
        };
        for (second, veiled) in [
            (0, false),
            (879, false),
            (880, true),
            (900, true),
            (901, true),
        ] {
            let now = start + Duration::from_secs(second);
            assert_eq!(life.is_veiled(now), veiled, "{second}");
        }
        assert_eq!(life.left(start + Duration::from_secs(1000)), Duration::ZERO);
    }

    #[test]
    fn marks_are_those_on_the_way_of_this_code() {
        let start = Instant::now();
        let mark = |whole, left| {
            let end = start + Duration::from_secs(left);
            let whole = Duration::from_secs(whole);
            Lifetime { whole, end }.mark(start)
        };
        for (whole, left, expected) in [
            (900, 900, None),
            (900, 301, None),
            (900, 300, Some(5)),
            (900, 61, Some(5)),
            (900, 60, Some(1)),
            (900, 0, Some(1)),
            (300, 299, None),
            (120, 60, Some(1)),
            (60, 30, None),
        ] {
            assert_eq!(mark(whole, left), expected, "{left} of {whole}");
        }
    }

    #[test]
    fn a_short_code_is_shown_for_most_of_its_life() {
        let start = Instant::now();
        let life = Lifetime {
            whole: Duration::from_secs(30),
            end: start + Duration::from_secs(30),
        };
        assert!(!life.is_veiled(start + Duration::from_secs(22)));
        assert!(life.is_veiled(start + Duration::from_secs(23)));
    }
}
