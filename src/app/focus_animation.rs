//! How what has the focus grows into its place: pure, with the time passed in.
//!
//! The first picture after a key already shows the focus where it is; only its growth takes time, so that
//! no press waits for it. While an arrow is held, and on screens so large that drawing them is what costs,
//! it is there in one step.

use std::time::{Duration, Instant};

use super::theme::token;

/// The growth of what has the focus.
#[derive(Debug, Default)]
pub(super) struct FocusAnimation {
    /// The screen and what has the focus there.
    on: (&'static str, Option<String>),
    moved_at: Option<Instant>,
    growing: bool,
}

impl FocusAnimation {
    /// What has the focus at `now` on which screen. With `still` nothing grows.
    pub(super) fn follow(
        &mut self,
        screen: &'static str,
        focus: Option<&str>,
        still: bool,
        now: Instant,
    ) {
        if self.on.0 == screen && self.on.1.as_deref() == focus {
            self.growing = self.growing && !still && self.share(now) < 1.0;
            return;
        }
        let same_screen = self.on.0 == screen;
        let held = self
            .moved_at
            .is_some_and(|before| now.duration_since(before) < token::HELD);
        self.growing = same_screen && focus.is_some() && !still && !held;
        self.on = (screen, focus.map(str::to_owned));
        self.moved_at = Some(now);
    }

    /// Whether it still grows.
    pub(super) fn is_under_way(&self) -> bool {
        self.growing
    }

    /// How much it has grown at `now`, 0 to 1: fast first, then slower.
    pub(super) fn lift(&self, now: Instant) -> f32 {
        if self.growing {
            1.0 - (1.0 - self.share(now)).powi(2)
        } else {
            1.0
        }
    }

    /// How much of the time is over.
    fn share(&self, now: Instant) -> f32 {
        let since = self
            .moved_at
            .map_or(Duration::MAX, |at| now.duration_since(at));
        (since.as_secs_f32() / token::MOTION.as_secs_f32()).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn growth_is_over_in_time_and_asks_for_no_more_pictures() {
        let (mut motion, start) = (FocusAnimation::default(), Instant::now());
        motion.follow("home", Some("a"), false, start);
        assert!(!motion.is_under_way(), "a screen that comes up is there");
        motion.follow("home", Some("b"), false, at(start, 1000));
        assert!(motion.is_under_way());
        let mut before = -1.0;
        let mut pictures = 0;
        for frame in 0.. {
            let now = at(start, 1000) + token::GROWTH_FRAME * frame;
            motion.follow("home", Some("b"), false, now);
            pictures += 1;
            assert!(motion.lift(now) > before);
            before = motion.lift(now);
            if !motion.is_under_way() {
                break;
            }
        }
        assert_eq!(before, 1.0);
        assert!(pictures <= 4, "{pictures}");
        assert!(token::GROWTH_FRAME * (pictures - 1) <= Duration::from_millis(150));
    }

    #[test]
    fn who_holds_an_arrow_or_wants_it_still_sees_one_step() {
        let (mut motion, start) = (FocusAnimation::default(), Instant::now());
        motion.follow("home", Some("a"), false, start);
        for (focus, milliseconds, still, grows) in [
            ("b", 1000, false, true),
            ("c", 1110, false, false),
            ("d", 1220, false, false),
            ("e", 2000, true, false),
            ("f", 3000, false, true),
        ] {
            let now = at(start, milliseconds);
            motion.follow("home", Some(focus), still, now);
            assert_eq!(motion.is_under_way(), grows, "{focus}");
            assert_eq!(motion.lift(now) < 1.0, grows, "{focus}");
        }
        motion.follow("detail", Some("f"), false, at(start, 4000));
        assert!(!motion.is_under_way(), "another screen");
    }
}
