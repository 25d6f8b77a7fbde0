//! How far apart many machines do what they would else do at the same moment.
//!
//! A thousand boxes get their power back in the same second, lose a server in the same second, and are told by it in the
//! same words when to come back. Each rule here turns one wait into another by a draw; none of them ever shortens what a
//! server asked for.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use fastrand::Rng;

/// A draw, from nothing to all, each part of it as likely as any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance(u32);

impl Chance {
    /// Nothing.
    pub const LEAST: Self = Self(0);
    /// All.
    pub const MOST: Self = Self(u32::MAX);

    /// By the random numbers of the system: machines that start from one image in the same instant differ.
    pub fn draw() -> Self {
        Self((seed() >> 32) as u32)
    }

    /// So much of `whole`, to the nanosecond: steps that can be counted would be moments that many machines share.
    pub fn of(self, whole: Duration) -> Duration {
        const SECOND: u128 = 1_000_000_000;
        // A duration has less than 94 bits of nanoseconds.
        let nanos = whole.as_nanos() * u128::from(self.0) / u128::from(u32::MAX);
        let seconds = u64::try_from(nanos / SECOND).unwrap_or(u64::MAX);
        Duration::new(seconds, (nanos % SECOND) as u32)
    }
}

/// A wait that this machine chose itself: between half of it and all of it.
pub fn jittered(wait: Duration, chance: Chance) -> Duration {
    let half = wait / 2;
    half + chance.of(wait - half)
}

/// A wait that a server asked for: never less. Up to an eighth is added; where a fleet is spread over `spread`, up to
/// as much as was asked for, or half a minute, within that: a server that names one moment to all would else be asked by
/// all at it.
pub fn later(asked: Duration, spread: Duration, chance: Chance) -> Duration {
    const LEAST: Duration = Duration::from_secs(30);
    if asked.is_zero() {
        return asked;
    }
    let more = (asked / 8).max(asked.max(LEAST).min(spread));
    asked.saturating_add(chance.of(more))
}

/// The first wait of those that double after failures: where a fleet is spread over `spread`, no less than a twentieth of
/// that, or the boxes that failed last would all be back in the first seconds.
pub fn first_wait(own: Duration, spread: Duration) -> Duration {
    own.max(spread / 20)
}

/// Where a machine that decides by itself takes its chance from, and over how long it is spread.
#[derive(Debug, Clone)]
pub struct Jitter {
    spread: Duration,
    draws: Option<Rng>,
}

impl Jitter {
    /// None: every wait is as long as its rule says. For tests, and for one machine alone.
    pub fn none() -> Self {
        Self {
            spread: Duration::ZERO,
            draws: None,
        }
    }

    /// By the random numbers of the system. A `spread` of zero is for one machine alone: its waits differ from those of
    /// others, and are no longer than without.
    pub fn new(spread: Duration) -> Self {
        Self::seeded(spread, seed())
    }

    /// The draws that follow from `seed`, the same each time.
    pub fn seeded(spread: Duration, seed: u64) -> Self {
        Self {
            spread,
            draws: Some(Rng::with_seed(seed)),
        }
    }

    /// Over how long a fleet is spread; zero for one machine alone.
    pub fn spread(&self) -> Duration {
        self.spread
    }

    /// The next draw; none where there is no chance.
    pub fn chance(&mut self) -> Option<Chance> {
        self.draws.as_mut().map(|draws| Chance(draws.u32(..)))
    }

    /// A part of `whole`; nothing where there is no chance.
    pub fn part(&mut self, whole: Duration) -> Duration {
        self.chance()
            .map_or(Duration::ZERO, |chance| chance.of(whole))
    }

    /// A wait that this machine chose itself ([`jittered`]).
    pub fn own(&mut self, wait: Duration) -> Duration {
        self.chance().map_or(wait, |chance| jittered(wait, chance))
    }

    /// A wait that a server asked for ([`later`]).
    pub fn later(&mut self, asked: Duration) -> Duration {
        let spread = self.spread;
        self.chance()
            .map_or(asked, |chance| later(asked, spread, chance))
    }
}

fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn what_a_server_asked_for_is_never_shortened() {
        let minute = 60 * SECOND;
        for (asked, spread, least, most) in [
            (0, 0, 0.0, 0.0),
            (0, 300, 0.0, 0.0),
            (80, 0, 80.0, 90.0),
            (60, 30, 60.0, 90.0),
            (2, 300, 2.0, 32.0),
            (60, 300, 60.0, 120.0),
            (3600, 300, 3600.0, 4050.0),
        ] {
            let later = |chance| later(asked * SECOND, spread * SECOND, chance).as_secs_f64();
            assert_eq!((later(Chance::LEAST), later(Chance::MOST)), (least, most));
        }
        let mut jitter = Jitter::seeded(minute, 1);
        assert!((0..1000).all(|_| jitter.later(minute) >= minute));
        assert_eq!(Jitter::none().later(minute), minute);
    }

    #[test]
    fn a_wait_of_ones_own_is_between_half_and_all() {
        let (least, most) = (Chance::LEAST, Chance::MOST);
        assert_eq!(jittered(8 * SECOND, least), 4 * SECOND);
        assert_eq!(jittered(8 * SECOND, most), 8 * SECOND);
        assert_eq!(Jitter::none().own(8 * SECOND), 8 * SECOND);
        for absurd in [Duration::ZERO, Duration::MAX] {
            assert_eq!(jittered(absurd, most), absurd);
            assert!(later(absurd, absurd, most) <= Duration::MAX);
        }
    }

    #[test]
    fn draws_are_even_and_fine() {
        let hour = 3600 * SECOND;
        let mut jitter = Jitter::seeded(hour, 7);
        let mut parts: Vec<Duration> = (0..10_000).map(|_| jitter.part(hour)).collect();
        parts.sort_unstable();
        for (index, part) in parts.iter().enumerate() {
            let even = hour * index as u32 / 10_000;
            assert!(part.abs_diff(even) < hour / 50, "{index}: {part:?}");
        }
        let before = parts.len();
        parts.dedup();
        assert!(before - parts.len() < 5, "moments that are shared");
    }

    #[test]
    fn two_machines_of_one_image_differ() {
        let chances: Vec<u32> = (0..8).map(|_| Chance::draw().0).collect();
        assert!(chances.iter().any(|chance| *chance != chances[0]));
    }
}
