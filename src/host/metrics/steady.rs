//! A number that moves a little all the time, told only when it has moved by more than that.

/// The number as it was last told.
#[derive(Debug, Default)]
pub(super) struct Steady(Option<u64>);

impl Steady {
    /// What is told of `now`: the number of the last time, unless it is off by `step` or more.
    pub(super) fn told(&mut self, now: Option<u64>, step: u64) -> Option<u64> {
        let stays = |last: u64, now: u64| last.abs_diff(now) < step;
        match (self.0, now) {
            (Some(last), Some(now)) if stays(last, now) => {}
            _ => self.0 = now,
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Steady;

    #[test]
    fn what_moves_about_a_boundary_is_told_once() {
        let mut steady = Steady::default();
        let told = |steady: &mut Steady, now| steady.told(now, 10);
        assert_eq!(told(&mut steady, None), None);
        for (now, expected) in [
            (100, 100),
            (109, 100),
            (91, 100),
            (110, 110),
            (101, 110),
            (90, 90),
        ] {
            assert_eq!(told(&mut steady, Some(now)), Some(expected), "{now}");
        }
        assert_eq!(told(&mut steady, None), None);
        assert_eq!(told(&mut steady, Some(91)), Some(91));
    }
}
