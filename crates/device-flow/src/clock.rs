//! Whether this device's clock can be right.
//!
//! A box without a battery-backed clock wakes up in the year it was made in, and believes it until the
//! network has told it the time. Nothing that was dated elsewhere may be judged by such a clock.

use std::time::{Duration, SystemTime};

/// Clocks that are nearer to each other than this agree.
pub const TOLERANCE: Duration = Duration::from_secs(300);

/// What can be said of a clock without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It may be right.
    Sane,
    /// It stands before a time that is certainly past, by this much: it is wrong.
    Behind(Duration),
}

/// Judges the time `now` by one that is certainly past, such as the day the program was built.
pub fn judge(now: SystemTime, floor: SystemTime) -> Clock {
    match floor.duration_since(now) {
        Ok(behind) if !behind.is_zero() => Clock::Behind(behind),
        Ok(_) | Err(_) => Clock::Sane,
    }
}

/// How far apart two times are.
pub fn apart(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|error| error.duration())
}

/// The time to judge things by that were dated elsewhere: the `local` one, unless it is wrong and a
/// server that proved who it is has `told` a better one.
///
/// The server's is taken where the local clock stands before `floor` (see [`judge`]) or is more than [`TOLERANCE`]
/// away from the server's. A server that is itself before it is not heard.
pub fn corrected(local: SystemTime, told: Option<SystemTime>, floor: SystemTime) -> SystemTime {
    match told {
        Some(told)
            if judge(told, floor) == Clock::Sane
                && (judge(local, floor) != Clock::Sane || apart(told, local) > TOLERANCE) =>
        {
            told
        }
        Some(_) | None => local,
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// 3 July 2014: where boxes without a battery wake up.
    const WAKING: u64 = 1_404_345_600;
    const BUILT: u64 = 1_780_000_000;
    const NOW: u64 = 1_790_000_000;

    #[test]
    fn b33_a_clock_before_the_build_is_behind() {
        let built = at(BUILT);
        assert_eq!(judge(at(NOW), built), Clock::Sane);
        assert_eq!(judge(built, built), Clock::Sane);
        let Clock::Behind(by) = judge(at(WAKING), built) else {
            panic!("2014 is over");
        };
        assert_eq!(by.as_secs(), BUILT - WAKING);
        assert_eq!(
            judge(at(BUILT - 1), built),
            Clock::Behind(Duration::from_secs(1))
        );
        assert_ne!(judge(UNIX_EPOCH, built), Clock::Sane);
    }

    #[test]
    fn a_servers_time_is_taken_only_over_a_wrong_one() {
        let corrected = |local, told: Option<u64>| corrected(at(local), told.map(at), at(BUILT));
        assert_eq!(corrected(WAKING, Some(NOW)), at(NOW));
        assert_eq!(corrected(NOW - 301, Some(NOW)), at(NOW));
        assert_eq!(corrected(NOW + 301, Some(NOW)), at(NOW));
        assert_eq!(corrected(BUILT - 1, Some(BUILT)), at(BUILT));
        for agree in [NOW - 300, NOW - 2, NOW, NOW + 300] {
            assert_eq!(corrected(agree, Some(NOW)), at(agree));
        }
        assert_eq!(corrected(WAKING, None), at(WAKING));
        assert_eq!(corrected(NOW, Some(WAKING)), at(NOW));
        assert_eq!(corrected(WAKING, Some(WAKING + 9999)), at(WAKING));
    }
}
