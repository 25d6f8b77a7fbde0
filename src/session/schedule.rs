//! When an access token is refreshed: pure rules over a clock that nobody sets and that goes on while the box sleeps.

use std::time::{Duration, Instant};

use device_flow::{Chance, back_off, first_wait, jittered};

/// Part of a token's life, in tenths, that is left when it is refreshed at the latest.
const LEAST_LEFT: u32 = 2;

/// Spread of the jitter, in tenths of the life: boxes that were powered on together do not refresh together. With two
/// tenths the first wave of a fleet asks 3.5 times as much as a day of it does on average, with three 2.2 times.
const SPREAD: u32 = 3;

/// How long servers that forgive a spent refresh token do so at the most, in seconds (the overlap of Auth0 and
/// Okta goes up to a minute).
const FORGIVEN: u64 = 60;

/// Longest pause between two tries while a person or the API waits for an answer.
const LONGEST_FOREGROUND_PAUSE: Duration = Duration::from_secs(8);

/// First pause between two tries in the background.
const FIRST_BACKGROUND_PAUSE: Duration = Duration::from_secs(4);

/// Longest pause between two tries in the background, where a fleet is spread over less.
const LONGEST_BACKGROUND_PAUSE: Duration = Duration::from_secs(300);

/// How long a wait goes without a look at the clock: timers stand still while the box sleeps.
const LONGEST_NAP: Duration = Duration::from_secs(15);

/// The life of the access token in hand, on that clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lifetime {
    /// When to refresh; `None` when the server did not say how long the token lives: then only a
    /// refusal by the API tells.
    pub(super) refresh_at: Option<Instant>,
    /// When the token is over.
    pub(super) ends_at: Option<Instant>,
}

impl Lifetime {
    /// A token just received or read from disk, looked at at `now`; the rest are Unix seconds of the wall
    /// clock. A clock that stands before the
    /// token was issued (a box without a battery-backed clock) says nothing: the token then counts as new.
    pub(super) fn new(
        now: Instant,
        wall: u64,
        issued_at: u64,
        expires_at: Option<u64>,
        chance: Chance,
    ) -> Self {
        let life = expires_at.map(|end| end.saturating_sub(issued_at));
        let left = expires_at.map(|end| end.saturating_sub(wall.max(issued_at)));
        Self::part(
            now,
            life.map(Duration::from_secs),
            left.map(Duration::from_secs),
            chance,
        )
    }

    fn part(now: Instant, life: Option<Duration>, left: Option<Duration>, chance: Chance) -> Self {
        let (Some(life), Some(left)) = (life, left) else {
            return Self {
                refresh_at: None,
                ends_at: None,
            };
        };
        let tenth = life / 10;
        let reserve = tenth * (LEAST_LEFT + SPREAD) - chance.of(tenth * SPREAD);
        Self {
            refresh_at: now.checked_add(left.saturating_sub(reserve)),
            ends_at: now.checked_add(left),
        }
    }

    /// The same where the answer to a refresh that began at `begun_at` (Unix seconds) never came in.
    ///
    /// The refresh token may be spent. A server that forgives that does so for seconds, so that within them it
    /// is presented again at once. Later it would look like a theft and end the access token in hand as well
    /// (RFC 9700 section 4.14.2): it then has to wait until that one is over.
    pub(super) fn in_doubt(self, now: Instant, wall: u64, begun_at: u64) -> Self {
        let age = wall.checked_sub(begun_at);
        Self {
            refresh_at: match age {
                Some(..=FORGIVEN) => Some(now),
                Some(_) | None => self.ends_at,
            },
            ..self
        }
    }

    /// The same of a token that cannot be used at all: over, whatever its issuer said.
    pub(super) fn over(self, now: Instant) -> Self {
        Self {
            refresh_at: Some(now),
            ends_at: Some(now),
        }
    }

    /// Whether it is time to refresh.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.refresh_at.is_some_and(|at| now >= at)
    }

    /// Whether the token is over.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.ends_at.is_some_and(|at| now >= at)
    }
}

/// How long to wait before the next look at the clock, for something that is due at `until`; nothing once it is.
pub(super) fn nap(now: Instant, until: Instant) -> Option<Duration> {
    let left = until.saturating_duration_since(now);
    (!left.is_zero()).then(|| left.min(LONGEST_NAP))
}

/// Pause after the `failures`-th failed refresh in a row, before a caller may cause another.
pub(super) fn foreground_pause(failures: u32) -> Duration {
    doubling(failures, LONGEST_FOREGROUND_PAUSE)
}

/// Pause after the `failures`-th failed refresh in a row, before the keeper of a box of a fleet that is spread over
/// `spread` tries again by itself.
pub(super) fn background_pause(failures: u32, spread: Duration, chance: Chance) -> Duration {
    let first = first_wait(FIRST_BACKGROUND_PAUSE, spread);
    let longest = LONGEST_BACKGROUND_PAUSE.max(spread);
    let wait = failures
        .checked_sub(1)
        .map(|before| back_off(first, before, longest));
    jittered(wait.unwrap_or_default(), chance)
}

/// 1, 2, 4 … seconds, never more than `longest`; nothing after no failure.
fn doubling(failures: u32, longest: Duration) -> Duration {
    match failures.checked_sub(1) {
        None => Duration::ZERO,
        Some(n) => Duration::from_secs(1u64 << n.min(20)).min(longest),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    /// A token received at `now` that lives for `life`.
    pub(in crate::session) fn fresh(
        now: Instant,
        life: Option<Duration>,
        chance: Chance,
    ) -> Lifetime {
        Lifetime::new(now, 0, 0, life.map(|life| life.as_secs()), chance)
    }

    #[test]
    fn b30_refreshes_between_fifty_and_eighty_percent_of_the_life() {
        let now = Instant::now();
        let at = |chance| {
            fresh(now, Some(HOUR), chance)
                .refresh_at
                .unwrap()
                .duration_since(now)
                .as_secs_f64()
                .round()
        };
        assert_eq!(at(Chance::LEAST), 1800.0);
        assert_eq!(at(Chance::MOST), 2880.0);
    }

    #[test]
    fn a_restored_token_goes_on_where_it_was() {
        let now = Instant::now();
        let life = Lifetime::new(now, 11_000, 10_000, Some(13_600), Chance::LEAST);
        assert!(!life.is_due(now) && !life.is_over(now));
        assert!(life.is_due(now + Duration::from_secs(801)));
        assert!(life.is_over(now + Duration::from_secs(2600)));
    }

    #[test]
    fn a_clock_in_the_past_neither_ends_a_token_nor_makes_it_last() {
        let now = Instant::now();
        let life = Lifetime::new(now, 0, 10_000, Some(13_600), Chance::LEAST);
        assert!(!life.is_over(now));
        assert!(life.is_over(now + HOUR));
    }

    #[test]
    fn a_token_that_ran_out_while_off_is_over_at_once() {
        let now = Instant::now();
        let life = Lifetime::new(now, 20_000, 10_000, Some(13_600), Chance::LEAST);
        assert!(life.is_due(now) && life.is_over(now));
    }

    #[test]
    fn without_a_stated_life_only_a_refusal_tells() {
        let now = Instant::now();
        let life = fresh(now, None, Chance::MOST);
        assert!(!life.is_due(now + HOUR * 9999) && !life.is_over(now + HOUR * 9999));
    }

    #[test]
    fn a_refresh_in_doubt_is_repeated_at_once_or_not_before_the_end() {
        let now = Instant::now();
        let life = fresh(now, Some(HOUR), Chance::MOST);
        for age in [0, 60] {
            assert!(life.in_doubt(now, 5_000 + age, 5_000).is_due(now), "{age}");
        }
        // Too late for any server's patience, or a clock that was set back and tells nothing.
        for wall in [5_061, 4_999] {
            let later = life.in_doubt(now, wall, 5_000);
            assert!(!later.is_due(now + HOUR - Duration::from_secs(1)), "{wall}");
            assert!(later.is_due(now + HOUR), "{wall}");
        }
        let endless = fresh(now, None, Chance::MOST);
        assert!(!endless.in_doubt(now, 9_999, 5_000).is_due(now + HOUR));
        assert!(endless.in_doubt(now, 5_001, 5_000).is_due(now));
    }

    #[test]
    fn a_box_that_slept_refreshes_at_its_next_look_at_the_clock() {
        let evening = Instant::now();
        let life = fresh(evening, Some(HOUR), Chance::LEAST);
        let due = life.refresh_at.unwrap();
        let first = nap(evening, due).unwrap();
        assert!(first <= Duration::from_secs(15));
        // It slept through the night in the middle of that.
        let morning = evening + first + HOUR * 8;
        assert_eq!(nap(morning, due), None);
        assert!(life.is_due(morning) && life.is_over(morning));
        // Awake all the time it takes as long as it should.
        let mut now = evening;
        while let Some(nap) = nap(now, due) {
            now += nap;
        }
        assert_eq!(now, due);
    }

    #[test]
    fn absurd_lives_do_not_panic() {
        let now = Instant::now();
        let _ = fresh(now, Some(Duration::MAX), Chance::LEAST);
        let _ = fresh(now, Some(Duration::ZERO), Chance::MOST);
        let _ = Lifetime::new(now, u64::MAX, 0, Some(u64::MAX), Chance::LEAST);
        let _ = Lifetime::new(now, 0, u64::MAX, Some(0), Chance::MOST);
    }

    #[test]
    fn pauses_grow_and_stay_within_what_a_viewer_accepts() {
        assert_eq!(foreground_pause(0), Duration::ZERO);
        let pauses: Vec<u64> = (1..7).map(|n| foreground_pause(n).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 8, 8]);
        let background = |failures, spread, chance| {
            background_pause(failures, Duration::from_secs(spread), chance).as_secs()
        };
        let (least, most) = (Chance::LEAST, Chance::MOST);
        assert_eq!((background(0, 0, most), background(0, 900, most)), (0, 0));
        assert_eq!((background(1, 0, least), background(1, 0, most)), (2, 4));
        for (spread, longest) in [(0, 300), (60, 300), (900, 900)] {
            assert_eq!(background(u32::MAX, spread, most), longest);
            assert_eq!(background(u32::MAX, spread, least), longest / 2);
        }
    }
}
