//! How much of an item was seen, or of it is over.

use jiff::Timestamp;

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    /// This part of it, 0 to 1.
    Part(f32),
    /// As far as the clock is between two moments.
    Clock {
        /// When it begins.
        from: Timestamp,
        /// When it ends.
        to: Timestamp,
    },
}

impl Progress {
    /// A part of a whole; numbers beyond are taken to the nearest end.
    pub(super) fn part(part: f64, whole: f64) -> Option<Self> {
        let share = part / whole;
        (whole > 0.0 && share.is_finite()).then(|| Self::Part(share.clamp(0.0, 1.0) as f32))
    }

    /// The span between two moments, the first of them before the other.
    pub(super) fn clock(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self::Clock { from, to })
    }

    /// How much of it there is at `now`, 0 to 1. What has not begun has none; what is over has all, until its row is loaded
    /// anew.
    pub fn at(self, now: Timestamp) -> Option<f32> {
        match self {
            Self::Part(part) => Some(part),
            Self::Clock { from, .. } if now < from => None,
            Self::Clock { from, to } => {
                let (over, whole) = (now.duration_since(from), to.duration_since(from));
                Some((over.as_secs_f64() / whole.as_secs_f64()).clamp(0.0, 1.0) as f32)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_goes_on_by_the_clock() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let programme = Progress::clock(at(1000), at(2000)).unwrap();
        for (now, expected) in [
            (0, None),
            (999, None),
            (1000, Some(0.0)),
            (1250, Some(0.25)),
            (2000, Some(1.0)),
            (9000, Some(1.0)),
        ] {
            assert_eq!(programme.at(at(now)), expected, "{now}");
        }
        assert_eq!(Progress::clock(at(2000), at(2000)), None);
        assert_eq!(Progress::clock(Timestamp::MAX, Timestamp::MIN), None);
        let all = Progress::clock(Timestamp::MIN, Timestamp::MAX).unwrap();
        assert!(all.at(at(0)).is_some());
    }
}
