//! The day this program was built: no clock that is right stands before it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use device_flow::clock::{Clock, TOLERANCE, apart, judge};

/// Midnight (UTC) of the day this program was built, or of `SOURCE_DATE_EPOCH` where that was given.
pub fn build_day() -> SystemTime {
    let seconds = env!("VESTIBULE_BUILD_DAY").parse().unwrap_or(0);
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Whether this box's clock stands before the day the program was built.
pub fn is_behind() -> bool {
    judge(SystemTime::now(), build_day()) != Clock::Sane
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_this_build_is_a_real_one() {
        let waking = UNIX_EPOCH + Duration::from_secs(1_404_345_600);
        assert!(build_day() > waking, "{:?}", build_day());
        assert_eq!(judge(SystemTime::now(), build_day()), Clock::Sane);
    }
}
